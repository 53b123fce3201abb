"""Polling: fetch raw updates, store them, and only then move the offset on."""

import json
import logging
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from domain.moment import Moment
from services.messages.receive_update import UnreadableUpdate, receive_update
from services.ports import UnitsOfWork

LONG_POLL = 25
ALLOWED = ["message", "callback_query", "my_chat_member"]
logger = logging.getLogger(__name__)


class Poller:
    """One long poll after another. `url` is the bot's address with its token: it is never logged."""

    def __init__(self, units: UnitsOfWork, request: BaseRequest, *, url: str, bot: str) -> None:
        self._units = units
        self._request = request
        self._url = url
        self._bot = bot

    async def poll(self, moment: Moment, *, timeout: int = LONG_POLL) -> int:
        """Fetch and store one batch; gives how many updates were new. The next call acknowledges them."""
        async with self._units.look() as uow:
            last = await uow.updates.last_update_id(self._bot)
        offset = {} if last is None else {"offset": last + 1}
        query = urlencode({"timeout": timeout, "allowed_updates": json.dumps(ALLOWED), **offset})
        answer = await self._request.retrieve(
            f"{self._url}/getUpdates?{query}", read_timeout=timeout + 10, connect_timeout=10
        )
        new = 0
        for update in _updates(answer):
            new += await self._keep(update, moment)
        return new

    async def _keep(self, update: Any, moment: Moment) -> bool:
        """Store one; what is no update is left out, because it would come again for ever and hold up all the rest."""
        try:
            return await receive_update(self._units, bot=self._bot, body=json.dumps(update).encode(), moment=moment)
        except (UnreadableUpdate, RecursionError):
            logger.error("unreadable_update")
            return False


def _updates(answer: bytes) -> list[Any]:
    result = json.loads(answer).get("result", [])
    return list(result) if isinstance(result, list) else []


def pause_after(error: TelegramError) -> float:
    """Real seconds to wait before polling again."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return float(wait if isinstance(wait, int) else wait.total_seconds())
    if isinstance(error, Conflict):
        logger.warning("another_poller", extra={"hint": "a second bot polls with this token, or a webhook is set"})
        return 5
    if isinstance(error, InvalidToken):
        logger.error("token_refused")
        return 60
    if isinstance(error, NetworkError):
        logger.warning("telegram_unreachable")
    return 3

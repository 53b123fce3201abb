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
    """One long poll after another. `url` is the bot's address with its token: it is never logged.

    It acknowledges only what itself received and stored. What is stored already tells nothing: a webhook delivers the
    chats side by side, so a lower number may still be on its way. Whoever begins gets the unacknowledged once more.
    """

    def __init__(self, units: UnitsOfWork, request: BaseRequest, *, url: str, bot: str) -> None:
        self._units = units
        self._request = request
        self._url = url
        self._bot = bot
        self._stored_before: int | None = None

    async def poll(self, moment: Moment, *, timeout: int = LONG_POLL) -> int:
        """Fetch and store one batch; gives how many updates were new. The next call acknowledges them."""
        # Said once after each batch: after a silent week Telegram may begin anew with lower numbers.
        offset = {} if self._stored_before is None else {"offset": self._stored_before}
        query = urlencode({"timeout": timeout, "allowed_updates": json.dumps(ALLOWED), **offset})
        answer = await self._request.retrieve(
            f"{self._url}/getUpdates?{query}", read_timeout=timeout + 10, connect_timeout=10
        )
        new, batch = 0, _updates(answer)
        for update in batch:
            new += await self._keep(update, moment)
        self._stored_before = _beyond(batch)
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


def _beyond(batch: list[Any]) -> int | None:
    """The first number after these updates; None where none of them has one."""
    numbers = (update.get("update_id") for update in batch if isinstance(update, dict))
    return max((number + 1 for number in numbers if isinstance(number, int)), default=None)


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

"""Telegram's webhook: the raw body is stored and no more, and acknowledged only once it is."""

import hmac
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

Receive = Callable[[bytes], Awaitable[bool]]

_LARGEST_BODY = 1024 * 1024
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Webhook:
    """Who may deliver here, and who takes what is delivered. `refused` counts what was not taken, by its status."""

    secrets: Sequence[str]
    receive: Receive
    unreadable: type[Exception]
    refused: Counter[int] = field(default_factory=Counter)

    async def answer(self, request: Request) -> Response:
        """Check the secret, read the body, have it stored. Anything but 200 makes Telegram deliver it again."""
        if not self._knows_secret(request):
            return self._refuse("This is not for you.", 403)
        try:
            body = await _read(request)
        except ClientDisconnect:
            return self._refuse("The connection was lost.", 400)
        if body is None:
            return self._refuse("This is too large for an update.", 413)
        return await self._store(body)

    def _knows_secret(self, request: Request) -> bool:
        given = request.headers.get(_SECRET_HEADER, "").encode()
        # Each is compared, so that the time tells nothing of which one was meant.
        return sum(hmac.compare_digest(given, secret.encode()) for secret in self.secrets) > 0

    async def _store(self, body: bytes) -> Response:
        try:
            await self.receive(body)
        except self.unreadable:
            return self._refuse("This is not an update.", 400)
        except Exception:
            _logger.exception("update_not_stored")
            return self._refuse("This could not be stored: try again later.", 503)
        return Response(status_code=200)

    def _refuse(self, words: str, status: int) -> Response:
        """Counted, and logged ever more seldom: whoever guesses secrets must not fill the disk."""
        self.refused[status] += 1
        times = self.refused[status]
        if times & (times - 1) == 0:
            _logger.warning("webhook_refused", extra={"status": status, "times": times})
        return PlainTextResponse(words, status_code=status)


async def _read(request: Request) -> bytes | None:
    """The body, or None as soon as it is known to be too large."""
    if _announced(request) > _LARGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_BODY:
            return None
    return bytes(body)


def _announced(request: Request) -> int:
    length = request.headers.get("content-length", "0")
    return int(length) if length.isdecimal() else 0

"""A Telegram in the measurement's own process: it answers every call at once, and notes when which chat was spoken to.

It also is the clock of the rehearsal, which stands still.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

HELD = 10.0
_TAKEN = {"message_id": 7, "date": 1_790_000_000, "text": "Chào mẹ Lan"}
_ITSELF = {"id": 123456789, "is_bot": True, "first_name": "Cradle", "username": "cradle_bot"}
_LENGTH = b"content-length:"


@dataclass
class Telegram:
    """Where it listens, and when each chat was spoken to, in seconds of the event loop."""

    now: datetime
    origin: str = ""
    spoken: dict[int, list[float]] = field(default_factory=dict)
    count: int = 0
    _heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def until_spoken_to(self, chats: Iterable[int]) -> None:
        """Until each of these chats got something."""
        for chat in chats:
            while chat not in self.spoken:
                self._heard.clear()
                await self._heard.wait()

    def answer(self, path: str, body: bytes) -> dict[str, Any]:
        """What a call gets."""
        if path.startswith("/sim/"):
            return {"rev": 1, "now": self.now.isoformat(), "target": None, "until": None, "moving": False}
        method = path.partition("?")[0].rpartition("/")[2]
        if method == "getMe":
            return {"ok": True, "result": _ITSELF}
        if method.startswith(("send", "editMessageText")):
            chat = int(json.loads(body)["chat_id"])
            self.spoken.setdefault(chat, []).append(asyncio.get_running_loop().time())
            self.count += 1
            self._heard.set()
            return {"ok": True, "result": {**_TAKEN, "chat": {"id": chat, "type": "private"}, "from": _ITSELF}}
        return {"ok": True, "result": True}


class _Connection(asyncio.Protocol):
    """One connection; calls come one after the other."""

    _transport: asyncio.Transport

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._rest += data
        while (call := _first_call(self._rest)) is not None:
            path, body, self._rest = call
            answer = json.dumps(self._telegram.answer(path, body)).encode()
            # Nobody moves this clock: who waits for that waits.
            wait = HELD if path.startswith("/sim/clock/wait") else 0
            asyncio.get_running_loop().call_later(wait, self._write, answer)

    def _write(self, body: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        self._transport.write(head + body)


def _first_call(data: bytes) -> tuple[str, bytes, bytes] | None:
    """Its path and body, and what follows it; None while it is not all there."""
    end = data.find(b"\r\n\r\n") + 4
    if end < 4:
        return None
    lines = data[:end].split(b"\r\n")
    length = next((int(line[len(_LENGTH) :]) for line in lines if line.lower().startswith(_LENGTH)), 0)
    if len(data) < end + length:
        return None
    return lines[0].split()[1].decode(), data[end : end + length], data[end + length :]


@asynccontextmanager
async def telegram(now: datetime) -> AsyncIterator[Telegram]:
    """It ends with the block."""
    one = Telegram(now)
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(one), "127.0.0.1", 0)
    one.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield one
    finally:
        server.close()

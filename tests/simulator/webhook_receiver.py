"""A bot's webhook in a test: it writes down what comes and answers as told."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Answer = Callable[[dict[str, Any]], tuple[int, dict[str, str]]]


def welcome(_update: dict[str, Any]) -> tuple[int, dict[str, str]]:
    return 200, {}


@dataclass
class Receiver:
    """What arrived, in order, and what to answer."""

    url: str = ""
    answer: Answer = welcome
    updates: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def wait_for(self, number: int) -> list[dict[str, Any]]:
        """The updates, once there are so many."""
        async with asyncio.timeout(10), self._arrived:
            await self._arrived.wait_for(lambda: len(self.updates) >= number)
        return self.updates

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates if "message" in update]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await _read(reader):
                await self._take(*request, writer)
        finally:
            writer.close()

    async def _take(self, headers: dict[str, str], body: bytes, writer: asyncio.StreamWriter) -> None:
        update = json.loads(body)
        status, more = self.answer(update)
        async with self._arrived:
            self.updates.append(update)
            self.headers.append(headers)
            self._arrived.notify_all()
        lines = [f"HTTP/1.1 {status} Told", "Content-Length: 0", *(f"{n}: {v}" for n, v in more.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        await writer.drain()


async def _read(reader: asyncio.StreamReader) -> tuple[dict[str, str], bytes] | None:
    """Headers and body of the next request; None when the caller hung up."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    pairs = (line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
    headers = {name.lower(): value for name, value in pairs}
    return headers, await reader.readexactly(int(headers["content-length"]))


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver that listens until the block ends."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    try:
        yield receiver
    finally:
        server.close()

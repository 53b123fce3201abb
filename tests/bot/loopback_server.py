"""A server of the test on loopback: it keeps what it was asked, and answers or fails as it is told."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from telegram import Bot
from telegram.request import BaseRequest

TOKEN = "123456789:AAF-a_text_that_only_BotFather_knows"
SENT = {"message_id": 7, "date": 1_760_000_000, "chat": {"id": 5, "type": "private"}, "text": "Chào"}
PATIENCE = 10


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Behaviour = Callable[["Loopback", asyncio.StreamWriter], Awaitable[None]]


def raw(status: int, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Words", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def answering(status: int = 200, body: object = None, *headers: str) -> Behaviour:
    """Answer with this body; what is not bytes goes as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body or {"ok": True, "result": SENT}).encode()

    async def answer(_: "Loopback", writer: asyncio.StreamWriter) -> None:
        writer.write(raw(status, content, *headers))
        await writer.drain()

    return answer


async def stop_in_the_middle(_: "Loopback", writer: asyncio.StreamWriter) -> None:
    writer.write(raw(200, b'{"ok": true, "result": {}}')[:-10])
    writer.close()


async def speak_otherwise(_: "Loopback", writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mail.example ready\r\n\r\n")
    writer.close()


async def hang_up(_: "Loopback", writer: asyncio.StreamWriter) -> None:
    writer.close()


async def answer_and_hang_up(server: "Loopback", writer: asyncio.StreamWriter) -> None:
    await answering()(server, writer)
    writer.close()


async def wait_to_be_released(server: "Loopback", writer: asyncio.StreamWriter) -> None:
    server.waiting.set()
    await server.released.wait()
    await answering()(server, writer)


@dataclass
class Loopback:
    """`deaf` takes connections and reads nothing; `prelude` speaks before the first request of a connection."""

    behaviour: Behaviour = field(default_factory=answering)
    deaf: bool = False
    prelude: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]] | None = None
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)
    nobody: asyncio.Event = field(default_factory=asyncio.Event)
    _open: int = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.connections += 1
        self._open += 1
        self.nobody.clear()
        try:
            await self._serve(reader, writer)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
            self._open -= 1
            if not self._open:
                self.nobody.set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.deaf:
            await self.released.wait()
            return
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            if self.prelude is not None:
                await self.prelude(reader, writer)
            while not writer.is_closing():
                self.asked.append(await read_request(reader))
                await self.behaviour(self, writer)


async def read_request(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    method, path, _ = head[0].split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    if headers.get("transfer-encoding") == "chunked":
        return Asked(method, path, headers, await read_chunks(reader))
    return Asked(method, path, headers, await reader.readexactly(int(headers.get("content-length", 0))))


async def read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return body


@asynccontextmanager
async def listening(server: Loopback) -> AsyncIterator[Loopback]:
    """Serve until the block ends; whoever waits is let go then."""
    serving = await asyncio.start_server(server.meet, "127.0.0.1", 0, limit=1 << 16)
    server.port = serving.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        server.released.set()
        serving.close()
        await serving.wait_closed()


def bot_on(request: BaseRequest, origin: str) -> Bot:
    return Bot(TOKEN, base_url=f"{origin}/bot", request=request, get_updates_request=request)

"""A Bot API server in a process of its own that takes every call for sendMessage and answers at once."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

CHAT = 5
_MESSAGE = {
    "message_id": 7,
    "date": 1_790_000_000,
    "chat": {"id": CHAT, "type": "private", "first_name": "Lan"},
    "from": {"id": 1, "is_bot": True, "first_name": "Cradle", "username": "cradle_bot"},
    "text": "Chào mẹ Lan",
}
_BODY = json.dumps({"ok": True, "result": _MESSAGE}).encode()
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(_BODY) + _BODY
_LENGTH = b"content-length:"


class InstantAnswers(asyncio.Protocol):
    """Reads no more of a request than where it ends, so that the server never is the slower side."""

    _transport: asyncio.Transport
    _rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._rest += data
        while (end := _end_of_request(self._rest)) is not None:
            self._rest = self._rest[end:]
            self._transport.write(_ANSWER)


def _end_of_request(data: bytes) -> int | None:
    head = data.find(b"\r\n\r\n")
    if head < 0:
        return None
    lines = data[:head].lower().split(b"\r\n")
    length = next((int(line[len(_LENGTH) :]) for line in lines if line.startswith(_LENGTH)), 0)
    end = head + 4 + length
    return end if end <= len(data) else None


@contextmanager
def instant_server() -> Iterator[str]:
    """Its origin; it ends with the block."""
    command = [sys.executable, "-m", "benchmarks.instant_server"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(InstantAnswers, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())

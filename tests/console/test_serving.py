"""The console listens, stops when asked, and says clearly when it cannot."""

import asyncio
import signal
import socket

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from console.serving import CannotListenError, PortTaken, serve

ENOUGH = 10


class SlowPage:
    """A page that is under way until it may end."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()

    async def show(self, _: Request) -> PlainTextResponse:
        self.begun.set()
        await self.may_end.wait()
        return PlainTextResponse("done")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


async def test_a_request_under_way_ends_before_the_console_stops() -> None:
    page, port = SlowPage(), free_port()
    serving = asyncio.create_task(serve(Starlette(routes=[Route("/", page.show)]), "127.0.0.1", port))
    async with httpx.AsyncClient(trust_env=False, transport=httpx.AsyncHTTPTransport(retries=5)) as client:
        asking = asyncio.create_task(client.get(f"http://127.0.0.1:{port}/"))
        await asyncio.wait_for(page.begun.wait(), ENOUGH)
        serving.cancel()
        page.may_end.set()
        assert (await asyncio.wait_for(asking, ENOUGH)).text == "done"
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(serving, ENOUGH)
    with socket.create_server(("127.0.0.1", port)):
        pass


async def test_signals_stay_with_the_process_that_runs_the_console() -> None:
    page, port = SlowPage(), free_port()
    before = signal.getsignal(signal.SIGINT)
    serving = asyncio.create_task(serve(Starlette(routes=[Route("/", page.show)]), "127.0.0.1", port))
    page.may_end.set()
    async with httpx.AsyncClient(trust_env=False, transport=httpx.AsyncHTTPTransport(retries=5)) as client:
        await client.get(f"http://127.0.0.1:{port}/")
    assert signal.getsignal(signal.SIGINT) is before
    serving.cancel()
    await asyncio.wait({serving}, timeout=ENOUGH)
    assert serving.cancelled()


async def test_a_taken_port_is_one_clear_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"^127\.0\.0\.1:{port} is taken: .*CRADLE_BIND\.$"):
            await serve(Starlette(), "127.0.0.1", port)


async def test_an_address_that_is_not_ours_is_one_clear_sentence() -> None:
    with pytest.raises(CannotListenError, match=r"^Nothing can listen on 192\.0\.2\.1:8080: .*CRADLE_BIND\.$"):
        await serve(Starlette(), "192.0.2.1", 8080)

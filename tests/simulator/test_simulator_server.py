"""The simulator starts and stops like a good neighbour."""

import asyncio
import os
import signal
import socket

import httpx
import pytest

from simulator.server import listening_socket, make_application, serve
from tests.fakes.ports import free_port
from tests.fakes.simulator import RunningSimulator, running_simulator
from tests.simulator.conftest import START, TOKEN, Api


async def test_a_taken_port_is_said_to_be_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=f"Port {port} on 127.0.0.1 is taken by another program."):
            await serve(make_application([TOKEN], start=START), "127.0.0.1", port)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_the_service_and_nothing_else(number: signal.Signals) -> None:
    neighbour = asyncio.create_task(asyncio.Event().wait())
    port = free_port()
    serving = asyncio.create_task(serve(make_application([TOKEN], start=START), "127.0.0.1", port))
    await _answering(port)
    os.kill(os.getpid(), number)
    async with asyncio.timeout(10):
        await serving
    assert not neighbour.done()
    neighbour.cancel()


async def test_a_caller_who_minds_the_signals_says_when_to_stop() -> None:
    stop = asyncio.Event()
    port = free_port()
    serving = asyncio.create_task(serve(make_application([TOKEN], start=START), "127.0.0.1", port, stop=stop))
    await _answering(port)
    stop.set()
    async with asyncio.timeout(10):
        await serving
    listening_socket("127.0.0.1", port).close()


async def test_a_cancelled_service_has_let_its_port_go() -> None:
    port = free_port()
    serving = asyncio.create_task(serve(make_application([TOKEN], start=START), "127.0.0.1", port))
    await _answering(port)
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    listening_socket("127.0.0.1", port).close()


async def test_a_stop_during_the_start_is_a_stop() -> None:
    stop = asyncio.Event()
    stop.set()
    port = free_port()
    async with asyncio.timeout(10):
        await serve(make_application([TOKEN], start=START), "127.0.0.1", port, stop=stop)
    listening_socket("127.0.0.1", port).close()


async def _answering(port: int) -> None:
    """Until the service has given its first answer."""
    async with asyncio.timeout(10), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        assert (await client.get("/sim/clock")).status_code == 200


async def test_open_polls_and_streams_do_not_hold_up_the_end() -> None:
    async with running_simulator([TOKEN], START) as running, httpx.AsyncClient(base_url=running.base_url) as client:
        api = Api(client)
        poll = asyncio.create_task(api.ok("getUpdates", timeout=50))
        wait = asyncio.create_task(running.stage.wait_for_clock(rev=(await running.stage.clock())["rev"]))
        await api.ok("getMe")
        await running.stage.state()
        async with client.stream("GET", "/sim/stream") as stream:
            assert (await anext(stream.aiter_lines())).startswith("data:")
            async with asyncio.timeout(1.5):
                await _stopped(running)
        assert await poll == []
        await wait


async def _stopped(running: RunningSimulator) -> None:
    running.stop()
    await running.serving


@pytest.mark.parametrize("tokens", [[], ["nonsense"], ["1:"], ["1:a", "1:b"]])
def test_tokens_that_are_none_are_refused(tokens: list[str]) -> None:
    with pytest.raises(ValueError, match="token"):
        make_application(tokens, start=START)


async def test_the_page_is_served(api: Api) -> None:
    page = await api.client.get("/")
    assert page.status_code == 200
    assert "text/html" in page.headers["content-type"]

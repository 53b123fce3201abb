"""Over both transports connections are kept, counted, given back and closed, and waits are as long as was said."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Message
from telegram.error import TimedOut

from bot.application import build_application, polling_request
from bot.transport.choice import Library, Transport
from bot.transport.limits import Limits
from bot.transport.making import make_request
from tests.bot.loopback_server import (
    PATIENCE,
    TOKEN,
    Loopback,
    answer_and_hang_up,
    answering,
    bot_on,
    hang_up,
    listening,
    wait_to_be_released,
)

pytestmark = pytest.mark.parametrize("library", ["aiohttp", "httpx"])


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with listening(Loopback()) as server:
        yield server


async def test_ten_messages_take_one_connection(library: Library, server: Loopback) -> None:
    async with make_request(Transport(library), Limits(8)) as request, asyncio.timeout(PATIENCE):
        bot = bot_on(request, server.origin)
        for number in range(10):
            await bot.send_message(number, "Chào")
    assert (len(server.asked), server.connections) == (10, 1)


async def test_twenty_at_once_share_three_connections(library: Library, server: Loopback) -> None:
    async with make_request(Transport(library), Limits(3, pool=PATIENCE)) as request, asyncio.timeout(PATIENCE):
        bot = bot_on(request, server.origin)
        await asyncio.gather(*(bot.send_message(number, "Chào") for number in range(20)))
    assert (len(server.asked), server.connections) == (20, 3)


async def test_no_connection_is_left_open(library: Library, server: Loopback, recwarn: pytest.WarningsRecorder) -> None:
    async with make_request(Transport(library), Limits(8)) as request, asyncio.timeout(PATIENCE):
        bot = bot_on(request, server.origin)
        await asyncio.gather(*(bot.send_message(number, "Chào") for number in range(4)))
        assert not server.nobody.is_set()
    async with asyncio.timeout(PATIENCE):
        await server.nobody.wait()
    assert [one.message for one in recwarn if one.category is ResourceWarning] == []


async def test_a_connection_that_the_server_closed_is_not_used_again(library: Library, server: Loopback) -> None:
    server.behaviour = answer_and_hang_up
    async with make_request(Transport(library), Limits(8)) as request, asyncio.timeout(PATIENCE):
        bot = bot_on(request, server.origin)
        for number in range(5):
            await bot.send_message(number, "Chào")
            await server.nobody.wait()
            await polled_elsewhere()
    assert server.connections == 5


async def polled_elsewhere() -> None:
    """A round trip of somebody else's, during which a closed connection is noticed."""
    async with listening(Loopback()) as other:
        _, writer = await asyncio.open_connection("127.0.0.1", other.port)
        writer.close()
        await writer.wait_closed()
        await other.nobody.wait()


async def test_a_server_that_wants_no_second_request_gets_none(library: Library, server: Loopback) -> None:
    server.behaviour = answering(200, None, "Connection: close")
    async with make_request(Transport(library), Limits(8)) as request, asyncio.timeout(PATIENCE):
        bot = bot_on(request, server.origin)
        await bot.send_message(5, "Chào")
        await bot.send_message(6, "Chào")
    assert server.connections == 2


async def test_a_failed_call_gives_its_place_back(library: Library, server: Loopback) -> None:
    server.behaviour = hang_up
    async with make_request(Transport(library), Limits(1, pool=PATIENCE)) as request, asyncio.timeout(PATIENCE):
        bot = bot_on(request, server.origin)
        await asyncio.gather(*(bot.send_message(number, "Chào") for number in range(5)), return_exceptions=True)
        server.behaviour = answering()
        assert (await bot.send_message(5, "Chào")).message_id == 7


async def test_a_call_that_is_called_off_gives_its_place_back(library: Library, server: Loopback) -> None:
    server.behaviour = wait_to_be_released
    async with make_request(Transport(library), Limits(1, pool=PATIENCE)) as request, asyncio.timeout(PATIENCE):
        bot = bot_on(request, server.origin)
        call = asyncio.create_task(bot.send_message(5, "Chào"))
        await server.waiting.wait()
        call.cancel()
        await asyncio.wait([call])
        assert call.cancelled()
        server.behaviour = answering()
        assert (await bot.send_message(6, "Chào")).message_id == 7


async def test_a_call_may_wait_less_than_usual(library: Library, server: Loopback) -> None:
    server.behaviour = wait_to_be_released
    async with make_request(Transport(library), Limits(8, read=PATIENCE)) as request, asyncio.timeout(PATIENCE):
        with pytest.raises(TimedOut):
            await bot_on(request, server.origin).send_message(5, "Chào", read_timeout=0.05)


@pytest.mark.parametrize("longer", [PATIENCE, None])
async def test_a_call_may_wait_longer_than_usual(library: Library, server: Loopback, longer: float | None) -> None:
    server.behaviour = wait_to_be_released
    async with (
        make_request(Transport(library), Limits(8, read=0.05)) as request,
        asyncio.timeout(PATIENCE),
        asyncio.TaskGroup() as group,
    ):
        bot = bot_on(request, server.origin)
        patient: asyncio.Task[Message] = group.create_task(bot.send_message(5, "Chào", read_timeout=longer))
        await server.waiting.wait()
        with pytest.raises(TimedOut):
            await bot.send_message(6, "Chào")
        server.released.set()
        assert (await patient).message_id == 7


async def test_no_time_at_all_is_no_time(library: Library, server: Loopback) -> None:
    server.behaviour = wait_to_be_released
    async with make_request(Transport(library), Limits(8)) as request, asyncio.timeout(PATIENCE):
        with pytest.raises(TimedOut):
            await bot_on(request, server.origin).send_message(5, "Chào", read_timeout=0)


async def test_the_bot_of_the_programme_travels_the_chosen_way(library: Library, server: Loopback) -> None:
    user = {"id": 1, "is_bot": True, "first_name": "Cradle", "username": "cradle_bot"}
    server.behaviour = answering(200, {"ok": True, "result": user})
    application = build_application(TOKEN, server.origin, Transport(library))
    async with application.bot as bot:
        assert bot.username == "cradle_bot"
    assert type(application.bot.request).__name__.lower().startswith(library)
    assert application.bot.request.read_timeout == 20
    assert polling_request(Transport(library)).read_timeout == 40


async def test_a_file_is_fetched(library: Library, server: Loopback) -> None:
    server.behaviour = answering(200, b"\x89PNG")
    async with make_request(Transport(library), Limits(8)) as request, asyncio.timeout(PATIENCE):
        assert await request.retrieve(f"{server.origin}/file/bot{TOKEN}/photos/1.png") == b"\x89PNG"
    assert (server.asked[0].method, server.asked[0].path) == ("GET", f"/file/bot{TOKEN}/photos/1.png")

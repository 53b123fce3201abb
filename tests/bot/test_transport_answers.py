"""Over both transports every answer and every failure is reported alike, and the sender makes the same of it."""

import asyncio
import traceback
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.sending.channel import result_of
from bot.transport.choice import Library, Transport
from bot.transport.limits import Limits
from bot.transport.making import make_request
from domain.sending.retry import Misconfigured, Moved, NotSent, SendResult, Throttled, Unknown, Unreachable
from tests.bot.loopback_server import (
    PATIENCE,
    TOKEN,
    Behaviour,
    Loopback,
    answering,
    bot_on,
    hang_up,
    listening,
    speak_otherwise,
    stop_in_the_middle,
    wait_to_be_released,
)

PATIENT = Limits(4, read=PATIENCE, connect=PATIENCE)
OUTCOME_UNKNOWN = Unknown("NetworkError")
pytestmark = pytest.mark.parametrize("library", ["aiohttp", "httpx"])


@dataclass(frozen=True)
class Case:
    """What the server does, what python-telegram-bot reports, and what the sender makes of it."""

    does: Behaviour
    error: type[TelegramError]
    result: SendResult


def refusing(code: int, words: str, **parameters: Any) -> Behaviour:
    body = {"ok": False, "error_code": code, "description": words}
    return answering(code, {**body, "parameters": parameters} if parameters else body)


CASES = {
    "blocked": Case(refusing(403, "Forbidden: bot was blocked by the user"), Forbidden, Unreachable.BLOCKED),
    "not found": Case(refusing(400, "Bad Request: chat not found"), BadRequest, Unreachable.NOT_FOUND),
    "moved": Case(refusing(400, "upgraded", migrate_to_chat_id=-1001), ChatMigrated, Moved("-1001")),
    "too fast": Case(refusing(429, "Too Many Requests", retry_after=7), RetryAfter, Throttled(7.0)),
    "wrong token": Case(refusing(401, "Unauthorized"), InvalidToken, Misconfigured("InvalidToken")),
    "no method": Case(refusing(404, "Not Found"), InvalidToken, Misconfigured("InvalidToken")),
    "second poller": Case(refusing(409, "Conflict: terminated"), Conflict, Misconfigured("Conflict")),
    "server error": Case(refusing(500, "Internal Server Error"), NetworkError, OUTCOME_UNKNOWN),
    "bad gateway": Case(answering(502, b"<html>Bad Gateway</html>"), NetworkError, OUTCOME_UNKNOWN),
    "too large": Case(answering(413, b"<html>Too Large</html>"), NetworkError, OUTCOME_UNKNOWN),
    "a refusal that is no JSON": Case(answering(403, b"<html>no</html>"), Forbidden, Unreachable.BLOCKED),
    "sent elsewhere": Case(answering(302, b"", "Location: /elsewhere"), NetworkError, OUTCOME_UNKNOWN),
    "no JSON": Case(answering(200, b"<html>Hello</html>"), TelegramError, Unknown("TelegramError")),
    "no HTTP": Case(speak_otherwise, NetworkError, OUTCOME_UNKNOWN),
    "cut in the middle": Case(stop_in_the_middle, NetworkError, OUTCOME_UNKNOWN),
    "cut before the answer": Case(hang_up, NetworkError, OUTCOME_UNKNOWN),
    "no answer": Case(wait_to_be_released, TimedOut, Unknown("TimedOut")),
}


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with listening(Loopback()) as server:
        yield server


async def failure(transport: Transport, origin: str, limits: Limits = PATIENT) -> TelegramError:
    """What a message to Lan ends with."""
    async with make_request(transport, limits) as request, asyncio.timeout(PATIENCE):
        with pytest.raises(TelegramError) as refusal:
            await bot_on(request, origin).send_message(5, "Chào")
    return refusal.value


def limits_for(case: Case) -> Limits:
    return replace(PATIENT, read=0.05) if case.error is TimedOut else PATIENT


@pytest.mark.parametrize("name", CASES)
async def test_each_answer_means_the_same_over_both(library: Library, server: Loopback, name: str) -> None:
    case = CASES[name]
    server.behaviour = case.does
    error = await failure(Transport(library), server.origin, limits_for(case))
    assert (type(error), result_of(error)) == (case.error, case.result)
    assert len(server.asked) == 1


@pytest.mark.parametrize("name", CASES)
async def test_no_error_shows_the_token(library: Library, server: Loopback, name: str) -> None:
    server.behaviour = CASES[name].does
    error = await failure(Transport(library), server.origin, limits_for(CASES[name]))
    assert TOKEN not in "".join(traceback.format_exception(error))


async def test_where_nobody_listens_nothing_was_sent(library: Library) -> None:
    async with listening(Loopback()) as gone:
        origin = gone.origin
    error = await failure(Transport(library), origin)
    assert (type(error), result_of(error)) == (NetworkError, NotSent("ConnectError"))
    assert TOKEN not in "".join(traceback.format_exception(error))


async def test_who_does_not_finish_shaking_hands_was_sent_nothing(library: Library) -> None:
    async with listening(Loopback(deaf=True)) as deaf:
        error = await failure(Transport(library), deaf.origin.replace("http:", "https:"), replace(PATIENT, connect=0.1))
    assert (type(error), result_of(error)) == (TimedOut, NotSent("ConnectTimeout"))
    assert TOKEN not in "".join(traceback.format_exception(error))


async def test_who_cannot_prove_who_he_is_was_sent_nothing(library: Library) -> None:
    async def speak_in_clear(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"I am api.telegram.org, trust me\r\n")
        writer.close()

    async with listening(Loopback(prelude=speak_in_clear)) as liar:
        error = await failure(Transport(library), liar.origin.replace("http:", "https:"))
    assert (type(error), result_of(error)) == (NetworkError, NotSent("ConnectError"))


async def test_what_found_no_free_connection_was_not_sent(library: Library, server: Loopback) -> None:
    server.behaviour = wait_to_be_released
    async with (
        make_request(Transport(library), Limits(1, pool=0.05)) as request,
        asyncio.timeout(PATIENCE),
        asyncio.TaskGroup() as group,
    ):
        bot = bot_on(request, server.origin)
        first = group.create_task(bot.send_message(5, "Chào"))
        await server.waiting.wait()
        with pytest.raises(TimedOut) as refusal:
            await bot.send_message(6, "Chào")
        server.released.set()
        assert (await first).message_id == 7
    assert result_of(refusal.value) == NotSent("PoolTimeout")
    assert len(server.asked) == 1


async def test_a_request_that_is_shut_down_refuses_in_words(library: Library, server: Loopback) -> None:
    async with make_request(Transport(library), PATIENT) as request:
        bot = bot_on(request, server.origin)
    with pytest.raises(NetworkError, match="is not initialized"):
        await bot.send_message(5, "Chào")
    async with request:
        assert (await bot.send_message(5, "Chào")).message_id == 7

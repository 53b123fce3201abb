"""Calls a second through python-telegram-bot on our request, beside aiogram's and python-telegram-bot's own."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from statistics import median
from typing import Any

import aiogram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from benchmarks.instant_server import CHAT, instant_server
from benchmarks.measurement import RUNS, Measurement
from bot.application import build_application

TOKEN = "123456789:AAF-a_text_that_only_BotFather_knows"
TEXT = "Chào mẹ Lan, ngày mai bé An có lịch tiêm <b>5 trong 1</b> tại trạm y tế xã. Mẹ nhớ mang sổ tiêm nhé."
CALLS = 2_000
OURS, PEER, DEFAULT = "ours", "aiogram", "python-telegram-bot's default"
SLOW = 10  # python-telegram-bot's default makes so many times fewer calls: else it would take most of the time
BOUND = 0.8
Send = Callable[[], Awaitable[Any]]


def transport_8_way() -> Measurement:
    """Eight calls at once."""
    return asyncio.run(_measure(8))


def transport_64_way() -> Measurement:
    """Sixty-four calls at once."""
    return asyncio.run(_measure(64))


async def _measure(ways: int) -> Measurement:
    with instant_server() as origin:
        async with _senders(origin) as senders:
            runs = [await _round(senders, ways) for _ in range(RUNS + 1)][1:]
    ratio = median(run[OURS] / run[PEER] for run in runs)
    rates = "; ".join(f"{name} {median(run[name] for run in runs):,.0f}/s" for name in (PEER, DEFAULT, OURS))
    return Measurement(f"transport_{ways}_way", ratio, "× aiogram's calls/s", BOUND, at_most=False, peer=rates)


@asynccontextmanager
async def _senders(origin: str) -> AsyncIterator[dict[str, Send]]:
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(_bot(build_application(TOKEN, origin).bot))
        default = await stack.enter_async_context(_bot(ExtBot(TOKEN, f"{origin}/bot", request=HTTPXRequest())))
        session = AiohttpSession(api=TelegramAPIServer.from_base(origin))
        gram = await stack.enter_async_context(aiogram.Bot(TOKEN, session=session))
        yield {
            OURS: lambda: ours.send_message(CHAT, TEXT, parse_mode="HTML"),
            PEER: lambda: gram.send_message(CHAT, TEXT, parse_mode="HTML"),
            DEFAULT: lambda: default.send_message(CHAT, TEXT, parse_mode="HTML"),
        }


@asynccontextmanager
async def _bot(bot: ExtBot[Any]) -> AsyncIterator[ExtBot[Any]]:
    """Without asking who it is, which the server could not tell."""
    async with bot.request:
        yield bot


async def _round(senders: dict[str, Send], ways: int) -> dict[str, float]:
    """One after another under the same load of the machine; nobody pays for another's garbage."""
    rates = {}
    for name, send in senders.items():
        gc.collect()
        rates[name] = await _calls_a_second(send, ways=ways, calls=CALLS // SLOW if name == DEFAULT else CALLS)
    return rates


async def _calls_a_second(send: Send, *, ways: int, calls: int) -> float:
    left = iter(range(calls))

    async def keep_sending() -> None:
        for _ in left:
            await send()

    started = time.perf_counter()
    await asyncio.gather(*(keep_sending() for _ in range(ways)))
    return calls / (time.perf_counter() - started)

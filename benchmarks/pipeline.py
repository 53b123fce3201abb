"""Messages a second from the outbox to an answer kept: claim, check again, render, send, record."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import inf
from statistics import median

from pydantic import SecretStr

from app.garbage import spare_what_is_loaded
from app.settings import Settings
from app.wiring import make_programme
from benchmarks.databases import fresh_database
from benchmarks.households import BOT, NOW, add_households
from benchmarks.instant_server import instant_server
from benchmarks.measurement import Measurement
from benchmarks.queueing import Queue, queue_for_all
from bot.application import build_application
from bot.sending.channel import TelegramChannel
from bot.sending.sender import Outlet, Sender
from content.library import Library, load_library
from content.schedules.loading import load_versions
from domain.moment import Moment
from domain.sending.outbox import Lane, Share
from domain.sending.pacing import Pacing
from services.programme import Programme
from storage.engine import Database

MESSAGES = 3_000
RUNS = 5
BOUND = 1_000
PEER = "a server that answers at once, on the same two cores"
TOKEN = f"{BOT}:AAF-a_text_that_only_BotFather_knows"


def pipeline_sqlite() -> Measurement:
    """On a file of SQLite."""
    return asyncio.run(_measure("sqlite"))


def pipeline_postgres() -> Measurement:
    """On PostgreSQL."""
    return asyncio.run(_measure("postgres"))


async def _measure(kind: str) -> Measurement:
    library = load_library()
    settings = Settings(secret_key=SecretStr("x" * 32))
    programme = replace(make_programme(library, load_versions(), settings), rehearsal=True)
    spare_what_is_loaded()
    async with fresh_database(kind) as database:
        await add_households(database, MESSAGES)
        with instant_server() as origin:
            rates = [await _run(database, library, programme, origin, number) for number in range(RUNS + 1)][1:]
    unit = "messages/s"
    return Measurement(f"pipeline_{kind}", median(rates), unit, BOUND, at_most=False, peer=PEER)


async def _run(database: Database, library: Library, programme: Programme, origin: str, number: int) -> float:
    """A tip for everybody on a day of its own, so that no cap holds it back; gives messages a second."""
    day = NOW + timedelta(days=8 * number)
    await queue_for_all(database, library, Queue(Lane.TIP, MESSAGES, day))
    application = build_application(TOKEN, origin)
    async with application.bot.request:
        outlet = Outlet(library.renderer, TelegramChannel(application.bot), Pacing(inf, timedelta(0)))

        async def now() -> Moment:
            return Moment(day, datetime.now(UTC))

        sender = Sender(database, programme, outlet, share=Share(BOT), now=now)
        started = time.perf_counter()
        while await sender.send_due():
            pass
        return MESSAGES / (time.perf_counter() - started)

"""What `cradle run` holds in memory with a province's families, after it planned their day and while it sends."""

import asyncio
from datetime import date, timedelta

from benchmarks.cradle_process import RUN, Place, cradle
from benchmarks.databases import fresh_address
from benchmarks.households import NOW, add_households
from benchmarks.measurement import Measurement
from benchmarks.telegram_server import Telegram, telegram
from storage.engine import Database, open_database

FAMILIES = 100_000
SENDING = 30
PLANNED_WITHIN = 1800.0
LOOK_EVERY = 1.0
YOUNGEST = date(2026, 11, 1)
AGES = 6 * 365 - 60
BOUND = 200


def memory() -> Measurement:
    """On a file of SQLite."""
    return asyncio.run(_measure())


async def _measure() -> Measurement:
    async with fresh_address("sqlite") as url, telegram(NOW) as world:
        database = open_database(url)
        await add_households(database, FAMILIES, born=_born)
        async with cradle(Place(url, world.origin, chat_pace=0), RUN, webhook=True) as running:
            before = running.megabytes("VmRSS")
            await _until_planned(database)
            planned = running.megabytes("VmRSS")
            sent = await _let_send(world)
            held, most = running.megabytes("VmRSS"), running.megabytes("VmHWM")
        await database.close()
    peer = f"{before:.0f} MB before planning, {planned:.0f} after it, {most:.0f} at most; {sent} messages sent"
    return Measurement("memory", held, "MB", BOUND, at_most=True, peer=peer)


def _born(number: int) -> date:
    """Children of every age up to six."""
    return YOUNGEST - timedelta(days=number % AGES)


async def _until_planned(database: Database) -> None:
    """The first round of the timetable is over: its last tick was noted."""
    async with asyncio.timeout(PLANNED_WITHIN):
        while True:
            async with database.look() as uow:
                if await uow.programme.last_tick("plan_day") is not None:
                    return
            await asyncio.sleep(LOOK_EVERY)


async def _let_send(world: Telegram) -> int:
    first = world.count
    await asyncio.sleep(SENDING)
    return world.count - first

"""What `cradle run` holds in memory with a province's families, after it planned their day and while it sends."""

import asyncio
from datetime import timedelta

from pydantic import SecretStr
from sqlalchemy import insert, literal, select

from app.settings import Settings
from app.wiring import make_programme
from benchmarks.country import NOW, Country, settle
from benchmarks.cradle_process import RUN, Place, cradle
from benchmarks.databases import fresh_address
from benchmarks.measurement import Measurement
from benchmarks.telegram_server import Telegram, telegram
from content.library import load_library
from content.schedules.loading import load_versions
from domain.consent import Purpose
from storage.engine import Database, open_database
from storage.tables import caregivers, consents

FAMILIES = 100_000
PROVINCE = Country(FAMILIES, with_tips=17_000, with_doses=2_000)
EVENING = NOW + timedelta(hours=18, minutes=30)
SENDING = 30
PLANNED_WITHIN = 600.0
LOOK_EVERY = 1.0
BOUND = 200


def memory() -> Measurement:
    """On a file of SQLite."""
    return asyncio.run(_measure())


async def _measure() -> Measurement:
    programme = make_programme(load_library(), load_versions(), Settings(secret_key=SecretStr("x" * 32)))
    async with fresh_address("sqlite") as url, telegram(EVENING) as world:
        database = open_database(url)
        await settle(database, programme, PROVINCE)
        await _agree(database)
        async with cradle(Place(url, world.origin, chat_pace=0), RUN, webhook=True) as running:
            before = running.megabytes("VmRSS")
            await _until_planned(database)
            planned = running.megabytes("VmRSS")
            sent = await _let_send(world)
            held, most = running.megabytes("VmRSS"), running.megabytes("VmHWM")
        await database.close()
    peer = f"{before:.0f} MB before planning, {planned:.0f} after it, {most:.0f} at most; {sent} messages sent"
    return Measurement("memory", held, "MB", BOUND, at_most=True, peer=peer)


async def _agree(database: Database) -> None:
    """Every mother said yes, so that what is planned is also sent."""
    yes = {"given": True, "text_version": "1", "language": "vi", "way": "tap", "at": NOW}
    async with database.transaction() as connection:
        for purpose in Purpose:
            said = yes | {"purpose": purpose.value}
            values = {name: literal(value, consents.c[name].type) for name, value in said.items()}
            source = select(caregivers.c.id, *values.values())
            await connection.execute(insert(consents).from_select(["caregiver_id", *values], source))


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

"""Planning the first hour of a day in a country, beside the database's own copy of the same rows."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from statistics import median

from pydantic import SecretStr
from sqlalchemy import delete, func, select, text

from app.garbage import spare_what_is_loaded
from app.settings import Settings
from app.wiring import make_programme
from benchmarks.country import NOW, TODAY, Country, journey_to_six, settle
from benchmarks.databases import fresh_database
from benchmarks.households import ZONE
from benchmarks.measurement import RUNS, Measurement
from content.library import load_library
from content.schedules.loading import load_versions
from domain.begun import PlannedUntil, fingerprint
from domain.moment import Moment
from services.messages.plan_day import plan_day
from services.programme import Programme
from storage.engine import Database
from storage.tables import outbox

MILLION = 1_000_000
COUNTRY = Country(MILLION, with_tips=170_000, with_doses=20_000)
LARGE = Country(MILLION, with_tips=45_000, with_doses=5_000)
SMALL = replace(LARGE, children=MILLION // 10)
AT_MOST = {"sqlite": 30.0, "postgres": 6.0}
GROWS_AT_MOST = 1.3
KEPT = "bench_planned"


def planning_sqlite() -> Measurement:
    """On a file of SQLite."""
    return asyncio.run(_ratio("sqlite"))


def planning_postgres() -> Measurement:
    """On PostgreSQL."""
    return asyncio.run(_ratio("postgres"))


def planning_growth_sqlite() -> Measurement:
    """The same rows due among ten times as many children, on a file of SQLite."""
    return asyncio.run(_growth("sqlite"))


def planning_growth_postgres() -> Measurement:
    """The same on PostgreSQL."""
    return asyncio.run(_growth("postgres"))


async def _ratio(kind: str) -> Measurement:
    async with _country(kind, COUNTRY) as (database, programme):
        pairs = [await _pair(database, programme) for _ in range(RUNS + 1)][1:]
        rows = await _count(database)
    value = median(planned / copied for planned, copied in pairs)
    return Measurement(
        f"planning_{kind}",
        value,
        "× INSERT … SELECT",
        AT_MOST[kind],
        at_most=True,
        peer=f"{rows:,} rows of {MILLION:,} children in {median(copied for _, copied in pairs):.2f} s",
    )


async def _growth(kind: str) -> Measurement:
    async with _country(kind, LARGE) as large, _country(kind, SMALL) as small:
        pairs = [(await _plan(*large), await _plan(*small)) for _ in range(RUNS + 1)][1:]
        if await _count(large[0]) != await _count(small[0]):
            raise ValueError("the two countries are to have the same rows due")
    value = median(of_large / of_small for of_large, of_small in pairs)
    peer = f"{SMALL.children:,} children in {median(of_small for _, of_small in pairs):.1f} s"
    return Measurement(f"planning_growth_{kind}", value, "×", GROWS_AT_MOST, at_most=True, peer=peer)


@asynccontextmanager
async def _country(kind: str, country: Country) -> AsyncIterator[tuple[Database, Programme]]:
    settings = Settings(secret_key=SecretStr("x" * 32))
    programme = replace(make_programme(load_library(), load_versions(), settings), rehearsal=True)
    programme = replace(programme, journey=journey_to_six(programme.journey))
    async with fresh_database(kind) as database:
        await settle(database, programme, country)
        spare_what_is_loaded()
        yield database, programme


async def _pair(database: Database, programme: Programme) -> tuple[float, float]:
    return await _plan(database, programme), await _copy(database)


async def _plan(database: Database, programme: Programme) -> float:
    """A first run of the day, with an empty outbox."""
    async with database.transaction() as connection:
        await connection.execute(delete(outbox))
    await as_of_yesterday(database, programme)
    started = time.perf_counter()
    await plan_day(database, programme, Moment(NOW, NOW))
    return time.perf_counter() - started


async def as_of_yesterday(database: Database, programme: Programme) -> None:
    """The zone was planned yesterday, by the same journey."""
    yesterday = PlannedUntil(TODAY - timedelta(days=1), fingerprint(programme.journey))
    async with database.begin() as uow:
        await uow.programme.note_planned(ZONE, yesterday, NOW)


async def _copy(database: Database) -> float:
    """The same rows once more, by the database alone."""
    columns = ", ".join(column.name for column in outbox.columns)
    async with database.transaction() as connection:
        await connection.execute(text(f"DROP TABLE IF EXISTS {KEPT}"))
        await connection.execute(text(f"CREATE TABLE {KEPT} AS SELECT * FROM outbox"))
        await connection.execute(delete(outbox))
    started = time.perf_counter()
    async with database.transaction() as connection:
        await connection.execute(text(f"INSERT INTO outbox ({columns}) SELECT {columns} FROM {KEPT}"))
    return time.perf_counter() - started


async def _count(database: Database) -> int:
    async with database.transaction() as connection:
        return int((await connection.execute(select(func.count()).select_from(outbox))).scalar_one())

"""A campaign to a million caregivers: making its rows, against the plain INSERT … SELECT of the same rows."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from statistics import median
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, String, Table, cast, insert, literal, select, text

from benchmarks.databases import fresh_database
from benchmarks.households import NOW, ZONE, add_households
from benchmarks.measurement import Measurement
from domain.campaigns.segment import Segment
from domain.identifiers import CampaignId
from services.ports.campaigns import Audience, FanOut
from storage import tables as t
from storage.engine import Database

CAREGIVERS = 1_000_000
RUNS = 5
BOUND = 6
EMPTY = {"sqlite": "DELETE FROM outbox", "postgres": "TRUNCATE outbox CASCADE"}
CAMPAIGN = CampaignId(1)
HER_OWN = frozenset({"id", "family_id", "caregiver_id", "child_id", "address_id"})
PEOPLE = (t.families, t.caregivers, t.children, t.care_roles, t.addresses, t.caregiver_addresses, t.consents)
AUDIENCE = Audience(Segment(), NOW.date(), frozenset({"vi"}))
ROWS = FanOut(CAMPAIGN, {ZONE: NOW}, NOW + timedelta(days=3))


def fan_out_postgres() -> Measurement:
    """On PostgreSQL."""
    return asyncio.run(_measure("postgres"))


def fan_out_sqlite() -> Measurement:
    """On a file of SQLite."""
    return asyncio.run(_measure("sqlite"))


async def _measure(kind: str) -> Measurement:
    async with fresh_database(kind) as database:
        await _settle(database)
        await _fan_out(database)
        await _run(database, "CREATE TABLE ready AS SELECT * FROM outbox")
        await _run(database, "ANALYZE")
        ratios = [await _pair(database, EMPTY[kind]) for _ in range(RUNS + 1)][1:]
    peer = f"the plain INSERT … SELECT of the same {CAREGIVERS:,} rows"
    return Measurement(f"fan_out_{kind}", median(ratios), "×", BOUND, at_most=True, peer=peer)


async def _settle(database: Database) -> None:
    """One household as it is enrolled, and as many copies of it as are needed, made by the database."""
    await add_households(database, 1)
    async with database.transaction() as connection:
        for table in PEOPLE:
            await connection.execute(insert(table).from_select(_copied(table), _copies(table)))
    await _run(database, "ANALYZE")


def _copied(table: Table) -> list[str]:
    """The columns that a copy sets: consents, of which everybody has two, are numbered by the database."""
    return [column.name for column in table.c if not (table is t.consents and column.name == "id")]


def _copies(table: Table) -> Select[Any]:
    numbers = select(literal(2).label("number")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.number + 1).where(numbers.c.number < CAREGIVERS))
    first = table.alias("first")
    columns = [_copy(first.c[name], numbers.c.number) for name in _copied(table)]
    return select(*columns).select_from(numbers.join(first, literal(value=True)))


def _copy(column: Column[Any], number: ColumnElement[int]) -> ColumnElement[Any]:
    if column.name in HER_OWN:
        return number
    return cast(number + 10_000_000, String) if column.name == "external_id" else column


async def _pair(database: Database, empty: str) -> float:
    """How many times as long the fan-out takes as the plain insert, each into an empty outbox."""
    return await _timed(database, _fan_out, empty) / await _timed(database, _insert_ready, empty)


async def _timed(database: Database, run: Callable[[Database], Awaitable[None]], empty: str) -> float:
    await _run(database, empty)
    started = time.perf_counter()
    await run(database)
    return time.perf_counter() - started


async def _fan_out(database: Database) -> None:
    async with database.begin() as uow:
        made = await uow.campaigns.fan_out(AUDIENCE, ROWS, NOW)
    if made != CAREGIVERS:
        raise RuntimeError(f"{made} of {CAREGIVERS} rows were made")


async def _insert_ready(database: Database) -> None:
    names = [column.name for column in t.outbox.c if column.name != "id"]
    listed = ", ".join(names)
    await _run(database, f"INSERT INTO outbox ({listed}) SELECT {listed} FROM ready")


async def _run(database: Database, statement: str) -> None:
    async with database.transaction() as connection:
        await connection.execute(text(statement))

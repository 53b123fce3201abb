"""A country in rows, made by the database itself: a mother and a child each, of whom some have something due today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Subquery,
    Table,
    and_,
    cast,
    delete,
    insert,
    literal,
    not_,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks.households import BOT, ZONE
from domain.area import Province
from domain.farewell import six_years_on
from domain.journey import Amount, Step
from domain.moment import Moment
from services.ports import UnitOfWork
from services.programme import Programme
from services.turn import Work
from services.visits.find_needs import place_of
from services.visits.refresh_forecasts import version_of
from storage import tables as t
from storage.engine import Database

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
TODAY = date(2026, 11, 23)
"""One in the morning at home: the first planning of the day."""
JOINED = NOW - timedelta(days=7 * 366)
STATIONS = 1_000
DAYS_OF_LIFE = 2_190
EVERY = 5
"""So many days lie between two tips of a catalogue that goes on to six years; today's ends at half a year."""
VISITED_BY = 5
"""Of the first children one in so many has doses due now; for all others the index knows of a later day."""
A_YEAR = timedelta(days=365)
LAST_KNOWN = timedelta(days=14)
THOUSAND = 1_000
_SCRATCH = MetaData()
_digits = Table("bench_digits", _SCRATCH, Column("n", Integer, primary_key=True, autoincrement=False))
_days = Table(
    "bench_days", _SCRATCH, Column("slot", Integer, primary_key=True, autoincrement=False), Column("born_on", Date)
)


@dataclass(frozen=True)
class Country:
    """So many children, of whom so many were born on a day for which a tip begins today, and so many have doses due."""

    children: int
    with_tips: int
    with_doses: int


def journey_to_six(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The catalogue's own steps, and as many more as it will have when it goes on to six years."""
    last = max(step.from_day for step in steps)
    later = range(last + EVERY, DAYS_OF_LIFE, EVERY)
    return (*steps, *(Step(f"later.day{day}", day, day + 7, Amount.SOME) for day in later))


async def settle(database: Database, programme: Programme, country: Country) -> None:
    """Everything that planning reads."""
    async with database.begin() as uow:
        await uow.area.save_province(Province("VN-13", "Quảng Ninh", "VN", ZONE, "115", "111", TODAY))
        await uow.area.save_commune("VN-13", "Suối Mơ")
    async with database.transaction() as connection:
        await connection.run_sync(_SCRATCH.create_all)
        await connection.execute(insert(_digits), [{"n": n} for n in range(THOUSAND)])
        await connection.execute(insert(t.actors).values(id=1, name="Minh", role="volunteer", created_at=JOINED))
        await connection.execute(insert(t.facilities), [_station(number) for number in range(1, STATIONS + 1)])
        await connection.execute(insert(t.session_closings), _closings())
    async with database.look() as uow:
        version = await _version(uow, programme)
    for with_tips in (True, False):
        async with database.transaction() as connection:
            await _people(connection, programme.journey, country, with_tips=with_tips)
            await connection.execute(delete(_days))
    async with database.transaction() as connection:
        await _records(connection, version, country)
        await connection.run_sync(_SCRATCH.drop_all)
    async with database.transaction() as connection:
        await connection.execute(text("ANALYZE"))


def _station(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "commune_id": 1,
        "name": f"Trạm {number}",
        "kind": "health_station",
        "phone": "0203 555 0101",
        "hours": "7:30–16:30",
        "session_rule": f"day {_day_of(number)},{_day_of(number) + 14} @ 07:30-10:30",
    }


def _day_of(station: int) -> int:
    return 1 + station % 14


def _closings() -> list[dict[str, Any]]:
    """Every session of the last days was closed."""
    past = [TODAY - timedelta(days=back) for back in range(1, LAST_KNOWN.days)]
    return [
        {"facility_id": number, "session_on": day, "closed_at": NOW, "closed_by": 1}
        for number in range(1, STATIONS + 1)
        for day in past
        if day.day in (_day_of(number), _day_of(number) + 14)
    ]


async def _version(uow: UnitOfWork, programme: Programme) -> str:
    (station, *_others) = await uow.area.facilities()
    return version_of(programme, await place_of(Work(uow, programme, Moment(NOW, NOW)), station), TODAY)


async def _people(connection: AsyncConnection, journey: Sequence[Step], country: Country, *, with_tips: bool) -> None:
    """Those with a tip have the first numbers: they are the same ones however many others there are."""
    first, last = (1, country.with_tips) if with_tips else (country.with_tips + 1, country.children)
    births = [day for day, begins in birth_days(journey) if begins is with_tips]
    await connection.execute(insert(_days), [{"slot": slot, "born_on": day} for slot, day in enumerate(births)])
    who = _numbers(first, last, len(births))
    number, station = who.c.n, 1 + who.c.n % STATIONS
    mother = {"role": literal("mother"), "caregiver_id": number}
    rows: dict[Table, dict[str, Any]] = {
        t.families: {"id": number, "facility_id": station, "zone": ZONE, "enrolled_by": 1, "enrolled_at": JOINED},
        t.caregivers: {
            "id": number,
            "family_id": number,
            "role": "mother",
            "language": "vi",
            "tip_hour": 8 + number % 12,
            "amount": Amount.SOME.value,
            "joined_at": JOINED,
            "joined_on": JOINED.date(),
        },
        t.children: {
            "id": number,
            "family_id": number,
            "facility_id": station,
            "name": "An",
            "birth_date": who.c.born_on,
            "sex": "female",
        },
        t.care_roles: {**mother, "id": number, "child_id": number},
        t.addresses: {
            "id": number,
            "channel": "telegram",
            "bot": BOT,
            "external_id": cast(10_000_000 + number, String),
            "language": "vi",
            "state": "active",
            "last_inbound_at": NOW,
        },
        t.caregiver_addresses: {"id": number, "caregiver_id": number, "address_id": number, "linked_at": JOINED},
    }
    for table, values in rows.items():
        await connection.execute(_insert(table, who, values))


def _insert(table: Table, source: Any, values: dict[str, Any]) -> Any:
    columns = [
        value if hasattr(value, "compile") else literal(value, table.c[name].type) for name, value in values.items()
    ]
    return insert(table).from_select(list(values), select(*columns).select_from(source), include_defaults=False)


def birth_days(journey: Sequence[Step]) -> list[tuple[date, bool]]:
    """Every birth date of a child under six, and whether a tip begins today for a mother of one born on it."""
    hers = [step for step in journey if step.audience is None and not step.tracks]
    begins = {step.from_day for step in hers if step.tier <= Amount.SOME}
    others = {step.from_day for step in journey} - begins
    born = ((TODAY - timedelta(days=age), age in begins) for age in range(DAYS_OF_LIFE) if age not in others)
    return [(day, with_tips) for day, with_tips in born if six_years_on(day) > TODAY]


def _numbers(first: int, last: int, births: int) -> Subquery:
    """The numbers from first to last, each with a birth date: all birth dates in turn."""
    ones, thousands = _digits.alias(), _digits.alias()
    number = (thousands.c.n * THOUSAND + ones.c.n + 1).label("n")
    every = select(number).select_from(ones.join(thousands, literal(value=True))).subquery()
    of_birth = every.join(_days, _days.c.slot == every.c.n % births)
    return select(every.c.n, _days.c.born_on).select_from(of_birth).where(every.c.n.between(first, last)).subquery()


async def _records(connection: AsyncConnection, version: str, country: Country) -> None:
    """What the index knows, and the doses at birth of those who have something due."""
    number = t.children.c.id
    has_due = and_(number % VISITED_BY == 0, number <= country.with_doses * VISITED_BY)
    spread = (number % 180).label("after")
    due_later = select(number, spread).where(not_(has_due)).subquery()
    days = [{"slot": after, "born_on": TODAY + timedelta(days=8 + after)} for after in range(180)]
    await connection.execute(insert(_days), days)
    later = due_later.join(_days, _days.c.slot == due_later.c.after)
    known = {"version": version, "computed_at": NOW - timedelta(days=1)}
    await connection.execute(
        _insert(
            t.child_forecasts,
            later,
            {**known, "child_id": due_later.c.id, "due_on": _days.c.born_on, "latest_on": TODAY + A_YEAR},
        )
    )
    now = select(number, t.children.c.birth_date).where(has_due).subquery()
    due = {"child_id": now.c.id, "due_on": TODAY, "latest_on": TODAY + A_YEAR}
    await connection.execute(_insert(t.child_forecasts, now, {**known, **due}))
    for vaccine in ("HEPB0", "BCG"):
        dose = {"vaccine": vaccine, "given_on": now.c.birth_date, "source": "record", "recorded_at": JOINED}
        await connection.execute(_insert(t.vaccinations, now, {**dose, "child_id": now.c.id}))

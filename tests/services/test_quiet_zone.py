"""A zone in which nothing is due asks the database as often for two families as for two hundred, and seldom."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.area import FacilityKind
from domain.identifiers import CaregiverId
from domain.moment import Moment
from domain.reader import Role
from domain.sex import Sex
from services.messages.plan_day import SESSION_STEPS, plan_day
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Work
from services.visits.call_list import make_call_lists
from services.visits.tell_urgent import tell_urgent
from services.visits.zone_now import look_at_zone
from storage.engine import Database, open_database
from tests.fakes.counting import counting
from tests.fakes.people import moment_at
from tests.services.missing import HERE, ZONE, Scene, anyio_backend, begin, joins, migrated_sqlite

__all__ = ["anyio_backend", "migrated_sqlite"]

BORN = date(2026, 12, 1)
"""The next doses of a newborn child are due at two months."""
EVE = date(2026, 12, 4)
"""Yesterday's session was never closed, and tomorrow is the next one."""
RULE = "day 3,5,20 @ 07:30-10:30"
SIGNED = replace(HERE, rehearsal=True)
BETWEEN = date(2026, 12, 11)
"""No session was held in the last days, and none is in the next ones."""


@pytest.fixture
async def village(migrated_sqlite: Path, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Scene]:
    database = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}")
    scene = await begin(database, BORN)
    await holds(database, scene, RULE)
    yield scene
    await database.close()


async def holds(database: Database, scene: Scene, rule: str, name: str = "Trạm Y tế Suối Mơ") -> None:
    async with database.begin() as uow:
        await uow.area.save_facility(
            scene.commune,
            name=name,
            kind=FacilityKind.HEALTH_STATION,
            phone="+842033888111",
            hours="7:00-16:30",
            session_rule=rule,
        )


async def enrol(scene: Scene, count: int, born: date = BORN, *, reads: bool = True) -> None:
    """So many families more, each with a child who got everything at birth."""
    async with scene.database.begin() as uow:
        for number in range(count):
            mother = await _mother(uow, scene, f"{born}-{number}", born)
            if reads:
                await joins(uow, mother, f"mother-{born}-{number}")


async def _mother(uow: UnitOfWork, scene: Scene, name: str, born: date) -> CaregiverId:
    now = moment_at(BORN, 9).now
    family = await uow.families.add_family(scene.station, ZONE, by=scene.minh, at=now)
    mother = await uow.families.add_caregiver(family, Role.MOTHER, "vi", None)
    child = await uow.families.add_child(family, scene.station, NewChild(name, born, Sex.FEMALE))
    await uow.families.add_care(mother, Role.MOTHER, child=child)
    doses = [Vaccination(child, vaccine, born, VaccinationSource.CARD) for vaccine in ("HEPB0", "BCG")]
    await uow.visits.record(doses, at=now)
    return mother


async def cost_of_a_plan(scene: Scene, day: date, hour: int) -> int:
    """Once the forecasts of those who are new have been computed."""
    await plan_day(scene.database, SIGNED, moment_at(day, hour))
    with counting() as said:
        await plan_day(scene.database, SIGNED, moment_at(day, hour, 30))
    return len(said)


async def cost_of_steps(scene: Scene, moment: Moment) -> int:
    async with scene.database.begin() as uow:
        with counting() as said:
            work = Work(uow, SIGNED, moment)
            here = await look_at_zone(work, ZONE)
            for step in SESSION_STEPS:
                await step(work, ZONE, here)
    return len(said)


@pytest.mark.parametrize(("day", "at_most"), [(BETWEEN, 27), (EVE, 35)])
async def test_two_hundred_quiet_families_cost_as_much_as_two(village: Scene, day: date, at_most: int) -> None:
    await enrol(village, 1)
    of_two = await cost_of_a_plan(village, day, 13)
    await enrol(village, 198, BORN - timedelta(days=1))
    assert await cost_of_a_plan(village, day, 19) == of_two <= at_most


async def test_more_stations_cost_no_more(village: Scene) -> None:
    await cost_of_a_plan(village, EVE, 1)
    of_one = await cost_of_steps(village, moment_at(EVE, 7))
    for number in range(20):
        await holds(village.database, village, RULE, f"Trạm {number}")
    assert await cost_of_steps(village, moment_at(EVE, 13)) == of_one


async def test_who_reads_is_not_judged_for_a_call_list_however_much_is_due(village: Scene) -> None:
    long_ago = BORN - timedelta(days=100)
    await enrol(village, 1, long_ago)
    of_one = await cost_of_calls(village)
    await enrol(village, 30, long_ago - timedelta(days=1))
    assert await cost_of_calls(village) == of_one


async def test_a_family_out_of_reach_costs_a_call_list_little(village: Scene) -> None:
    long_ago = BORN - timedelta(days=100)
    await enrol(village, 1, long_ago, reads=False)
    of_one = await cost_of_calls(village)
    await enrol(village, 10, long_ago - timedelta(days=1), reads=False)
    assert await cost_of_calls(village) <= of_one + 10


async def cost_of_calls(scene: Scene) -> int:
    with counting() as said:
        await scene.runs(make_call_lists, moment_at(EVE, 7))
    return len(said)


async def test_without_a_session_in_the_next_days_no_family_is_looked_at(village: Scene) -> None:
    await enrol(village, 3, BORN - timedelta(days=100), reads=False)
    with counting() as said:
        await village.runs(make_call_lists, moment_at(BETWEEN, 7))
    assert not [one for one in said if "FROM families" in one or "FROM children" in one]


async def test_urgent_doses_are_sought_only_among_those_to_whom_something_is_due(village: Scene) -> None:
    await cost_of_a_plan(village, EVE, 1)
    with counting() as said:
        await village.runs(tell_urgent, moment_at(EVE, 7))
    assert not [one for one in said if "FROM vaccinations" in one]

"""The day's steps after sessions ask the database as often for one family as for thirty."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from domain.identifiers import ChildId
from domain.moment import Moment
from domain.people import Child
from domain.reader import Role
from domain.sex import Sex
from domain.vaccination.engine import Assessment
from services.ports.families import NewChild
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Work
from services.visits.aftercare.plan_aftercare import plan_aftercare
from services.visits.missed.ask_for_card import ask_for_cards
from services.visits.missed.ask_yesterday import ask_yesterday
from services.visits.missed.keep_ladder import keep_ladder
from services.visits.refresh_forecasts import refresh_forecasts
from services.visits.schedule_forecaster import ScheduleForecaster
from services.visits.topics.follow_topic import follow_topics
from tests.fakes.counting import counting
from tests.fakes.people import moment_at
from tests.services.missing import (
    BORN,
    DAY,
    DUE,
    HERE,
    NEXT,
    ON,
    ZONE,
    Scene,
    anyio_backend,
    joins,
    migrated_sqlite,
    scene,
)

__all__ = ["anyio_backend", "migrated_sqlite", "scene"]

Step = Callable[[Work, str], Awaitable[None]]
MORNING = moment_at(ON + DAY, 7, 5)
FAMILIES = 30


async def cost(scene: Scene, step: Step, moment: Moment) -> int:
    with counting() as said:
        await scene.runs(step, moment)
    return len(said)


async def neighbours_come(scene: Scene, *, reporting: bool = False) -> None:
    """Thirty families like Lan's; with `reporting` they say that their children had everything."""
    now = moment_at(ON - 30 * DAY, 9).now
    for number in range(FAMILIES):
        async with scene.database.begin() as uow:
            family = await uow.families.add_family(scene.station, ZONE, by=scene.minh, at=now)
            mother = await uow.families.add_caregiver(family, Role.MOTHER, "vi", None)
            child = await uow.families.add_child(family, scene.station, NewChild(f"Bé {number}", BORN, Sex.MALE))
            await uow.families.add_care(mother, Role.MOTHER, child=child)
            await joins(uow, mother, f"mother{number}")
            doses = [Vaccination(child, one, BORN, VaccinationSource.REPORTED) for one in ("HEPB0", "BCG")]
            await uow.visits.record(doses if reporting else [], at=now)


@pytest.mark.parametrize("step", [ask_yesterday, keep_ladder, follow_topics])
async def test_a_step_costs_no_more_for_thirty_families(scene: Scene, step: Step) -> None:
    first = await cost(scene, step, MORNING)
    await neighbours_come(scene)
    assert await cost(scene, step, MORNING) == first


async def test_the_question_of_the_day_after_reaches_all_of_them(scene: Scene) -> None:
    await neighbours_come(scene)
    await scene.runs(ask_yesterday, MORNING)
    asked = await scene.sends(moment_at(ON + DAY, 20, 30))
    assert len(asked) == FAMILIES + 1


async def test_nobody_who_told_of_nothing_is_looked_at_for_the_card(scene: Scene) -> None:
    eve = moment_at(NEXT - DAY, 7, 5)
    first = await cost(scene, ask_for_cards, eve)
    await neighbours_come(scene)
    assert await cost(scene, ask_for_cards, eve) == first


async def test_aftercare_looks_at_nobody_without_a_dose(scene: Scene) -> None:
    first = await cost(scene, plan_aftercare, MORNING)
    await neighbours_come(scene)
    later = moment_at(ON + timedelta(days=1), 13)
    assert await cost(scene, plan_aftercare, later) == first


async def test_who_has_nothing_due_is_not_judged_again_for_each_session(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await neighbours_come(scene, reporting=True)
    for number in range(FAMILIES + 1):
        await scene.records(ChildId(number + 1), ON, *DUE, "IPV")
    await refresh_forecasts(scene.database, HERE, MORNING)
    judged: list[ChildId] = []
    assess = ScheduleForecaster.assess

    def note(forecaster: ScheduleForecaster, child: Child, *others: Any) -> Assessment:
        judged.append(child.id)
        return assess(forecaster, child, *others)

    monkeypatch.setattr(ScheduleForecaster, "assess", note)
    await scene.runs(ask_yesterday, MORNING)
    assert judged == []

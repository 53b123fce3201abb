"""Plan the tips and farewells of a zone, of pregnancies too: for whom one has begun since it was planned last.

Whose row was closed for a reason that passes by itself is looked at wholly: it opens again while its window lasts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from domain.begun import (
    PlannedUntil,
    beginnings_to_look_at,
    births_to_look_at,
    fingerprint,
    first_day_to_look_at,
)
from domain.births import Born
from domain.care.plan import PREGNANCY
from domain.farewell import FAREWELL_LASTS, is_six
from domain.identifiers import CaregiverId
from domain.journey import Step
from domain.sending.outbox import PlannedMessage
from domain.tip_readers import ReadsTips
from services.family.pause_messages import end_pause
from services.messages.plan_farewells import plan_farewells
from services.messages.plan_tips import TipPlan
from services.portions import LongWork, portions
from services.turn import Work

PROGRAMME_DAYS = 6 * 366 + FAREWELL_LASTS.days


@dataclass(frozen=True)
class _Look:
    """Which birth dates are looked at, each with what began; how many were born then; and who is looked at again.

    `awaited` are the days on which pregnancies are due of which a message began, `due` how many are.
    """

    births: Mapping[date, Sequence[Step]]
    counts: Mapping[date, int]
    again: Sequence[CaregiverId]
    awaited: Mapping[date, Sequence[Step]]
    due: Mapping[date, int]


async def plan_begun(planning: LongWork, zone: str) -> int:
    """Some birth dates a transaction; gives how many rows were new."""
    async with planning.begin() as work:
        await _end_pauses(work, zone)
        look = await _look(work, zone)

    async def plan_births(work: Work, days: Sequence[date]) -> int:
        return await _plan_births(work, zone, {day: look.births[day] for day in days})

    async def plan_awaited(work: Work, days: Sequence[date]) -> int:
        return await _plan_awaited(work, zone, {day: look.awaited[day] for day in days})

    async def plan_again(work: Work, some: Sequence[CaregiverId]) -> int:
        return await _plan_again(work, zone, some)

    added = await planning.each(portions(look.counts.items()), plan_births)
    added += await planning.each(portions(look.due.items()), plan_awaited)
    return added + await planning.each(portions((caregiver, 1) for caregiver in look.again), plan_again)


async def note_planned(work: Work, zone: str) -> None:
    """From now on only what begins tomorrow is new."""
    until = PlannedUntil(work.moment.today(zone), fingerprint(work.programme.all_steps))
    await work.uow.programme.note_planned(zone, until, work.moment.now)


async def _end_pauses(work: Work, zone: str) -> None:
    today = work.moment.today(zone)
    for caregiver in await work.uow.programme.pauses_over(zone, today):
        await end_pause(work, caregiver, today)


async def _look(work: Work, zone: str) -> _Look:
    today, programme = work.moment.today(zone), work.programme
    planned = await work.uow.programme.planned_until(zone)
    first = first_day_to_look_at(planned, fingerprint(programme.all_steps), today)
    births = births_to_look_at(programme.journey, first, today)
    begun = beginnings_to_look_at(programme.pregnancy_journey, first, today)
    # Where every open window is looked at, nobody need be looked at again.
    again = await work.uow.outbox.closed_for_now(zone, work.moment.now) if first is not None else ()
    awaited = {begins_on + PREGNANCY: steps for begins_on, steps in begun.items()}
    due = await work.uow.programme.due_on(awaited)
    return _Look(births, await work.uow.programme.births_on(births), again, awaited, due)


async def _plan_births(work: Work, zone: str, begun: Mapping[date, Sequence[Step]]) -> int:
    planned: list[PlannedMessage] = []
    plans = {day: TipPlan(steps, zone, work.moment) for day, steps in begun.items()}
    for one in await work.uow.programme.born_on(zone, list(begun)):
        for day, born in groupby(one.children, key=attrgetter("birth_date")):
            planned += _of(plans[day], one.caregiver, tuple(born))
    return await work.uow.outbox.plan(planned, work.moment.now)


async def _plan_awaited(work: Work, zone: str, begun: Mapping[date, Sequence[Step]]) -> int:
    plans = {day: TipPlan(steps, zone, work.moment) for day, steps in begun.items()}
    awaiting = await work.uow.programme.awaiting_on(zone, list(begun))
    rows = [row for one in awaiting for row in plans[one.pregnancy.due_on].of_pregnancy(one.caregiver, one.pregnancy)]
    return await work.uow.outbox.plan(rows, work.moment.now)


async def _plan_again(work: Work, zone: str, caregivers: Sequence[CaregiverId]) -> int:
    today = work.moment.today(zone)
    born_from = today - timedelta(days=PROGRAMME_DAYS)
    found = await work.uow.programme.candidates(caregivers, born_from=born_from, born_to=today)
    plan = TipPlan(work.programme.journey, zone, work.moment)
    planned = [row for one in found for row in _of(plan, one.caregiver, one.children)]
    planned += await _awaited_again(work, zone, caregivers)
    return await work.uow.outbox.plan(planned, work.moment.now)


async def _awaited_again(work: Work, zone: str, caregivers: Sequence[CaregiverId]) -> list[PlannedMessage]:
    plan = TipPlan(work.programme.pregnancy_journey, zone, work.moment)
    awaiting = await work.uow.programme.awaited_by(caregivers)
    return [row for one in awaiting for row in plan.of_pregnancy(one.caregiver, one.pregnancy)]


def _of(plan: TipPlan, caregiver: ReadsTips, children: Iterable[Born]) -> list[PlannedMessage]:
    tips, zone, today = plan.of(caregiver, children), plan.zone, plan.moment.today(plan.zone)
    grown = [child for child in children if is_six(child.birth_date, today)]
    return [*tips, *plan_farewells(caregiver, grown, zone=zone, moment=plan.moment)] if grown else tips

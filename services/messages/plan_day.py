"""Plan a day: decide what each caregiver should get, and put it into the outbox. It never renders and never sends.

Running it twice adds nothing; after lost days it adds what is still within its window.
"""

from collections.abc import Sequence
from datetime import timedelta

from domain.farewell import FAREWELL_LASTS, is_six
from domain.moment import Moment
from domain.people import Caregiver, Child
from domain.sending.outbox import PlannedMessage, Reason
from services.family.pause_messages import end_pause
from services.messages.plan_births import add_birth_tasks, plan_birth_question
from services.messages.plan_farewells import let_grown_up_go, plan_farewells
from services.messages.plan_tips import plan_tips
from services.ports import UnitsOfWork
from services.programme import Programme
from services.turn import Work
from services.visits.find_visits import find_family_visits
from services.visits.plan_visits import plan_reminders

PROGRAMME_DAYS = 6 * 366 + FAREWELL_LASTS.days
OVERDUE_DAYS = 366
"""A pregnancy that is overdue for longer has lost every contact; it waits for a person who looks at the family."""


async def plan_day(units: UnitsOfWork, programme: Programme, moment: Moment) -> int:
    """Plan today in every zone, a transaction a zone; gives how many rows were new."""
    async with units.look() as uow:
        zones = await uow.area.zones()
    added = 0
    for zone in zones:
        async with units.begin() as uow:
            added += await _plan_zone(Work(uow, programme, moment), zone)
    return added


async def _plan_zone(work: Work, zone: str) -> int:
    today = work.moment.today(zone)
    candidates = await work.uow.programme.candidates(
        zone, born_from=today - timedelta(days=PROGRAMME_DAYS), born_to=today
    )
    planned: list[PlannedMessage] = []
    for candidate in candidates:
        await end_pause(work, candidate.caregiver, today)
        planned += await _plan_caregiver(work, candidate.caregiver, candidate.children, zone)
    overdue_from = today - timedelta(days=OVERDUE_DAYS)
    for awaiting in await work.uow.programme.awaiting(zone, due_from=overdue_from, due_to=today):
        planned += plan_birth_question(awaiting.caregiver, awaiting.pregnancy, zone=zone, moment=work.moment)
    added = await work.uow.outbox.plan(planned, work.moment.now)
    await add_birth_tasks(work, zone, overdue_from=overdue_from)
    await let_grown_up_go(work, zone)
    return added


async def _plan_caregiver(
    work: Work, caregiver: Caregiver, children: Sequence[Child], zone: str
) -> tuple[PlannedMessage, ...]:
    today = work.moment.today(zone)
    tips = plan_tips(work.programme.journey, caregiver, children, zone=zone, moment=work.moment)
    farewells = plan_farewells(caregiver, children, zone=zone, moment=work.moment)
    small = [child for child in children if child.ended_as is None and not is_six(child.birth_date, today)]
    visits = await find_family_visits(work, caregiver.id, small)
    return (*tips, *farewells, *plan_reminders(caregiver, visits, work.moment))


async def plan_one(work: Work, caregiver: Caregiver) -> int:
    """Plan today for one caregiver at once: she just joined, came back or changed her hour."""
    family = await work.uow.families.family(caregiver.family)
    if family is None or caregiver.stopped_at is not None or caregiver.ended_as is not None:
        return 0
    children = await work.uow.families.all_children_of(caregiver.id)
    planned = [*await _plan_caregiver(work, caregiver, children, family.zone)]
    for pregnancy in await work.uow.families.pregnancies_of(caregiver.id):
        planned += plan_birth_question(caregiver, pregnancy, zone=family.zone, moment=work.moment)
    return await work.uow.outbox.plan(planned, work.moment.now)


async def plan_without(work: Work, caregiver: Caregiver, key: str) -> int:
    """The same for one who has just been told one of the tips: that one is kept as superseded and never sent."""
    family = await work.uow.families.family(caregiver.family)
    children = await work.uow.families.all_children_of(caregiver.id)
    told = [step for step in work.programme.journey if step.key == key]
    tips = plan_tips(told, caregiver, children, zone=family.zone if family else "UTC", moment=work.moment)
    await work.uow.outbox.plan(tips, work.moment.now)
    for tip in tips:
        await work.uow.outbox.close_occasion(caregiver.id, tip.occasion, Reason.SUPERSEDED)
    return await plan_one(work, caregiver)

"""Plan a day: decide what each caregiver should get, and put it into the outbox. It never renders and never sends.

Running it twice adds nothing; after lost days it adds what is still within its window.
"""

from collections.abc import Sequence
from datetime import timedelta

from domain.moment import Moment
from domain.people import Caregiver, Child
from domain.sending.outbox import PlannedMessage
from services.messages.plan_tips import plan_tips
from services.ports import UnitsOfWork
from services.programme import Programme
from services.turn import Work
from services.visits.find_visits import find_family_visits
from services.visits.plan_visits import plan_reminders

PROGRAMME_DAYS = 6 * 366


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
        planned += await _plan_caregiver(work, candidate.caregiver, candidate.children, zone)
    return await work.uow.outbox.plan(planned, work.moment.now)


async def _plan_caregiver(
    work: Work, caregiver: Caregiver, children: Sequence[Child], zone: str
) -> tuple[PlannedMessage, ...]:
    tips = plan_tips(work.programme.journey, caregiver, children, zone=zone, moment=work.moment)
    living = [child for child in children if child.ended_as is None]
    visits = await find_family_visits(work, caregiver.id, living)
    return (*tips, *plan_reminders(caregiver, visits, work.moment))


async def plan_one(work: Work, caregiver: Caregiver) -> int:
    """Plan today for one caregiver at once: she just joined, came back or changed her hour."""
    family = await work.uow.families.family(caregiver.family)
    if family is None or caregiver.stopped_at is not None or caregiver.ended_as is not None:
        return 0
    children = await work.uow.families.all_children_of(caregiver.id)
    planned = await _plan_caregiver(work, caregiver, children, family.zone)
    return await work.uow.outbox.plan(planned, work.moment.now)

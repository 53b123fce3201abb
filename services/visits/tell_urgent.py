"""A dose whose last day falls before the next session that has it: a person is told, today.

That is somebody of the station; where nobody works there, somebody of the health department.
"""

from collections.abc import Sequence
from datetime import date

from domain.area import Facility
from domain.farewell import born_after
from domain.identifiers import ChildId
from domain.people import Child
from domain.tasks import TaskKind
from domain.vaccination.forecast import DoseForecast
from domain.visits import URGENT_BEFORE, Needs, unreachable_doses, urgent_doses
from services.ports.tasks import FoundTask, NewTask
from services.ports.visits import Vaccination
from services.turn import Work
from services.visits.call_list import station_worker
from services.visits.find_needs import find_child_needs, place_of
from services.visits.find_visits import cannot_come, open_from
from services.visits.may_remind import may_remind

URGENT = "urgent"
"""The first word of the occasion of such a task: `urgent:CHILD:GROUP:DOSE`."""


def urgent_occasion(child: ChildId, dose: DoseForecast) -> str:
    """One task for each dose of a child."""
    return f"{URGENT}:{child}:{dose.group}:{dose.dose_number}"


async def tell_urgent(work: Work, zone: str) -> None:
    """Every child of a zone to whom it may happen. A second time adds nothing, and drops what is no longer urgent."""
    today = work.moment.today(zone)
    quiet = await work.uow.forecasts.quiet_in(zone, today + URGENT_BEFORE)
    asked = await work.uow.tasks.about(f"{URGENT}:", still_open=True)
    quiet -= {one.task.child for one in asked if one.task.child is not None}
    for facility in await work.uow.area.facilities():
        if facility.zone == zone:
            children = await work.uow.families.children_at(facility.id, born_after=born_after(today))
            await _tell(work, facility, [child for child in children if child.id not in quiet], asked)


async def tell_urgent_about(work: Work, children: Sequence[Child]) -> None:
    """The same for some children, at once: they are new, or their family cannot come to the last session."""
    for number in dict.fromkeys(child.facility for child in children):
        facility = await work.uow.area.facility(number)
        if facility is not None:
            here = [child for child in children if child.facility == number]
            asked = [one for child in here for one in await _asked_about(work, child)]
            await _tell(work, facility, here, asked)


async def _asked_about(work: Work, child: Child) -> Sequence[FoundTask]:
    return await work.uow.tasks.about(f"{URGENT}:{child.id}:", still_open=True)


async def settle_urgent_after_doses(work: Work, doses: Sequence[Vaccination]) -> None:
    """What was given is no longer urgent, whatever else is due."""
    found = [await work.uow.families.child(number) for number in dict.fromkeys(dose.child for dose in doses)]
    await tell_urgent_about(work, [child for child in found if child is not None])


async def _tell(work: Work, facility: Facility, children: Sequence[Child], asked: Sequence[FoundTask]) -> None:
    if not children or not await may_remind(work, facility):
        return
    needs = await find_child_needs(work, await place_of(work, facility), children)
    urgent: set[str] = set()
    for child in children:
        for dose in await _urgent(work, facility, child, needs[child.id]):
            urgent.add(urgent_occasion(child.id, dose))
            await _ask(work, facility, child, dose)
    ours = {child.id for child in children}
    for one in asked:
        if one.task.child in ours and one.task.occasion not in urgent:
            await work.uow.tasks.drop_occasion(one.task.occasion, work.moment.now)


async def _urgent(work: Work, facility: Facility, child: Child, needs: Needs) -> tuple[DoseForecast, ...]:
    """The doses that no session brings in time on which the family can come."""
    near = urgent_doses(needs.doses, work.moment.today(facility.zone))
    if not near:
        return ()
    unless: frozenset[date] = frozenset()
    for caregiver in await work.uow.families.caregivers_of_child(child.id):
        unless |= await cannot_come(work, caregiver.id, facility.id)
    calendar = await work.uow.sessions.calendar(facility)
    return unreachable_doses(near, calendar, await open_from(work, facility), unless=unless)


async def _ask(work: Work, facility: Facility, child: Child, dose: DoseForecast) -> None:
    worker = await station_worker(work, facility.id) or next(iter(await work.uow.contacts.staff()), None)
    if worker is None:  # it is no matter for volunteers
        return
    caregivers = await work.uow.families.caregivers_of_child(child.id)
    task = NewTask(
        TaskKind.URGENT_DOSE,
        urgent_occasion(child.id, dose),
        child.family,
        due_on=work.moment.today(facility.zone),
        caregiver=min(caregivers, key=lambda one: one.phone is None).id if caregivers else None,
        actor=worker.id,
        child=child.id,
    )
    if not await work.uow.tasks.add(task, at=work.moment.now):
        await work.uow.tasks.open_again(task)

"""A dose whose last day falls before the next session that has it: a person is told, today.

That is somebody of the station; where nobody works there, somebody of the health department.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from domain.area import Facility
from domain.farewell import born_after
from domain.identifiers import ActorId, ChildId, FacilityId
from domain.people import Child
from domain.session_calendar import SessionCalendar
from domain.tasks import Task, TaskKind
from domain.vaccination.forecast import DoseForecast
from domain.visits import URGENT_BEFORE, unreachable_doses, urgent_doses
from services.ports.tasks import NewTask
from services.ports.visits import Vaccination, VisitAnswer
from services.turn import Work
from services.visits.call_list import station_worker
from services.visits.find_needs import find_child_needs, place_of
from services.visits.find_visits import open_from
from services.visits.may_remind import may_remind
from services.visits.zone_now import ZoneNow, look_at_zone

URGENT = "urgent"
"""The first word of the occasion of such a task: `urgent:CHILD:GROUP:DOSE`."""
Urgent = Sequence[tuple[Child, DoseForecast]]


def urgent_occasion(child: ChildId, dose: DoseForecast) -> str:
    """One task for each dose of a child."""
    return f"{URGENT}:{child}:{dose.group}:{dose.dose_number}"


async def tell_urgent(work: Work, zone: str, here: ZoneNow | None = None) -> None:
    """Every child of a zone to whom it may happen. A second time adds nothing, and drops what is no longer urgent."""
    here = here or await look_at_zone(work, zone)
    asked = await work.uow.tasks.open_of(TaskKind.URGENT_DOSE)
    children = await _children(work, zone, asked)
    for facility in here.facilities:
        calendar = here.calendars[facility.id]
        await _tell(work, facility, children.get(facility.id, ()), asked, calendar=calendar)


async def _children(work: Work, zone: str, asked: Sequence[Task]) -> Mapping[FacilityId, Sequence[Child]]:
    """For whom a dose is too late so soon, and who was asked about: what is asked may be urgent no longer."""
    today, found = work.moment.today(zone), defaultdict[FacilityId, list[Child]](list)
    youngest = born_after(today)
    near = await work.uow.forecasts.near_latest(born_after=youngest, by=today + URGENT_BEFORE)
    others = {task.child for task in asked if task.child is not None} - {child.id for child in near}
    for child in (*near, *await work.uow.families.children_with(others)):
        if child.ended_as is None and child.birth_date > youngest:
            found[child.facility].append(child)
    return found


async def tell_urgent_about(work: Work, children: Sequence[Child]) -> None:
    """The same for some children, at once: they are new, or their family cannot come to the last session."""
    open_ = await work.uow.tasks.open_in({child.family for child in children}, date.max) if children else ()
    asked = [task for task in open_ if task.kind is TaskKind.URGENT_DOSE]
    for number in dict.fromkeys(child.facility for child in children):
        facility = await work.uow.area.facility(number)
        if facility is not None:
            await _tell(work, facility, [child for child in children if child.facility == number], asked)


async def settle_urgent_after_doses(work: Work, doses: Sequence[Vaccination]) -> None:
    """What was given is no longer urgent, whatever else is due."""
    await tell_urgent_about(work, await work.uow.families.children_with({dose.child for dose in doses}))


async def _tell(
    work: Work,
    facility: Facility,
    children: Sequence[Child],
    asked: Sequence[Task],
    *,
    calendar: SessionCalendar | None = None,
) -> None:
    """Of these children of a facility; of what was asked only what is about them."""
    if not children or not await may_remind(work, facility):
        return
    urgent = {
        urgent_occasion(child.id, dose): (child, dose)
        for child, dose in await _urgent(work, facility, children, calendar)
    }
    ours = {child.id for child in children}
    about = [task.occasion for task in asked if task.child in ours]
    for occasion in about:
        if occasion not in urgent:
            await work.uow.tasks.drop_occasion(occasion, work.moment.now)
    await _ask(work, facility, [one for occasion, one in urgent.items() if occasion not in about])


async def _urgent(
    work: Work, facility: Facility, children: Sequence[Child], calendar: SessionCalendar | None
) -> Urgent:
    """The doses that no session brings in time on which the family can come."""
    needs = await find_child_needs(work, await place_of(work, facility), children)
    today = work.moment.today(facility.zone)
    near = {child.id: doses for child in children if (doses := urgent_doses(needs[child.id].doses, today))}
    if not near:
        return ()
    known = calendar if calendar is not None else await work.uow.sessions.calendar(facility)
    first, cannot = await open_from(work, facility), await _cannot(work, facility, list(near))
    return [
        (child, dose)
        for child in children
        if child.id in near
        for dose in unreachable_doses(near[child.id], known, first, unless=cannot[child.id])
    ]


async def _cannot(work: Work, facility: Facility, children: Sequence[ChildId]) -> Mapping[ChildId, frozenset[date]]:
    """For each child the days on which somebody who cares for it said that they cannot come."""
    said = await work.uow.visits.answers_about(children)
    return {
        child: frozenset(on for where, on, answer in words if (where, answer) == (facility.id, VisitAnswer.CANNOT))
        for child, words in said.items()
    }


async def _ask(work: Work, facility: Facility, urgent: Urgent) -> None:
    actor = await _whom_to_ask(work, facility) if urgent else None
    if actor is None:
        return
    caregivers = await work.uow.families.caregivers_of_children({child.id for child, _dose in urgent})
    for child, dose in urgent:
        first = min(caregivers[child.id], key=lambda one: one.phone is None, default=None)
        task = NewTask(
            TaskKind.URGENT_DOSE,
            urgent_occasion(child.id, dose),
            child.family,
            due_on=work.moment.today(facility.zone),
            caregiver=first.id if first is not None else None,
            actor=actor,
            child=child.id,
        )
        if not await work.uow.tasks.add(task, at=work.moment.now):
            await work.uow.tasks.open_again(task)


async def _whom_to_ask(work: Work, facility: Facility) -> ActorId | None:
    """Nobody where there is neither a health worker nor staff: it is no matter for volunteers."""
    worker = await station_worker(work, facility.id) or next(iter(await work.uow.contacts.staff()), None)
    return worker.id if worker is not None else None

"""The calls day by day: what lost its reason is dropped; what nobody was done with goes to a health worker."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from domain.area import Facility
from domain.identifiers import FacilityId
from domain.missed import call_occasion, is_overdue
from domain.people import ActorRole
from domain.tasks import Task, TaskKind
from services.ports.tasks import NewTask
from services.turn import Work
from services.visits.missed.climb_ladder import find_nurse, tell_colleague
from services.visits.settle import settle_calls
from services.visits.zone_now import ZoneNow, look_at_zone

BY_NURSE = "nurse"
"""The last word of the occasion of a call that went on to a health worker."""


async def keep_ladder(work: Work, zone: str, here: ZoneNow | None = None) -> None:
    """Calls that lost their reason are dropped; one that nobody was done with in time is asked of a health worker."""
    here = here or await look_at_zone(work, zone)
    calls = await _calls(work, here)
    if calls:
        await settle_calls(work, frozenset(task.family for of_place in calls.values() for task in of_place))
    left = await _calls(work, here) if calls else {}
    for facility in here.facilities:
        overdue = [one for one in left.get(facility.id, ()) if is_overdue(one.due_on, work.moment.today(zone))]
        await _escalate(work, facility, overdue)


async def _calls(work: Work, here: ZoneNow) -> Mapping[FacilityId, Sequence[Task]]:
    """The open calls by the facility that looks after the child."""
    open_ = await work.uow.tasks.open_of(TaskKind.MISSED_VISIT)
    children = await work.uow.families.children_with({task.child for task in open_ if task.child is not None})
    places = {child.id: child.facility for child in children}
    calls: defaultdict[FacilityId, list[Task]] = defaultdict(list)
    for task in open_:
        place = places.get(task.child) if task.child is not None else None
        if place is not None and place in here.calendars:
            calls[place].append(task)
    return calls


async def _escalate(work: Work, facility: Facility, overdue: Sequence[Task]) -> None:
    nurse = await find_nurse(work, facility) if overdue else None
    for task in overdue:
        if nurse is not None and not await _is_with_nurse(work, task):
            await work.uow.tasks.drop_occasion(task.occasion, work.moment.now)
            call = NewTask(
                kind=TaskKind.MISSED_VISIT,
                occasion=f"{task.occasion}:{BY_NURSE}",
                family=task.family,
                due_on=work.moment.today(facility.zone),
                caregiver=task.caregiver,
                actor=nurse.id,
                child=task.child,
            )
            await work.uow.tasks.add(call, at=work.moment.now)
            await tell_colleague(work, facility, nurse, call_occasion(task.occasion).on)


async def _is_with_nurse(work: Work, task: Task) -> bool:
    asked = await work.uow.contacts.colleague(task.actor) if task.actor is not None else None
    return asked is not None and asked.role is ActorRole.HEALTH_WORKER

"""The calls day by day: what lost its reason is dropped; what nobody was done with goes to a health worker."""

from collections.abc import Collection

from domain.area import Facility
from domain.farewell import born_after
from domain.identifiers import FamilyId
from domain.missed import call_occasion, is_overdue
from domain.people import ActorRole
from domain.tasks import Task, TaskKind
from services.ports.tasks import NewTask
from services.turn import Work
from services.visits.missed.climb_ladder import find_nurse, tell_colleague
from services.visits.settle import open_calls, settle_calls

BY_NURSE = "nurse"
"""The last word of the occasion of a call that went on to a health worker."""


async def keep_ladder(work: Work, zone: str) -> None:
    """Calls that lost their reason are dropped; one that nobody was done with in time is asked of a health worker."""
    today = work.moment.today(zone)
    for facility in await work.uow.area.facilities():
        if facility.zone != zone:
            continue
        children = await work.uow.families.children_at(facility.id, born_after=born_after(today))
        families = frozenset(child.family for child in children)
        if await open_calls(work, families):
            await settle_calls(work, families)
            await _escalate(work, facility, families)


async def _escalate(work: Work, facility: Facility, families: Collection[FamilyId]) -> None:
    nurse = await find_nurse(work, facility)
    today = work.moment.today(facility.zone)
    for task in await open_calls(work, families):
        if nurse is not None and is_overdue(task.due_on, today) and not await _is_with_nurse(work, task):
            await work.uow.tasks.drop_occasion(task.occasion, work.moment.now)
            call = NewTask(
                kind=TaskKind.MISSED_VISIT,
                occasion=f"{task.occasion}:{BY_NURSE}",
                family=task.family,
                due_on=today,
                caregiver=task.caregiver,
                actor=nurse.id,
                child=task.child,
            )
            await work.uow.tasks.add(call, at=work.moment.now)
            await tell_colleague(work, facility, nurse, call_occasion(task.occasion).on)


async def _is_with_nurse(work: Work, task: Task) -> bool:
    asked = await work.uow.contacts.colleague(task.actor) if task.actor is not None else None
    return asked is not None and asked.role is ActorRole.HEALTH_WORKER

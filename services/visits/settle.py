"""What closes itself when a child's record changes, wherever it was changed: calls that have lost their reason."""

from collections.abc import Collection, Sequence
from datetime import date

from domain.identifiers import ChildId, FamilyId
from domain.missed import call_occasion
from domain.people import Child
from domain.tasks import Task, TaskKind
from services.turn import Work
from services.visits.find_needs import find_child_needs, place_of
from services.visits.missed.misses import find_misses

ALWAYS = date.max


async def settle_children(work: Work, children: Sequence[ChildId]) -> None:
    """Calls about visits that were made good, or whose doses are no longer lacking, lose their reason."""
    found = [child for number in children if (child := await work.uow.families.child(number)) is not None]
    families = frozenset(child.family for child in found)
    if families:
        await settle_calls(work, families)


async def open_calls(work: Work, families: Collection[FamilyId]) -> Sequence[Task]:
    """The calls about missed visits of these families that nobody is done with."""
    open_ = await work.uow.tasks.open_in(families, ALWAYS)
    return tuple(task for task in open_ if task.kind is TaskKind.MISSED_VISIT)


async def settle_calls(work: Work, families: Collection[FamilyId]) -> None:
    """A call is dropped when no child of the family stands as having missed that day and lacks a dose now."""
    for task in await open_calls(work, families):
        on = call_occasion(task.occasion).on
        if not await _still_missed(work, task.family, on):
            await work.uow.tasks.drop_occasion(task.occasion, work.moment.now)


async def _still_missed(work: Work, family: FamilyId, on: date) -> bool:
    children = [child for child in await work.uow.lives.children_in(family) if child.ended_as is None]
    misses = await find_misses(work, children)
    for child in children:
        if any(miss.on == on for miss in misses[child.id]) and await _due_now(work, child):
            return True
    return False


async def _due_now(work: Work, child: Child) -> bool:
    facility = await work.uow.area.facility(child.facility)
    if facility is None:
        return False
    needs = (await find_child_needs(work, await place_of(work, facility), [child]))[child.id]
    return bool(needs.due(work.moment.today(facility.zone)).doses)

"""What came of a visit or a call, in one tap: done with, to be tried again, or the number was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.identifiers import CaregiverId, TaskId
from domain.message import Value
from domain.tasks import Task, TaskKind, TaskOutcome, comes_up_again
from services.access import Permission, Refused, access_caregiver, access_family
from services.enrolment.list_families import Entry, Shown, entry_of_task, open_entry, round_of
from services.ports.tasks import NewTask
from services.turn import Turn
from services.visits.task_details import details_of


@dataclass(frozen=True)
class OpenTask:
    """A task, opened; `outcome` when somebody was done with it, `dropped` when nobody need do it any more.

    `details` are the values of its own text.
    """

    entry: Entry
    has_several_communes: bool
    outcome: TaskOutcome | None
    dropped: bool = False
    details: Mapping[str, Value] = field(default_factory=dict)


async def open_task(turn: Turn, task: TaskId) -> OpenTask:
    """A task on the list of the speaker: asked of her by name, of one whose list she carries, or of nobody."""
    whose = await round_of(turn)
    found = await turn.uow.tasks.find(task)
    if found is None:
        raise Refused("task", f"task:{task}")
    asked = found.task
    await access_family(turn.uow, turn.speaker, asked.family, Permission.SEE_FAMILIES)
    hers = asked.actor is None or asked.actor in (whose.actor.id, *whose.carried)
    if not hers and asked.actor is not None and await turn.uow.contacts.colleague(asked.actor) is not None:
        raise Refused("task", f"task:{task}")
    entry = await entry_of_task(turn.uow, asked)
    details = await details_of(turn, asked)
    return OpenTask(entry, whose.has_several_communes, found.outcome, found.dropped, details)


async def note_task(turn: Turn, task: TaskId, outcome: TaskOutcome) -> OpenTask:
    """Keep what came of a task. A second tap, or one after it lost its reason, changes nothing."""
    opened = await open_task(turn, task)
    asked = opened.entry.task
    if asked is None or opened.dropped or opened.outcome is not None:
        return opened
    if outcome is TaskOutcome.WRONG_NUMBER:
        if await _take_phone_off(turn, opened.entry):
            await turn.uow.tasks.put_off(task, outcome, asked.due_on)
            await _audit(turn, f"task:{task}", outcome)
        return await open_task(turn, task)
    await _settle(turn, asked, outcome)
    return OpenTask(opened.entry, opened.has_several_communes, outcome)


async def _settle(turn: Turn, task: Task, outcome: TaskOutcome) -> None:
    whose = await round_of(turn)
    again = comes_up_again(outcome, whose.today)
    if again is not None:
        await turn.uow.tasks.put_off(task.id, outcome, again)
    else:
        await turn.uow.tasks.close(task.id, outcome, by=whose.actor.id, at=turn.moment.now)
    await _audit(turn, f"task:{task.id}", outcome)


async def note_entry(turn: Turn, caregiver: CaregiverId, outcome: TaskOutcome) -> Shown:
    """The same for somebody who has not joined or cannot be reached: her entry rests for a while."""
    actor, found = await access_caregiver(turn.uow, turn.speaker, caregiver, Permission.SEE_FAMILIES)
    whose = await round_of(turn)
    task = NewTask(
        TaskKind.REACH,
        f"list:{caregiver}:{whose.today.isoformat()}:{outcome}",
        found.family,
        due_on=whose.today,
        caregiver=found.id,
        actor=actor.id,
    )
    if await turn.uow.tasks.add(task, at=turn.moment.now):
        shown = await open_entry(turn, found.id)
        if outcome is TaskOutcome.WRONG_NUMBER:
            await _take_phone_off(turn, shown.entry)
        await turn.uow.tasks.close_occasion(task.occasion, outcome, by=actor.id, at=turn.moment.now)
        await _audit(turn, f"caregiver:{caregiver}", outcome)
    return await open_entry(turn, found.id)


async def _take_phone_off(turn: Turn, entry: Entry) -> bool:
    if entry.caregiver is None or entry.phone is None:
        return False
    await turn.uow.families.forget_phone(entry.caregiver)
    return True


async def _audit(turn: Turn, subject: str, outcome: TaskOutcome) -> None:
    actor = turn.speaker.actor.id if turn.speaker.actor else None
    await turn.uow.programme.audit(
        "note_outcome", at=turn.moment.now, actor=actor, subject=subject, details={"outcome": outcome}
    )

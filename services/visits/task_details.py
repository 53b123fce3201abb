"""What the page of a task says beside whom and how: the action's own values, never a reason."""

from collections.abc import Awaitable, Callable, Mapping

from domain.message import Value
from domain.tasks import Task, TaskKind
from services.turn import Work
from services.visits.call_details import dose_to_give, session_to_tell
from services.visits.missed.day_to_offer import day_to_offer
from services.visits.session_days.ask_calls import day_to_tell

# For each kind whose text tasks.detail.KIND has placeholders of its own: who fills them in.
DETAILS: Mapping[TaskKind, Callable[[Work, Task], Awaitable[Mapping[str, Value]]]] = {
    TaskKind.MISSED_VISIT: day_to_offer,
    TaskKind.REMIND_VISIT: session_to_tell,
    TaskKind.URGENT_DOSE: dose_to_give,
    TaskKind.TELL_CHANGE: day_to_tell,
}


async def details_of(work: Work, task: Task) -> Mapping[str, Value]:
    """The values of a task's own text; nothing for most kinds."""
    return await DETAILS[task.kind](work, task) if task.kind in DETAILS else {}

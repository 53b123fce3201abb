"""Work for people: what a volunteer or a named worker is asked to do, and what came of it. Never why."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.identifiers import ActorId, CaregiverId, ChildId, FamilyId, TaskId

TRY_AGAIN_AFTER = timedelta(days=3)
"""When somebody was not at home, her entry comes up again after so many days. Rule of this house."""


class TaskKind(StrEnum):
    """What is to be done."""

    ASK_BIRTH = "ask_birth"
    CALL = "call"
    REACH = "reach"
    REMIND_VISIT = "remind_visit"
    TELL_CHANGE = "tell_change"
    URGENT_DOSE = "urgent_dose"
    MISSED_VISIT = "missed_visit"


class TaskOutcome(StrEnum):
    """What came of it, in one tap."""

    REACHED = "reached"
    NOT_HOME = "not_home"
    REFUSED = "refused"
    MOVED = "moved"
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True)
class Task:
    """Somebody to be called or visited, from `due_on` on. `actor` is the one asked by name; otherwise the family's."""

    id: TaskId
    kind: TaskKind
    family: FamilyId
    caregiver: CaregiverId | None
    actor: ActorId | None
    due_on: date
    occasion: str = ""
    child: ChildId | None = None


def comes_up_again(outcome: TaskOutcome, today: date) -> date | None:
    """The day on which an entry is due once more; None when it is done with."""
    return today + TRY_AGAIN_AFTER if outcome is TaskOutcome.NOT_HOME else None

"""Work for people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.identifiers import ActorId, CaregiverId, FamilyId, TaskId
from domain.tasks import Task, TaskKind, TaskOutcome


@dataclass(frozen=True)
class NewTask:
    """What is to be done, on which occasion, from which day on; `actor` when somebody is asked by name."""

    kind: TaskKind
    occasion: str
    family: FamilyId
    due_on: date
    caregiver: CaregiverId | None = None
    actor: ActorId | None = None


class TaskPort(Protocol):
    """One task for each occasion, however often it is made."""

    async def add(
        self,
        task: NewTask,
        *,
        at: datetime,
    ) -> bool:
        """A task, unless there is one of this occasion; whether it is new."""
        ...

    async def task(self, task: TaskId) -> Task | None:
        """An open task."""
        ...

    async def open_in(self, families: Collection[FamilyId], due_by: date) -> Sequence[Task]:
        """Open tasks of these families that are due, the oldest first."""
        ...

    async def close(self, task: TaskId, outcome: TaskOutcome, *, by: ActorId, at: datetime) -> bool:
        """Done; False when somebody was faster."""
        ...

    async def put_off(self, task: TaskId, outcome: TaskOutcome, due_on: date) -> None:
        """To be tried again from a day on."""
        ...

    async def drop(self, caregiver: CaregiverId, kinds: Collection[TaskKind], at: datetime) -> int:
        """Close without an outcome what has lost its reason."""
        ...

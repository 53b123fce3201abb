"""Work for people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.absence import Beat
from domain.identifiers import ActorId, CaregiverId, ChildId, FamilyId, TaskId
from domain.resting import Told
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
    child: ChildId | None = None


@dataclass(frozen=True)
class FoundTask:
    """A task, open or closed; `outcome` when a person closed it, `dropped` when it had lost its reason."""

    task: Task
    outcome: TaskOutcome | None = None
    dropped: bool = False


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

    async def open_of(self, kind: TaskKind) -> Sequence[Task]:
        """Open tasks of a kind, in the order in which they were made."""
        ...

    async def on_list(
        self, beat: Beat, *, actor: ActorId, carried: Collection[ActorId], due_by: date
    ) -> Sequence[Task]:
        """What is due in the families of a beat: asked of this actor or of those she carries, or of nobody by name.

        What was asked of somebody who has left is asked of nobody.
        """
        ...

    async def told(self, beat: Beat, *, today: date) -> Sequence[Told]:
        """What came of asking the families of a beat, as long as any of it may rest."""
        ...

    async def find(self, task: TaskId) -> FoundTask | None:
        """A task, open or closed."""
        ...

    async def about(self, occasion: str, *, still_open: bool = False) -> Sequence[FoundTask]:
        """The tasks whose occasion begins so, in the order in which they were made; only open ones when asked."""
        ...

    async def made_for(self, occasions: Collection[str]) -> frozenset[str]:
        """For which of these occasions there is a task, open or closed."""
        ...

    async def drop_family(self, family: FamilyId, at: datetime) -> int:
        """Close without an outcome all that is open about a family."""
        ...

    async def close(self, task: TaskId, outcome: TaskOutcome, *, by: ActorId, at: datetime) -> bool:
        """Done; False when somebody was faster."""
        ...

    async def close_occasion(self, occasion: str, outcome: TaskOutcome, *, by: ActorId, at: datetime) -> bool:
        """The same for the one of this occasion."""
        ...

    async def put_off(self, task: TaskId, outcome: TaskOutcome, due_on: date) -> None:
        """To be tried again from a day on."""
        ...

    async def open_again(self, task: NewTask) -> bool:
        """What was dropped is asked for once more, as given now; False when it is open or a person was done with it."""
        ...

    async def drop_occasion(self, occasion: str, at: datetime) -> int:
        """The same for the one of this occasion."""
        ...

    async def drop_about(self, child: ChildId, kinds: Collection[TaskKind], at: datetime) -> int:
        """Close without an outcome what these kinds of tasks ask about a child."""
        ...

    async def drop(self, caregiver: CaregiverId, kinds: Collection[TaskKind], at: datetime) -> int:
        """Close without an outcome what has lost its reason."""
        ...

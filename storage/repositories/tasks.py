"""Work for people, in rows."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import RowMapping, select, update

from domain.identifiers import ActorId, CaregiverId, FamilyId, TaskId
from domain.tasks import Task, TaskKind, TaskOutcome
from services.ports.tasks import NewTask
from storage.statements import Statements
from storage.tables import tasks

_OPEN = tasks.c.closed_at.is_(None)


class TaskRows:
    """One task for each occasion, however often it is made."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def add(self, task: NewTask, *, at: datetime) -> bool:
        """A task, unless there is one of this occasion; whether it is new."""
        values = {
            "kind": task.kind.value,
            "occasion": task.occasion,
            "family_id": task.family,
            "caregiver_id": task.caregiver,
            "actor_id": task.actor,
            "due_on": task.due_on,
            "created_at": at,
        }
        insert = self._statements.insert(tasks).values(values).on_conflict_do_nothing()
        return await self._statements.first(insert.returning(tasks.c.id)) is not None

    async def task(self, task: TaskId) -> Task | None:
        """An open task."""
        row = await self._statements.first(select(tasks).where(tasks.c.id == task, _OPEN))
        return _task(row) if row else None

    async def open_in(self, families: Collection[FamilyId], due_by: date) -> Sequence[Task]:
        """Open tasks of these families that are due, the oldest first."""
        found = select(tasks).where(tasks.c.family_id.in_(families), _OPEN, tasks.c.due_on <= due_by)
        return tuple(_task(row) for row in await self._statements.all(found.order_by(tasks.c.due_on, tasks.c.id)))

    async def close(self, task: TaskId, outcome: TaskOutcome, *, by: ActorId, at: datetime) -> bool:
        """Done; False when somebody was faster."""
        change = update(tasks).where(tasks.c.id == task, _OPEN)
        return bool(await self._statements.run(change.values(closed_at=at, closed_by=by, outcome=outcome.value)))

    async def put_off(self, task: TaskId, outcome: TaskOutcome, due_on: date) -> None:
        """To be tried again from a day on."""
        change = update(tasks).where(tasks.c.id == task, _OPEN)
        await self._statements.run(change.values(outcome=outcome.value, due_on=due_on))

    async def drop(self, caregiver: CaregiverId, kinds: Collection[TaskKind], at: datetime) -> int:
        """Close without an outcome what has lost its reason."""
        hers = (tasks.c.caregiver_id == caregiver) & tasks.c.kind.in_([kind.value for kind in kinds])
        return await self._statements.run(update(tasks).where(hers, _OPEN).values(closed_at=at))


def _task(row: RowMapping) -> Task:
    caregiver, actor = row[tasks.c.caregiver_id], row[tasks.c.actor_id]
    return Task(
        id=TaskId(row[tasks.c.id]),
        kind=TaskKind(row[tasks.c.kind]),
        family=FamilyId(row[tasks.c.family_id]),
        caregiver=CaregiverId(caregiver) if caregiver is not None else None,
        actor=ActorId(actor) if actor is not None else None,
        due_on=row[tasks.c.due_on],
    )

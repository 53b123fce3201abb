"""Work for people, in rows."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, RowMapping, exists, or_, select, update

from domain.absence import Beat
from domain.identifiers import ActorId, CaregiverId, ChildId, FamilyId, TaskId
from domain.moment import local_day
from domain.resting import LONGEST_REST, Told
from domain.tasks import TRY_AGAIN_AFTER, Task, TaskKind, TaskOutcome
from services.ports.tasks import FoundTask, NewTask
from storage.repositories.caregiver_lists import is_in
from storage.statements import Statements
from storage.tables import actors, families, tasks

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
            "child_id": task.child,
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

    async def open_of(self, kind: TaskKind) -> Sequence[Task]:
        """Open tasks of a kind, in the order in which they were made."""
        found = select(tasks).where(_OPEN, tasks.c.kind == kind.value).order_by(tasks.c.id)
        return tuple(_task(row) for row in await self._statements.all(found))

    async def on_list(
        self, beat: Beat, *, actor: ActorId, carried: Collection[ActorId], due_by: date
    ) -> Sequence[Task]:
        """What is due in the families of a beat: asked of this actor or of those she carries, or of nobody by name."""
        named = tasks.c.actor_id.in_([actor, *carried]) & families.c.facility_id.in_(beat.facilities)
        found = select(tasks).join(families, families.c.id == tasks.c.family_id)
        found = found.where(_OPEN, tasks.c.due_on <= due_by, or_(named, _is_nobodys() & is_in(beat)))
        return tuple(_task(row) for row in await self._statements.all(found.order_by(tasks.c.due_on, tasks.c.id)))

    async def told(self, beat: Beat, *, today: date) -> Sequence[Told]:
        """What came of asking the families of a beat, as long as any of it may rest."""
        put_off = _OPEN & (tasks.c.due_on > today)
        closed = tasks.c.closed_by.is_not(None) & (tasks.c.closed_at >= _midnight(today - LONGEST_REST))
        found = select(tasks, families.c.zone).join(families, families.c.id == tasks.c.family_id)
        found = found.where(is_in(beat), tasks.c.outcome.is_not(None), or_(put_off, closed))
        return tuple(_told(row) for row in await self._statements.all(found.order_by(tasks.c.id)))

    async def find(self, task: TaskId) -> FoundTask | None:
        """A task, open or closed."""
        row = await self._statements.first(select(tasks).where(tasks.c.id == task))
        return _found(row) if row is not None else None

    async def about(self, occasion: str, *, still_open: bool = False) -> Sequence[FoundTask]:
        """The tasks whose occasion begins so, in the order in which they were made; only open ones when asked."""
        wanted = (tasks.c.occasion.startswith(occasion, autoescape=True), *((_OPEN,) if still_open else ()))
        rows = await self._statements.all(select(tasks).where(*wanted).order_by(tasks.c.id))
        return tuple(_found(row) for row in rows)

    async def made_for(self, occasions: Collection[str]) -> frozenset[str]:
        """For which of these occasions there is a task, open or closed."""
        found = select(tasks.c.occasion).where(tasks.c.occasion.in_(occasions))
        return frozenset(row[tasks.c.occasion] for row in await self._statements.all(found))

    async def drop_family(self, family: FamilyId, at: datetime) -> int:
        """Close without an outcome all that is open about a family."""
        return await self._statements.run(update(tasks).where(tasks.c.family_id == family, _OPEN).values(closed_at=at))

    async def close(self, task: TaskId, outcome: TaskOutcome, *, by: ActorId, at: datetime) -> bool:
        """Done; False when somebody was faster."""
        change = update(tasks).where(tasks.c.id == task, _OPEN)
        return bool(await self._statements.run(change.values(closed_at=at, closed_by=by, outcome=outcome.value)))

    async def close_occasion(self, occasion: str, outcome: TaskOutcome, *, by: ActorId, at: datetime) -> bool:
        """The same for the one of this occasion."""
        change = update(tasks).where(tasks.c.occasion == occasion, _OPEN)
        return bool(await self._statements.run(change.values(closed_at=at, closed_by=by, outcome=outcome.value)))

    async def put_off(self, task: TaskId, outcome: TaskOutcome, due_on: date) -> None:
        """To be tried again from a day on."""
        change = update(tasks).where(tasks.c.id == task, _OPEN)
        await self._statements.run(change.values(outcome=outcome.value, due_on=due_on))

    async def open_again(self, task: NewTask) -> bool:
        """What was dropped is asked for once more, as given now; False when it is open or a person was done with it."""
        dropped = (tasks.c.occasion == task.occasion) & tasks.c.closed_at.is_not(None) & tasks.c.closed_by.is_(None)
        asked = {"caregiver_id": task.caregiver, "actor_id": task.actor, "due_on": task.due_on, "outcome": None}
        return bool(await self._statements.run(update(tasks).where(dropped).values(closed_at=None, **asked)))

    async def drop_occasion(self, occasion: str, at: datetime) -> int:
        """The same for the one of this occasion."""
        of_occasion = update(tasks).where(tasks.c.occasion == occasion, _OPEN)
        return await self._statements.run(of_occasion.values(closed_at=at))

    async def drop_about(self, child: ChildId, kinds: Collection[TaskKind], at: datetime) -> int:
        """Close without an outcome what these kinds of tasks ask about a child."""
        about = (tasks.c.child_id == child) & tasks.c.kind.in_([kind.value for kind in kinds])
        return await self._statements.run(update(tasks).where(about, _OPEN).values(closed_at=at))

    async def drop(self, caregiver: CaregiverId, kinds: Collection[TaskKind], at: datetime) -> int:
        """Close without an outcome what has lost its reason."""
        hers = (tasks.c.caregiver_id == caregiver) & tasks.c.kind.in_([kind.value for kind in kinds])
        return await self._statements.run(update(tasks).where(hers, _OPEN).values(closed_at=at))


def _is_nobodys() -> ColumnElement[bool]:
    works = exists().where(actors.c.id == tasks.c.actor_id, actors.c.revoked_at.is_(None))
    return tasks.c.actor_id.is_(None) | ~works


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=UTC)


def _told(row: RowMapping) -> Told:
    task, closed_at = _task(row), row[tasks.c.closed_at]
    on = local_day(closed_at, row[families.c.zone]) if closed_at is not None else task.due_on - TRY_AGAIN_AFTER
    return Told(task.family, task.caregiver, TaskOutcome(row[tasks.c.outcome]), on)


def _found(row: RowMapping) -> FoundTask:
    if row[tasks.c.closed_by] is not None:
        return FoundTask(_task(row), outcome=TaskOutcome(row[tasks.c.outcome]))
    return FoundTask(_task(row), dropped=row[tasks.c.closed_at] is not None)


def _task(row: RowMapping) -> Task:
    caregiver, actor, child = (row[tasks.c[name]] for name in ("caregiver_id", "actor_id", "child_id"))
    return Task(
        id=TaskId(row[tasks.c.id]),
        kind=TaskKind(row[tasks.c.kind]),
        family=FamilyId(row[tasks.c.family_id]),
        caregiver=CaregiverId(caregiver) if caregiver is not None else None,
        actor=ActorId(actor) if actor is not None else None,
        due_on=row[tasks.c.due_on],
        occasion=row[tasks.c.occasion],
        child=ChildId(child) if child is not None else None,
    )

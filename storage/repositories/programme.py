"""What the programme notes about itself, and the candidates of a day's planning, in rows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import RowMapping, func, select

from domain.identifiers import ActorId, AddressId
from services.ports.programme import Awaiting, Candidate
from storage.repositories.family_rows import caregiver_of, child_of, pregnancy_of
from storage.statements import Statements
from storage.tables import audit_entries, care_roles, caregivers, children, families, pregnancies, tick_runs

_IS_SPOKEN_TO = (
    caregivers.c.joined_at.is_not(None) & caregivers.c.stopped_at.is_(None) & caregivers.c.ended_at.is_(None)
)


class ProgrammeRows:
    """Audit, heartbeats, candidates."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def audit(
        self,
        action: str,
        *,
        at: datetime,
        actor: ActorId | None = None,
        address: AddressId | None = None,
        subject: str | None = None,
        details: Mapping[str, str | int] | None = None,
    ) -> None:
        """Note who did what."""
        done = {"action": action, "at": at, "actor_id": actor, "address_id": address, "subject": subject}
        kept = dict(details) if details is not None else None
        await self._statements.run(self._statements.insert(audit_entries).values(**done, details=kept))

    async def audited(self, action: str) -> int:
        """How often something was noted."""
        count = select(func.count()).where(audit_entries.c.action == action)
        return int(await self._statements.value(count))

    async def note_tick(self, tick: str, *, ran_at: datetime, wall_at: datetime) -> None:
        """Note that a tick of the timetable ran."""
        values = {"ran_at": ran_at, "wall_at": wall_at}
        insert = self._statements.insert(tick_runs).values(tick=tick, **values)
        await self._statements.run(insert.on_conflict_do_update(index_elements=[tick_runs.c.tick], set_=values))

    async def last_tick(self, tick: str) -> datetime | None:
        """The programme's time of its last run."""
        ran_at: datetime | None = await self._statements.value(
            select(tick_runs.c.ran_at).where(tick_runs.c.tick == tick)
        )
        return ran_at

    async def candidates(self, zone: str, *, born_from: date, born_to: date) -> Sequence[Candidate]:
        """Joined caregivers of a zone, not stopped, with their children born within these days."""
        of_age = children.c.birth_date.between(born_from, born_to)
        cared_for = select(caregivers, children).join_from(children, care_roles).join(caregivers)
        found = cared_for.join(families, families.c.id == caregivers.c.family_id)
        found = found.where(of_age, _IS_SPOKEN_TO, families.c.zone == zone)
        rows = await self._statements.all(found.order_by(caregivers.c.id, children.c.birth_date, children.c.id))
        by_caregiver = groupby(rows, key=lambda row: row[caregivers.c.id])
        return tuple(_candidate(list(group)) for _, group in by_caregiver)

    async def awaiting(self, zone: str, *, due_from: date, due_to: date) -> Sequence[Awaiting]:
        """Joined caregivers of a zone, not stopped, with a pregnancy due within these days that has not ended."""
        open_ = pregnancies.c.due_on.between(due_from, due_to) & pregnancies.c.ended_at.is_(None)
        found = select(caregivers, pregnancies).join_from(pregnancies, care_roles).join(caregivers)
        found = found.join(families, families.c.id == caregivers.c.family_id)
        rows = await self._statements.all(
            found.where(open_, _IS_SPOKEN_TO, families.c.zone == zone).order_by(caregivers.c.id, pregnancies.c.id)
        )
        return tuple(Awaiting(caregiver_of(row), pregnancy_of(row)) for row in rows)


def _candidate(rows: Sequence[RowMapping]) -> Candidate:
    return Candidate(caregiver_of(rows[0]), tuple(child_of(row) for row in rows))

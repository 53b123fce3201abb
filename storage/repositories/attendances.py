"""Who came and who did not, in rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, RowMapping, select, update

from domain.attendance import AttendanceSource, Outcome, Why
from domain.identifiers import ActorId, CaregiverId, ChildId, FacilityId, PregnancyId
from services.ports.attendances import Attendance
from storage.statements import Statements
from storage.tables import attendances

_STANDING = attendances.c.withdrawn_at.is_(None)


class AttendanceRows:
    """One standing word of each side about a visit."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def note(self, words: Collection[Attendance], at: datetime) -> None:
        """Keep them; an earlier word of the same side about the same visit no longer stands."""
        for word in words:
            await self._statements.run(update(attendances).where(*_same_visit(word)).values(withdrawn_at=at))
            await self._statements.run(self._statements.insert(attendances).values(**_values(word), at=at))

    async def withdraw(self, facility: FacilityId, on: date, child: ChildId, at: datetime) -> int:
        """The facility's word about a child's visit no longer stands."""
        word = Attendance(facility, on, Outcome.CAME, AttendanceSource.RECORD, child=child)
        return await self._statements.run(update(attendances).where(*_same_visit(word)).values(withdrawn_at=at))

    async def take_back(self, words: Collection[Attendance], at: datetime) -> None:
        """What the same side said about the same visits no longer stands."""
        for word in words:
            await self._statements.run(update(attendances).where(*_same_visit(word)).values(withdrawn_at=at))

    async def at_session(self, facility: FacilityId, on: date) -> Sequence[Attendance]:
        """Everything that stands about a session day."""
        of_day = (attendances.c.facility_id == facility) & (attendances.c.visit_on == on) & _STANDING
        rows = await self._statements.all(select(attendances).where(of_day).order_by(attendances.c.id))
        return [_attendance(row) for row in rows]

    async def of_children(self, children: Collection[ChildId]) -> Mapping[ChildId, Sequence[Attendance]]:
        """Everything that stands about these children, in order of date."""
        found = select(attendances).where(attendances.c.child_id.in_(children), _STANDING)
        words: dict[ChildId, list[Attendance]] = {child: [] for child in children}
        for row in await self._statements.all(found.order_by(attendances.c.visit_on, attendances.c.id)):
            words[ChildId(row[attendances.c.child_id])].append(_attendance(row))
        return words

    async def between(self, facilities: Collection[FacilityId], first: date, last: date) -> Sequence[Attendance]:
        """Everything that stands about the session days of these facilities, in order of date."""
        within = attendances.c.facility_id.in_(facilities) & attendances.c.visit_on.between(first, last)
        found = select(attendances).where(within, _STANDING).order_by(attendances.c.visit_on, attendances.c.id)
        return [_attendance(row) for row in await self._statements.all(found)]


def _same_visit(word: Attendance) -> tuple[ColumnElement[bool], ...]:
    subject = (
        attendances.c.child_id == word.child if word.child is not None else attendances.c.pregnancy_id == word.pregnancy
    )
    of_day = (attendances.c.facility_id == word.facility, attendances.c.visit_on == word.on)
    return *of_day, subject, attendances.c.source == word.source.value, _STANDING


def _values(word: Attendance) -> dict[str, object]:
    return {
        "facility_id": word.facility,
        "visit_on": word.on,
        "child_id": word.child,
        "pregnancy_id": word.pregnancy,
        "outcome": word.outcome.value,
        "why": word.why.value if word.why else None,
        "source": word.source.value,
        "actor_id": word.actor,
        "caregiver_id": word.caregiver,
    }


def _attendance(row: RowMapping) -> Attendance:
    child, pregnancy = row[attendances.c.child_id], row[attendances.c.pregnancy_id]
    actor, caregiver = row[attendances.c.actor_id], row[attendances.c.caregiver_id]
    return Attendance(
        facility=FacilityId(row[attendances.c.facility_id]),
        on=row[attendances.c.visit_on],
        outcome=Outcome(row[attendances.c.outcome]),
        source=AttendanceSource(row[attendances.c.source]),
        child=ChildId(child) if child is not None else None,
        pregnancy=PregnancyId(pregnancy) if pregnancy is not None else None,
        why=Why(row[attendances.c.why]) if row[attendances.c.why] else None,
        actor=ActorId(actor) if actor is not None else None,
        caregiver=CaregiverId(caregiver) if caregiver is not None else None,
    )

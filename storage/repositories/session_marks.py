"""What is said of a session day before it is closed, in rows."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, RowMapping, delete, select

from domain.attendance import Outcome, Why
from domain.identifiers import ActorId, ChildId, FacilityId, PregnancyId
from domain.session_closing import Who
from services.ports.session_marks import SessionMark
from storage.statements import Statements
from storage.tables import session_marks
from storage.tables.sessions import MARK_KEYS

MOST_DAYS = 10_000_000  # more than any day's ordinal: each facility has numbers of its own


class SessionMarkRows:
    """One mark of each kind about a visit."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def hold(self, facility: FacilityId, on: date) -> None:
        """Until the transaction ends nobody else changes what is said of this day, or closes it."""
        await self._statements.hold(facility * MOST_DAYS + on.toordinal())

    async def put(self, mark: SessionMark, *, by: ActorId, at: datetime) -> None:
        """Keep it in place of an earlier one of the same visit and vaccine."""
        said = {
            "outcome": mark.outcome.value,
            "instead": mark.instead,
            "why": mark.why.value if mark.why else None,
            "actor_id": by,
            "at": at,
        }
        visit = {"facility_id": mark.facility, "session_on": mark.on, **_subject(mark.who), "vaccine": mark.vaccine}
        subject, kind = MARK_KEYS[_kind(mark.who)]
        key = ["facility_id", "session_on", *subject, "vaccine"]
        insert = self._statements.insert(session_marks).values(visit | said)
        await self._statements.run(insert.on_conflict_do_update(index_elements=key, index_where=kind, set_=said))

    async def drop(self, facility: FacilityId, on: date, who: Who | None, *, vaccine: str | None = None) -> None:
        """What is said of one (None: of everybody as such): of one vaccine ("": of the whole visit), or all of it."""
        about = [session_marks.c[name].is_not_distinct_from(value) for name, value in _subject(who).items()]
        if vaccine is not None:
            about.append(session_marks.c.vaccine == vaccine)
        await self._statements.run(delete(session_marks).where(*_of(facility, on), *about))

    async def at_session(self, facility: FacilityId, on: date) -> Sequence[SessionMark]:
        """All of a session day."""
        found = select(session_marks).where(*_of(facility, on)).order_by(session_marks.c.id)
        return [_mark(row) for row in await self._statements.all(found)]

    async def drop_session(self, facility: FacilityId, on: date) -> None:
        """The session is closed."""
        await self._statements.run(delete(session_marks).where(*_of(facility, on)))


def _of(facility: FacilityId, on: date) -> tuple[ColumnElement[bool], ...]:
    return session_marks.c.facility_id == facility, session_marks.c.session_on == on


def _kind(who: Who | None) -> str:
    if who is None:
        return "everybody"
    return "child" if who.child is not None else "pregnancy"


def _subject(who: Who | None) -> dict[str, int | None]:
    return {"child_id": who.child if who else None, "pregnancy_id": who.pregnancy if who else None}


def _mark(row: RowMapping) -> SessionMark:
    child, pregnancy = row[session_marks.c.child_id], row[session_marks.c.pregnancy_id]
    about_everybody = child is None and pregnancy is None
    who = Who(
        child=ChildId(child) if child is not None else None,
        pregnancy=PregnancyId(pregnancy) if pregnancy is not None else None,
    )
    return SessionMark(
        facility=FacilityId(row[session_marks.c.facility_id]),
        on=row[session_marks.c.session_on],
        who=None if about_everybody else who,
        outcome=Outcome(row[session_marks.c.outcome]),
        vaccine=row[session_marks.c.vaccine],
        instead=row[session_marks.c.instead],
        why=Why(row[session_marks.c.why]) if row[session_marks.c.why] else None,
    )

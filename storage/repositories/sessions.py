"""Session days in rows: what was changed, what runs short, what was closed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, RowMapping, select, update

from domain.area import Facility
from domain.identifiers import ActorId, FacilityId
from domain.session_calendar import ChangeKind, SessionCalendar, SessionChange, StockOut
from domain.session_days import Hours, RuleProblem, parse_session_rule, read_hours
from services.ports.sessions import Closing
from storage.statements import Statements
from storage.tables import session_changes, session_closings, stock_outs

_STANDING = session_changes.c.undone_at.is_(None)
_DAY = [session_closings.c.facility_id, session_closings.c.session_on]


class SessionRows:
    """Changes, stock-outs and closings."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def calendar(self, facility: Facility) -> SessionCalendar:
        """Its rule with all that was changed and runs short."""
        return (await self.calendars([facility]))[facility.id]

    async def calendars(self, facilities: Collection[Facility]) -> Mapping[FacilityId, SessionCalendar]:
        """The same for many facilities at once."""
        numbers = [facility.id for facility in facilities]
        standing = select(session_changes).where(
            self._statements.among(session_changes.c.facility_id, numbers), _STANDING
        )
        short = select(stock_outs).where(self._statements.among(stock_outs.c.facility_id, numbers))
        changes: defaultdict[int, list[SessionChange]] = defaultdict(list)
        for row in await self._statements.all(standing):
            changes[row[session_changes.c.facility_id]].append(_change(row))
        missing: defaultdict[int, list[StockOut]] = defaultdict(list)
        for row in await self._statements.all(short):
            missing[row[stock_outs.c.facility_id]].append(_stock_out(row))
        return {one.id: _calendar(one, changes[one.id], missing[one.id]) for one in facilities}

    async def change(self, facility: FacilityId, change: SessionChange, *, by: ActorId, at: datetime) -> None:
        """What stands about a day from now on; an earlier change of that day stays as history."""
        await self.undo_change(facility, change.on, at)
        values = {
            "facility_id": facility,
            "session_on": change.on,
            "kind": change.kind.value,
            "moved_to": change.moved_to,
            "place": change.place,
            "hours": str(change.hours) if change.hours else "",
            "capacity": change.capacity,
            "actor_id": by,
            "at": at,
        }
        await self._statements.run(self._statements.insert(session_changes).values(values))

    async def undo_change(self, facility: FacilityId, on: date, at: datetime) -> bool:
        """The day is again as the rule says; False when nothing stood about it."""
        of_day = (session_changes.c.facility_id == facility) & (session_changes.c.session_on == on) & _STANDING
        return bool(await self._statements.run(update(session_changes).where(of_day).values(undone_at=at)))

    async def add_stock_out(self, facility: FacilityId, out: StockOut, *, by: ActorId, at: datetime) -> None:
        """A vaccine is not there."""
        values = {"vaccine": out.vaccine, "from_on": out.from_on, "until_on": out.until_on, "actor_id": by, "at": at}
        await self._statements.run(self._statements.insert(stock_outs).values(facility_id=facility, **values))

    async def end_stock_out(self, facility: FacilityId, vaccine: str, last_without: date) -> int:
        """It is there again: `last_without` is the last day without it."""
        lasting = stock_outs.c.until_on.is_(None) | (stock_outs.c.until_on > last_without)
        of_vaccine = (stock_outs.c.facility_id == facility) & (stock_outs.c.vaccine == vaccine) & lasting
        return await self._statements.run(update(stock_outs).where(of_vaccine).values(until_on=last_without))

    async def close(self, facility: FacilityId, on: date, *, by: ActorId, at: datetime) -> bool:
        """The session is closed; False when it was already."""
        await self._ensure(facility, on)
        still_open = (*_of(facility, on), session_closings.c.closed_at.is_(None))
        return bool(
            await self._statements.run(update(session_closings).where(*still_open).values(closed_at=at, closed_by=by))
        )

    async def reopen(self, facility: FacilityId, on: date) -> bool:
        """It is open again; False when it was not closed."""
        closed = (*_of(facility, on), session_closings.c.closed_at.is_not(None))
        values = {"closed_at": None, "closed_by": None}
        return bool(await self._statements.run(update(session_closings).where(*closed).values(values)))

    async def note_topic(self, facility: FacilityId, on: date, topic: str, done_at: datetime | None) -> bool:
        """The topic of a session day, and since when it is done; False when one is done already, which stays."""
        await self._ensure(facility, on)
        not_done = (*_of(facility, on), session_closings.c.topic_done_at.is_(None))
        values = {"topic": topic, "topic_done_at": done_at}
        return bool(await self._statements.run(update(session_closings).where(*not_done).values(values)))

    async def take_back_topic(self, facility: FacilityId, on: date) -> bool:
        """The topic is not done after all; False when it was not."""
        done = (*_of(facility, on), session_closings.c.topic_done_at.is_not(None))
        return bool(await self._statements.run(update(session_closings).where(*done).values(topic_done_at=None)))

    async def _ensure(self, facility: FacilityId, on: date) -> None:
        insert = self._statements.insert(session_closings).values(facility_id=facility, session_on=on)
        await self._statements.run(insert.on_conflict_do_nothing(index_elements=_DAY))

    async def closing(self, facility: FacilityId, on: date) -> Closing:
        """What was said of a session day; an empty one when nothing was."""
        row = await self._statements.first(select(session_closings).where(*_of(facility, on)))
        return _closing(row) if row else Closing(facility, on)

    async def closings(self, facilities: Collection[FacilityId], first: date, last: date) -> Sequence[Closing]:
        """What was said of the session days of these facilities, in order of date."""
        within = session_closings.c.session_on.between(first, last)
        found = select(session_closings).where(
            self._statements.among(session_closings.c.facility_id, facilities), within
        )
        ordered = found.order_by(session_closings.c.session_on, session_closings.c.facility_id)
        return [_closing(row) for row in await self._statements.all(ordered)]


def _calendar(facility: Facility, changes: Sequence[SessionChange], missing: Sequence[StockOut]) -> SessionCalendar:
    rule = parse_session_rule(facility.session_rule)
    known = None if isinstance(rule, RuleProblem) else rule
    return SessionCalendar(known, tuple(changes), tuple(missing), facility.settings.capacity)


def _of(facility: FacilityId, on: date) -> tuple[ColumnElement[bool], ...]:
    return session_closings.c.facility_id == facility, session_closings.c.session_on == on


def _change(row: RowMapping) -> SessionChange:
    return SessionChange(
        on=row[session_changes.c.session_on],
        kind=ChangeKind(row[session_changes.c.kind]),
        moved_to=row[session_changes.c.moved_to],
        place=row[session_changes.c.place],
        hours=_hours(row[session_changes.c.hours]),
        capacity=row[session_changes.c.capacity],
    )


def _hours(text: str) -> Hours | None:
    hours = read_hours(text) if text else None
    return None if isinstance(hours, RuleProblem) else hours


def _stock_out(row: RowMapping) -> StockOut:
    until_on, noted_at = row[stock_outs.c.until_on], row[stock_outs.c.at]
    return StockOut(row[stock_outs.c.vaccine], row[stock_outs.c.from_on], until_on, noted_at)


def _closing(row: RowMapping) -> Closing:
    closed_by = row[session_closings.c.closed_by]
    return Closing(
        facility=FacilityId(row[session_closings.c.facility_id]),
        on=row[session_closings.c.session_on],
        closed_at=row[session_closings.c.closed_at],
        closed_by=ActorId(closed_by) if closed_by is not None else None,
        topic=row[session_closings.c.topic] or "",
        topic_done_at=row[session_closings.c.topic_done_at],
    )

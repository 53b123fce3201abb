"""A session day is moved, cancelled, added, held elsewhere, or as it was again: the wish, and all that follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.identifiers import FacilityId
from domain.people import Actor
from domain.session_calendar import ChangeKind, SessionCalendar, SessionDay
from domain.session_changes import (
    FARTHEST,
    Edit,
    Trouble,
    adding,
    altering,
    cancelling,
    change_about,
    moving,
    touched_by,
    trouble_with_adding,
    trouble_with_arriving,
    trouble_with_leaving,
    trouble_with_undoing,
    undoing,
)
from domain.session_days import Hours, PlaceAndHours
from domain.session_notice import difference
from services.access import Permission, access_facility
from services.turn import Turn
from services.visits.session_days.find_concerned import CalendarChange
from services.visits.session_days.tell_families import NOBODY, Reach, preview, tell_families


@dataclass(frozen=True)
class Desk:
    """A facility's calendar in the hands of one who may change it; `closed` are its closed session days."""

    actor: Actor
    facility: Facility
    calendar: SessionCalendar
    today: date
    closed: frozenset[date]


@dataclass(frozen=True)
class Outcome:
    """What came of a wish: `trouble` says why nothing was changed, `before` that it was so already.

    `day` is the session that there is now, on the day asked for or on the new one.
    """

    facility: Facility
    on: date
    day: SessionDay | None = None
    reach: Reach = NOBODY
    trouble: Trouble | None = None
    before: bool = False


async def access_desk(turn: Turn, facility: FacilityId) -> Desk:
    """Only those who may change the session days of this facility."""
    actor, place = await access_facility(turn.uow, turn.speaker, facility, Permission.CHANGE_SESSIONS)
    today = turn.moment.today(place.zone)
    closings = await turn.uow.sessions.closings([place.id], today, today + 2 * FARTHEST)
    closed = frozenset(one.on for one in closings if one.closed_at is not None)
    return Desk(actor, place, await turn.uow.sessions.calendar(place), today, closed)


async def move_session(turn: Turn, facility: FacilityId, on: date, to: date, *, together: bool = False) -> Outcome:
    """Everything that is held on a day is held on another one. The same tap twice tells nobody twice.

    Where a session stands already the two are held as one only when she says so (`together`).
    """
    desk = await access_desk(turn, facility)
    calendar = desk.calendar
    if _was_moved(calendar, on, to):
        return Outcome(desk.facility, on, calendar.day(to), before=True)
    trouble = trouble_with_leaving(calendar, on, today=desk.today, closed=desk.closed)
    trouble = trouble or trouble_with_arriving(calendar, on, to, today=desk.today, closed=desk.closed)
    if trouble is not None:
        return Outcome(desk.facility, on, calendar.day(on), trouble=trouble)
    edit = moving(calendar, on, to)
    if not together and calendar.day(to) is not None:
        reach = await preview(turn, desk.facility, _change(calendar, edit))
        return Outcome(desk.facility, on, calendar.day(to), reach, trouble=Trouble.BOTH_THERE)
    return await _carry_out(turn, desk, edit, shown=to, on=on)


async def preview_altering(turn: Turn, facility: FacilityId, on: date, wish: PlaceAndHours) -> Outcome:
    """Before she confirms: the session as it would be, and how many families it concerns."""
    desk = await access_desk(turn, facility)
    refused = _cannot_alter(desk, on, wish)
    if refused is not None:
        return refused
    change = _change(desk.calendar, altering(desk.calendar, on, wish))
    return Outcome(desk.facility, on, change.after.day(on), await preview(turn, desk.facility, change))


async def alter_session(turn: Turn, facility: FacilityId, on: date, wish: PlaceAndHours) -> Outcome:
    """The session of that day is held at another place or hour; what the wish leaves out stays as it is."""
    desk = await access_desk(turn, facility)
    refused = _cannot_alter(desk, on, wish)
    return refused or await _carry_out(turn, desk, altering(desk.calendar, on, wish), shown=on, on=on)


def _cannot_alter(desk: Desk, on: date, wish: PlaceAndHours) -> Outcome | None:
    """Why not: the day is over, nothing is held, or it is so already."""
    was = desk.calendar.day(on)
    trouble = trouble_with_leaving(desk.calendar, on, today=desk.today, closed=desk.closed)
    if trouble is not None:
        return Outcome(desk.facility, on, was, trouble=trouble)
    if altering(desk.calendar, on, wish).applied_to(desk.calendar).day(on) == was:
        return Outcome(desk.facility, on, was, before=True)
    return None


async def preview_cancelling(turn: Turn, facility: FacilityId, on: date) -> Outcome:
    """Before she confirms: how many families it concerns, and when they would come."""
    desk = await access_desk(turn, facility)
    trouble = trouble_with_leaving(desk.calendar, on, today=desk.today, closed=desk.closed)
    if trouble is not None:
        return Outcome(desk.facility, on, desk.calendar.day(on), trouble=trouble)
    change = _change(desk.calendar, cancelling(desk.calendar, on))
    return Outcome(desk.facility, on, desk.calendar.day(on), await preview(turn, desk.facility, change))


async def cancel_session(turn: Turn, facility: FacilityId, on: date) -> Outcome:
    """Nothing is held on that day."""
    desk = await access_desk(turn, facility)
    standing = change_about(desk.calendar, on)
    if standing is not None and standing.kind is ChangeKind.CANCELLED:
        return Outcome(desk.facility, on, before=True)
    trouble = trouble_with_leaving(desk.calendar, on, today=desk.today, closed=desk.closed)
    if trouble is not None:
        return Outcome(desk.facility, on, desk.calendar.day(on), trouble=trouble)
    return await _carry_out(turn, desk, cancelling(desk.calendar, on), shown=on, on=on)


async def undo_change(turn: Turn, facility: FacilityId, on: date) -> Outcome:
    """The day is again as the rule says."""
    desk = await access_desk(turn, facility)
    trouble = trouble_with_undoing(desk.calendar, on, today=desk.today, closed=desk.closed)
    if trouble is not None:
        return Outcome(desk.facility, on, desk.calendar.day(on), trouble=trouble)
    return await _carry_out(turn, desk, undoing(desk.calendar, on), shown=on, on=on)


async def add_session(turn: Turn, facility: FacilityId, on: date, *, place: str, hours: Hours | None) -> Outcome:
    """An extra session, at the facility or elsewhere; without hours of its own it has the usual ones."""
    desk = await access_desk(turn, facility)
    trouble = trouble_with_adding(desk.calendar, on, today=desk.today, closed=desk.closed)
    if trouble is not None:
        return Outcome(desk.facility, on, desk.calendar.day(on), trouble=trouble)
    usual = desk.calendar.rule.hours if desk.calendar.rule else None
    return await _carry_out(turn, desk, adding(on, place, hours or usual), shown=on, on=on)


def _was_moved(calendar: SessionCalendar, on: date, to: date) -> bool:
    standing = change_about(calendar, on)
    return standing is not None and standing.kind is ChangeKind.MOVED and standing.moved_to == to


def _change(calendar: SessionCalendar, edit: Edit) -> CalendarChange:
    after = edit.applied_to(calendar)
    return CalendarChange(calendar, after, difference(calendar, after, touched_by(edit, calendar)))


async def _carry_out(turn: Turn, desk: Desk, edit: Edit, *, shown: date, on: date) -> Outcome:
    """Write it and tell of it in one transaction."""
    sessions, change = turn.uow.sessions, _change(desk.calendar, edit)
    for day in sorted(edit.undone):
        await sessions.undo_change(desk.facility.id, day, turn.moment.now)
    for one in edit.stand:
        await sessions.change(desk.facility.id, one, by=desk.actor.id, at=turn.moment.now)
    reach = await tell_families(turn, desk.facility, change, by=desk.actor, details=_details(on, edit))
    return Outcome(desk.facility, on, change.after.day(shown), reach)


def _details(on: date, edit: Edit) -> Mapping[str, str | int]:
    told = {change.on.isoformat(): f"{change.kind} {change.moved_to or ''}".strip() for change in edit.stand}
    return {"day": on.isoformat(), **told, **{day.isoformat(): "undone" for day in sorted(edit.undone)}}

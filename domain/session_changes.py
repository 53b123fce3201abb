"""How a wish about a session day becomes changes of the calendar: everything that is held on a day goes along."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.session_calendar import ChangeKind, SessionCalendar, SessionChange, SessionDay
from domain.session_days import Hours, PlaceAndHours

FARTHEST = timedelta(days=92)
"""How far ahead a session may be put. Rule of this house: farther away nobody plans, and a typing slip is likelier."""


class Trouble(StrEnum):
    """Why a wish about a day cannot be fulfilled, or (`both_there`) not before she knows what it means."""

    PAST = "past"
    CLOSED = "closed"
    NO_SESSION = "no_session"
    SAME_DAY = "same_day"
    TOO_FAR = "too_far"
    CHANGED_THERE = "changed_there"
    TAKEN = "taken"
    NOTHING = "nothing"
    BOTH_THERE = "both_there"


@dataclass(frozen=True)
class Edit:
    """What is to be written about single days: changes that stand from now on, and days about which none does."""

    stand: tuple[SessionChange, ...] = ()
    undone: frozenset[date] = frozenset()

    def applied_to(self, calendar: SessionCalendar) -> SessionCalendar:
        """The calendar as it is then."""
        anew = self.undone | {change.on for change in self.stand}
        kept = tuple(change for change in calendar.changes if change.on not in anew)
        return replace(calendar, changes=(*kept, *self.stand))


@dataclass(frozen=True)
class Held:
    """A session held on a day; `meant_for` is the day that it was moved from, or that day itself."""

    meant_for: date
    day: SessionDay
    is_extra: bool = False

    def put(self, kind: ChangeKind, on: date, moved_to: date | None = None) -> SessionChange:
        """A change about a day under which this session keeps its place, hours and capacity."""
        return SessionChange(on, kind, moved_to, self.day.place, self.day.hours, self.day.capacity)


def held_on(calendar: SessionCalendar, on: date) -> tuple[Held, ...]:
    """Everything that is held on a day: its own session, and those that were moved there."""
    standing = change_about(calendar, on)
    if standing is not None and standing.kind is ChangeKind.CANCELLED:
        return ()
    moved_in = [Held(one.on, _moved_day(calendar, one, on)) for one in calendar.changes if one.moved_to == on]
    own = None if standing is not None and standing.kind is ChangeKind.MOVED else calendar.day(on)
    if own is None or own.moved_from is not None:
        return tuple(moved_in)
    is_extra = standing is not None and standing.kind is ChangeKind.ADDED
    own = replace(own, capacity=standing.capacity if standing else None)
    return (Held(on, own, is_extra), *moved_in)


def change_about(calendar: SessionCalendar, on: date) -> SessionChange | None:
    """What stands about a day."""
    return next((change for change in calendar.changes if change.on == on), None)


def _moved_day(calendar: SessionCalendar, change: SessionChange, on: date) -> SessionDay:
    hours = change.hours or (calendar.rule.hours if calendar.rule else None)
    return SessionDay(on, change.place, hours, change.capacity, moved_from=change.on)


def moving(calendar: SessionCalendar, on: date, to: date) -> Edit:
    """All that is held on a day is held on another one; what comes back to its own day is as the rule says."""
    stand, undone = [], set()
    for held in held_on(calendar, on):
        if held.meant_for == to:
            undone.add(to)
        elif not held.is_extra:
            stand.append(held.put(ChangeKind.MOVED, held.meant_for, to))
        else:
            undone.add(on)
            stand += [held.put(ChangeKind.ADDED, to)] if calendar.day(to) is None else []
    return Edit(tuple(stand), frozenset(undone))


def cancelling(calendar: SessionCalendar, on: date) -> Edit:
    """Nothing is held on a day; an extra session is simply gone."""
    held = held_on(calendar, on)
    stand = tuple(SessionChange(one.meant_for, ChangeKind.CANCELLED) for one in held if not one.is_extra)
    return Edit(stand, frozenset(one.meant_for for one in held if one.is_extra))


def undoing(calendar: SessionCalendar, on: date) -> Edit:
    """The day is again as the rule says, and so are the days from which something was moved there."""
    return Edit(undone=frozenset(change.on for change in calendar.changes if on in (change.on, change.moved_to)))


def adding(on: date, place: str, hours: Hours | None) -> Edit:
    """An extra session: at the facility, or at another place."""
    return Edit((SessionChange(on, ChangeKind.ADDED, place=place, hours=hours),))


def altering(calendar: SessionCalendar, on: date, wish: PlaceAndHours) -> Edit:
    """All that is held on a day is held at another place or hour; what the wish leaves out stays as it is."""
    return Edit(tuple(_altered(calendar, held, wish) for held in held_on(calendar, on)))


def _altered(calendar: SessionCalendar, held: Held, wish: PlaceAndHours) -> SessionChange:
    standing = change_about(calendar, held.meant_for) or SessionChange(held.meant_for, ChangeKind.CHANGED)
    return replace(standing, place=wish.place or standing.place, hours=wish.hours or standing.hours)


def touched_by(edit: Edit, calendar: SessionCalendar) -> frozenset[date]:
    """Every day of which the edit says something, as it stands and as it will stand."""
    changes = [*edit.stand, *(change for change in calendar.changes if change.on in edit.undone)]
    changes += [change for new in edit.stand if (change := change_about(calendar, new.on)) is not None]
    return edit.undone | {day for change in changes for day in (change.on, change.moved_to) if day is not None}


def trouble_with_leaving(
    calendar: SessionCalendar, on: date, *, today: date, closed: Collection[date]
) -> Trouble | None:
    """Why the session of a day cannot be moved or cancelled."""
    over = _over([on], today, closed)
    return over or (Trouble.NO_SESSION if calendar.day(on) is None else None)


def trouble_with_arriving(
    calendar: SessionCalendar, on: date, to: date, *, today: date, closed: Collection[date]
) -> Trouble | None:
    """Why the session of a day cannot be put on another one. Onto a session that stands there it may go."""
    if to == on:
        return Trouble.SAME_DAY
    if to > today + FARTHEST:
        return Trouble.TOO_FAR
    standing = change_about(calendar, to)
    if standing is not None and standing.kind is ChangeKind.CANCELLED:
        return Trouble.CHANGED_THERE
    return _over([to], today, closed)


def trouble_with_adding(
    calendar: SessionCalendar, on: date, *, today: date, closed: Collection[date]
) -> Trouble | None:
    """Why no extra session can be held on a day."""
    if on > today + FARTHEST:
        return Trouble.TOO_FAR
    if calendar.day(on) is not None:
        return Trouble.TAKEN
    return Trouble.CHANGED_THERE if change_about(calendar, on) is not None else _over([on], today, closed)


def trouble_with_undoing(
    calendar: SessionCalendar, on: date, *, today: date, closed: Collection[date]
) -> Trouble | None:
    """Why what stands about a day cannot be taken back: nothing stands, or one of its days is over."""
    edit = undoing(calendar, on)
    if not edit.undone:
        return Trouble.NOTHING
    return _over(touched_by(edit, calendar), today, closed)


def _over(days: Collection[date], today: date, closed: Collection[date]) -> Trouble | None:
    if any(day < today for day in days):
        return Trouble.PAST
    return Trouble.CLOSED if any(day in closed for day in days) else None

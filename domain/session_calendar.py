"""A facility's session days as they really are: its rule, and what was moved, cancelled, added or runs short."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.moment import local_day
from domain.session_days import Hours, SessionRule

ONE_DAY = timedelta(days=1)
HORIZON = timedelta(days=400)
"""How far ahead a next session day is sought."""


class ChangeKind(StrEnum):
    """What became of a day."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True)
class SessionChange:
    """What stands about one day. `moved_to` goes with a move; an added day says its place (empty: the facility).

    Of a changed day only what is other than by the rule is said.
    """

    on: date
    kind: ChangeKind
    moved_to: date | None = None
    place: str = ""
    hours: Hours | None = None
    capacity: int | None = None


@dataclass(frozen=True)
class StockOut:
    """A vaccine that is not there from a day on, until a day (the last one without it) or until somebody says so.

    `noted_at` is when somebody said it; the same word said again is the same stock-out.
    """

    vaccine: str
    from_on: date
    until_on: date | None = None
    noted_at: datetime | None = field(default=None, compare=False)

    def covers(self, day: date) -> bool:
        """Whether the vaccine is missing on that day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class SessionDay:
    """One day on which a facility vaccinates. `place` is empty for the facility itself; `hours` None: not known."""

    on: date
    place: str = ""
    hours: Hours | None = None
    capacity: int | None = None
    moved_from: date | None = None


@dataclass(frozen=True)
class SessionCalendar:
    """All session days of a facility. At most one change stands about a day; the rule says the rest."""

    rule: SessionRule | None
    changes: tuple[SessionChange, ...] = ()
    stock_outs: tuple[StockOut, ...] = ()
    capacity: int | None = None
    _known: dict[date, SessionDay | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    _next: dict[date, SessionDay] = field(default_factory=dict, init=False, repr=False, compare=False)

    def day(self, on: date) -> SessionDay | None:
        """The session of that day; None when none is held."""
        if on not in self._known:
            self._known[on] = self._find(on)
        return self._known[on]

    def _find(self, on: date) -> SessionDay | None:
        if not self.changes:
            return self._by_rule(on)
        change = self._change(on)
        if change is None or change.kind is ChangeKind.CHANGED:
            own = self._by_rule(on) or self._moved_here(on)
            return self._as_changed(own, change) if own else None
        if change.kind is ChangeKind.ADDED:
            return SessionDay(on, change.place, change.hours, change.capacity or self.capacity)
        return self._moved_here(on) if change.kind is ChangeKind.MOVED else None

    def days(self, first: date, last: date) -> tuple[SessionDay, ...]:
        """Every session from `first` to `last`, both included."""
        found, day = list[SessionDay](), self._next_within(first, last)
        while day is not None:
            found.append(day)
            day = self._next_within(day.on + ONE_DAY, last)
        return tuple(found)

    def next_day(self, on_or_after: date, *, unless: frozenset[date] = frozenset()) -> SessionDay | None:
        """The first session from a day on, on none of `unless`; None when there is none within the horizon."""
        last = on_or_after + HORIZON
        day = self._next_within(on_or_after, last)
        while day is not None and day.on in unless:
            day = self._next_within(day.on + ONE_DAY, last)
        return day

    def _next_within(self, first: date, last: date) -> SessionDay | None:
        """The next one up to a day, which is known then for all days between."""
        looked_at, on = list[date](), first
        while on <= last:
            found = self._next.get(on) or self.day(on)
            if found is not None:
                self._next.update(dict.fromkeys((*looked_at, on), found))
                return found if found.on <= last else None
            looked_at.append(on)
            on += ONE_DAY
        return None

    def is_short_of(self, vaccine: str, on: date) -> bool:
        """Whether a vaccine is out of stock on that day."""
        return any(out.vaccine == vaccine and out.covers(on) for out in self.stock_outs)

    def ran_out_on(self, on: date, zone: str) -> frozenset[str]:
        """The vaccines of which nobody knew before that day that they would be missing: some may have had them."""
        missing: dict[str, list[date | None]] = {}
        for out in self.stock_outs:
            if out.covers(on):
                noted = local_day(out.noted_at, zone) if out.noted_at else None
                missing.setdefault(out.vaccine, []).append(noted)
        return frozenset(code for code, days in missing.items() if all(day == on for day in days))

    def _change(self, on: date) -> SessionChange | None:
        return next((change for change in self.changes if change.on == on), None)

    def _by_rule(self, on: date) -> SessionDay | None:
        if self.rule is None or not self.rule.holds_on(on):
            return None
        return SessionDay(on, self.rule.place_on(on), self.rule.hours, self.capacity)

    def _moved_here(self, on: date) -> SessionDay | None:
        moved = next((one for one in self.changes if one.kind is ChangeKind.MOVED and one.moved_to == on), None)
        if moved is None:
            return None
        hours = moved.hours or (self.rule.hours if self.rule else None)
        return SessionDay(on, moved.place, hours, moved.capacity or self.capacity, moved_from=moved.on)

    @staticmethod
    def _as_changed(day: SessionDay, change: SessionChange | None) -> SessionDay:
        if change is None:
            return day
        return replace(
            day,
            place=change.place or day.place,
            hours=change.hours or day.hours,
            capacity=change.capacity or day.capacity,
        )

"""The vaccination days of a facility as one line that its staff write: "day 5,20; last Fri [Khe Sim] @ 07:30-10:30"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ORDINALS = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "last": -1}
_ORDINAL_NAMES = {number: name for name, number in _ORDINALS.items()}
_HOURS = re.compile(r"(\d{1,2}):(\d{2}) ?[-–] ?(\d{1,2}):(\d{2})")


class RuleReason(StrEnum):
    """Why a line was not taken, as a sentence that goes with the part it is about."""

    EMPTY = "There is no session day in this line"
    UNKNOWN = "This is none of: day 5,20 / 2nd,4th Wed / last Fri / weekly Tue / dates 2026-12-05"
    DAY_OF_MONTH = "A day of the month is a number from 1 to 31"
    WEEKDAY = "A day of the week is one of Mon, Tue, Wed, Thu, Fri, Sat, Sun"
    ORDINAL = "A place in the month is one of 1st, 2nd, 3rd, 4th, 5th, last"
    DATE = "A date is written as year-month-day, like 2026-12-05, and must exist"
    PLACE = "Another place stands in brackets after its days, like 3rd Thu [Khe Sim village house]"
    HOURS = "Hours stand once at the end of the line, like @ 07:30-10:30, and begin before they end"


@dataclass(frozen=True)
class RuleProblem:
    """What is wrong with a line, and the part of it where."""

    reason: RuleReason
    part: str


@dataclass(frozen=True)
class DaysOfMonth:
    """The same days of each month. A month without such a day has no session day for it."""

    days: tuple[int, ...]

    def holds_on(self, day: date) -> bool:
        """Whether this part puts a session on that day."""
        return day.day in self.days

    def __str__(self) -> str:
        return "day " + ",".join(str(day) for day in self.days)


@dataclass(frozen=True)
class WeekdaysOfMonth:
    """Weekdays by their place in the month; -1 is the last one."""

    places: tuple[int, ...]
    weekday: int

    def holds_on(self, day: date) -> bool:
        """Whether this part puts a session on that day."""
        is_last = (day + timedelta(days=7)).month != day.month
        place = (day.day - 1) // 7 + 1
        return day.weekday() == self.weekday and (place in self.places or (is_last and -1 in self.places))

    def __str__(self) -> str:
        return ",".join(_ORDINAL_NAMES[place] for place in self.places) + " " + _WEEKDAYS[self.weekday]


@dataclass(frozen=True)
class Weekly:
    """The same weekdays of every week."""

    weekdays: tuple[int, ...]

    def holds_on(self, day: date) -> bool:
        """Whether this part puts a session on that day."""
        return day.weekday() in self.weekdays

    def __str__(self) -> str:
        return "weekly " + ",".join(_WEEKDAYS[weekday] for weekday in self.weekdays)


@dataclass(frozen=True)
class Dates:
    """Single days, named one by one."""

    dates: tuple[date, ...]

    def holds_on(self, day: date) -> bool:
        """Whether this part puts a session on that day."""
        return day in self.dates

    def __str__(self) -> str:
        return "dates " + " ".join(day.isoformat() for day in self.dates)


DayPart: TypeAlias = DaysOfMonth | WeekdaysOfMonth | Weekly | Dates


@dataclass(frozen=True)
class Outreach:
    """Days on which the staff vaccinate at another place: a hamlet's house, a school."""

    days: DayPart
    place: str

    def holds_on(self, day: date) -> bool:
        """Whether this part puts a session on that day."""
        return self.days.holds_on(day)

    def __str__(self) -> str:
        return f"{self.days} [{self.place}]"


RulePart: TypeAlias = DayPart | Outreach


@dataclass(frozen=True)
class Hours:
    """From when to when a session is open, in the facility's own zone."""

    opens: time
    closes: time

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True)
class SessionRule:
    """On which days a facility vaccinates: every day that any of its parts holds. `str()` is the canonical line."""

    parts: tuple[RulePart, ...]
    hours: Hours | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the rule puts a session on that day."""
        return any(part.holds_on(day) for part in self.parts)

    def place_on(self, day: date) -> str:
        """Where the session of that day is; empty for the facility itself, which goes before any other place."""
        places = [part.place if isinstance(part, Outreach) else "" for part in self.parts if part.holds_on(day)]
        return "" if "" in places else next(iter(places), "")

    def __str__(self) -> str:
        line = "; ".join(str(part) for part in self.parts)
        return f"{line} @ {self.hours}" if self.hours else line


@dataclass(frozen=True)
class PlaceAndHours:
    """Where and when a single session is held; what is left out stays as it is."""

    place: str = ""
    hours: Hours | None = None

    def __str__(self) -> str:
        return " ".join(part for part in (f"[{self.place}]" if self.place else "", str(self.hours or "")) if part)


@lru_cache(maxsize=1_024)
def parse_session_rule(text: str) -> SessionRule | RuleProblem:
    """Read a line. Capitals, spaces, repetitions and the order within a part do not matter."""
    try:
        return _read_line(" ".join(text.split()))
    except _RuleError as error:
        return RuleProblem(error.reason, error.part)


def read_hours(text: str) -> Hours | RuleProblem:
    """Read hours alone, like 07:30-10:30."""
    try:
        return _read_hours(text.strip())
    except _RuleError as error:
        return RuleProblem(error.reason, error.part)


def read_place_and_hours(text: str) -> PlaceAndHours | RuleProblem:
    """Read them as they stand in a line: "[Khe Sim village house] 08:00-10:00", or one of the two alone."""
    words = " ".join(text.split())
    written = re.fullmatch(r"(?:\[(?P<place>[^\[\]]*[^\[\] ][^\[\]]*)\])?[ @]*(?P<hours>[^\[\]]*)", words)
    if written is None:
        return RuleProblem(RuleReason.PLACE, words)
    place, line = (written["place"] or "").strip(), written["hours"].strip()
    if place and not line:
        return PlaceAndHours(place)
    hours = read_hours(line)
    return hours if isinstance(hours, RuleProblem) else PlaceAndHours(place, hours)


class _RuleError(Exception):
    def __init__(self, reason: RuleReason, part: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.part = part


def _read_line(text: str) -> SessionRule:
    line, at, hours = text.partition("@")
    parts = [part.strip() for part in line.split(";") if part.strip()]
    if not parts:
        raise _RuleError(RuleReason.EMPTY, text)
    read = tuple(dict.fromkeys(_read_part(part) for part in parts))
    return SessionRule(parts=read, hours=_read_hours(hours.strip()) if at else None)


def _read_part(part: str) -> RulePart:
    outreach = re.fullmatch(r"(?P<days>[^\[\]]+)\[(?P<place>[^\[\]]+)\]", part)
    if outreach:
        return Outreach(_read_days(outreach["days"].strip()), outreach["place"].strip())
    if "[" in part or "]" in part:
        raise _RuleError(RuleReason.PLACE, part)
    return _read_days(part)


def _read_days(part: str) -> DayPart:
    first, _, rest = part.partition(" ")
    rest = rest.strip()
    match first.casefold():
        case "day" | "days":
            return DaysOfMonth(_in_order(_items(rest, part), _read_day_of_month))
        case "weekly":
            return Weekly(_in_order(_items(rest, part), _read_weekday))
        case "date" | "dates":
            return Dates(tuple(sorted({_read_date(item) for item in _items(rest, part)})))
    return _read_weekdays_of_month(part)


def _read_weekdays_of_month(part: str) -> WeekdaysOfMonth:
    *places, weekday = _items(part, part)
    if not places:
        raise _RuleError(RuleReason.UNKNOWN, part)
    numbers = {_read_place(place, part) for place in places}
    in_order = sorted(numbers, key=lambda number: number if number > 0 else 9)
    return WeekdaysOfMonth(places=tuple(in_order), weekday=_read_weekday(weekday))


def _read_place(item: str, part: str) -> int:
    place = _ORDINALS.get(item.casefold())
    if place is None:
        raise _RuleError(RuleReason.ORDINAL if item[0].isdigit() else RuleReason.UNKNOWN, part)
    return place


def _in_order(items: Iterator[str], read: Callable[[str], int]) -> tuple[int, ...]:
    return tuple(sorted({read(item) for item in items}))


def _items(text: str, part: str) -> Iterator[str]:
    items = text.replace(",", " ").split()
    if not items:
        raise _RuleError(RuleReason.EMPTY, part)
    return iter(items)


def _read_day_of_month(item: str) -> int:
    if not re.fullmatch(r"0?[1-9]|[12][0-9]|3[01]", item):
        raise _RuleError(RuleReason.DAY_OF_MONTH, item)
    return int(item)


def _read_weekday(item: str) -> int:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for number, name in enumerate(names):
        if item.casefold() in (name, name[:3]):
            return number
    raise _RuleError(RuleReason.WEEKDAY, item)


def _read_date(item: str) -> date:
    try:
        # The pattern is asked first: fromisoformat also takes week dates and days without hyphens.
        return date.fromisoformat(item if re.fullmatch(r"\d{4}-\d{2}-\d{2}", item) else "")
    except ValueError:
        raise _RuleError(RuleReason.DATE, item) from None


def _read_hours(text: str) -> Hours:
    match = _HOURS.fullmatch(text)
    numbers = [int(number) for number in match.groups()] if match else []
    try:
        opens_hour, opens_minute, closes_hour, closes_minute = numbers
        hours = Hours(time(opens_hour, opens_minute), time(closes_hour, closes_minute))
    except ValueError:
        raise _RuleError(RuleReason.HOURS, text) from None
    if hours.opens >= hours.closes:
        raise _RuleError(RuleReason.HOURS, text)
    return hours

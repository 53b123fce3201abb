"""The session days of the next weeks as they really are, and the page of one day with what can be done about it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.area import Facility
from domain.farewell import born_after
from domain.identifiers import FacilityId
from domain.session_calendar import SessionCalendar, SessionChange, SessionDay
from domain.session_changes import change_about, trouble_with_leaving, trouble_with_undoing
from services.access import Permission, access_actor, access_facilities
from services.turn import Turn, Work
from services.visits.find_visits import find_child_visits
from services.visits.session_days.change_session import Desk, access_desk

WEEKS = timedelta(weeks=8)
OFFERED = 3
"""How many working days before and after are offered for a move."""
SEEK = 21


@dataclass(frozen=True)
class DayLine:
    """One day: its session (None: none is held), what stands about it, how many children come, what is missing.

    `is_holiday` with the holiday's name in the reader's language, empty where we know none.
    """

    on: date
    day: SessionDay | None
    change: SessionChange | None
    expected: int = 0
    missing: tuple[str, ...] = ()
    is_holiday: bool = False
    holiday: str = ""


@dataclass(frozen=True)
class SessionDays:
    """The days of a facility, in order."""

    facility: Facility
    lines: tuple[DayLine, ...]


@dataclass(frozen=True)
class DayPage:
    """One day and what can be done about it."""

    facility: Facility
    line: DayLine
    can_change: bool
    can_undo: bool


async def list_places(turn: Turn) -> tuple[Facility, ...]:
    """The facilities whose session days the speaker may change."""
    return await access_facilities(turn.uow, access_actor(turn.speaker, Permission.CHANGE_SESSIONS))


async def list_session_days(turn: Turn, facility: FacilityId) -> SessionDays:
    """The next eight weeks, with the days that were moved or cancelled."""
    desk = await access_desk(turn, facility)
    last = desk.today + WEEKS
    held = {day.on for day in desk.calendar.days(desk.today, last)}
    changed = {change.on for change in desk.calendar.changes if desk.today <= change.on <= last}
    expected = await _expected(turn, desk.facility)
    return SessionDays(desk.facility, tuple(_line(turn, desk, on, expected) for on in sorted(held | changed)))


async def show_day(turn: Turn, facility: FacilityId, on: date) -> DayPage:
    """One of them, or any other day, as it is now."""
    desk = await access_desk(turn, facility)
    trouble = trouble_with_leaving(desk.calendar, on, today=desk.today, closed=desk.closed)
    undo = trouble_with_undoing(desk.calendar, on, today=desk.today, closed=desk.closed)
    line = _line(turn, desk, on, await _expected(turn, desk.facility))
    return DayPage(desk.facility, line, trouble is None, undo is None)


async def offer_days(turn: Turn, facility: FacilityId, on: date) -> tuple[date, ...]:
    """The working days next to a day on which nothing is held yet, three before it and three after it."""
    desk = await access_desk(turn, facility)
    before = [on - timedelta(days=n) for n in range(1, SEEK) if on - timedelta(days=n) > desk.today]
    after = [day for n in range(1, SEEK) if (day := on + timedelta(days=n)) > desk.today]
    free = [[day for day in days if _is_free(turn, desk, day)][:OFFERED] for days in (before, after)]
    return tuple(sorted(day for days in free for day in days))


def _is_free(work: Work, desk: Desk, day: date) -> bool:
    country = desk.facility.commune.province.country
    is_working = work.programme.holidays.is_working_day(country, day)
    return is_working and desk.calendar.day(day) is None and change_about(desk.calendar, day) is None


async def _expected(work: Work, facility: Facility) -> Mapping[date, int]:
    today = work.moment.today(facility.zone)
    children = await work.uow.families.children_at(facility.id, born_after=born_after(today))
    visits = await find_child_visits(work, facility, children)
    return Counter(one.visit.on for one in visits if one.visit is not None)


def _line(turn: Turn, desk: Desk, on: date, expected: Mapping[date, int]) -> DayLine:
    country, language = desk.facility.commune.province.country, turn.speaker.address.language
    return DayLine(
        on=on,
        day=desk.calendar.day(on),
        change=change_about(desk.calendar, on),
        expected=expected.get(on, 0),
        missing=_missing(desk.calendar, on),
        is_holiday=turn.programme.holidays.is_holiday(country, on),
        holiday=turn.programme.holidays.name(country, on, language),
    )


def _missing(calendar: SessionCalendar, on: date) -> tuple[str, ...]:
    return tuple(dict.fromkeys(out.vaccine for out in calendar.stock_outs if out.covers(on)))

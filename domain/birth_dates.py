"""What the day that a person typed means as a birth date or as the day on which a birth is expected."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import add_months
from domain.written_dates import DayFromToday, WrittenDay, read_days

PROGRAMME_ENDS_AT_MONTHS = 72
DAYS_PAST_DUE = 21
DAYS_TO_BIRTH = 42 * 7


class Problem(StrEnum):
    """Why what was typed was not taken."""

    NOT_A_DATE = "not_a_date"
    NO_SUCH_DAY = "no_such_day"
    AMBIGUOUS = "ambiguous"
    IN_FUTURE = "in_future"
    TOO_OLD = "too_old"
    IN_PAST = "in_past"
    TOO_FAR = "too_far"


def parse_birth_date(text: str, today: date) -> date | Problem:
    """The birth date of a child under six; without a year, the latest such day that is not in the future."""
    day = _only_day(text, today, _latest)
    if isinstance(day, Problem):
        return day
    return trouble_with_birth(day, today) or day


def trouble_with_birth(day: date, today: date) -> Problem | None:
    """Why a child of the programme cannot have been born on that day; None when it can."""
    if day > today:
        return Problem.IN_FUTURE
    return Problem.TOO_OLD if add_months(day, PROGRAMME_ENDS_AT_MONTHS) <= today else None


def parse_due_date(text: str, today: date) -> date | Problem:
    """The day on which a birth is expected, at most three weeks ago (pregnancies run late) and 42 weeks ahead.

    Without a year it is the next such day, or the one just past when only that can be meant.
    """
    day = _only_day(text, today, _next)
    if isinstance(day, Problem):
        return day
    if day < today - timedelta(days=DAYS_PAST_DUE):
        return Problem.IN_PAST
    return Problem.TOO_FAR if day > today + timedelta(days=DAYS_TO_BIRTH) else day


def _only_day(text: str, today: date, choose: Callable[[WrittenDay, date], date | None]) -> date | Problem:
    reading = read_days(text)

    def resolve(found: WrittenDay | DayFromToday) -> date | Problem:
        if isinstance(found, DayFromToday):
            return today + timedelta(days=found.days)
        if reading.year_from_today is not None and found.year is None:
            found = WrittenDay(found.day, found.month, today.year + reading.year_from_today)
        day = choose(found, today) if found.year is None else _existing(found, found.year)
        return day or Problem.NO_SUCH_DAY

    days = {resolve(found) for found in reading.days}
    if not days:
        return Problem.NOT_A_DATE
    return Problem.AMBIGUOUS if len(days) > 1 or reading.has_other_numbers else days.pop()


def _latest(written: WrittenDay, today: date) -> date | None:
    # Nine years, because 29 February can be missing for eight.
    return next((day for day in _in_years(written, range(today.year, today.year - 9, -1)) if day <= today), None)


def _next(written: WrittenDay, today: date) -> date | None:
    ahead = next((day for day in _in_years(written, range(today.year, today.year + 9)) if day >= today), None)
    behind = _latest(written, today)
    out_of_reach = ahead is None or ahead > today + timedelta(days=DAYS_TO_BIRTH)
    just_past = behind is not None and behind >= today - timedelta(days=DAYS_PAST_DUE)
    return behind if out_of_reach and just_past else ahead


def _in_years(written: WrittenDay, years: Iterable[int]) -> list[date]:
    return [day for year in years if (day := _existing(written, year)) is not None]


def _existing(written: WrittenDay, year: int) -> date | None:
    try:
        return date(year, written.month, written.day)
    except ValueError:
        return None

"""What the day that a person typed means as the day of a vaccination: between birth and today, never guessed."""

from datetime import date, timedelta
from enum import StrEnum

from domain.written_dates import DayFromToday, Reading, WrittenDay, read_days


class Problem(StrEnum):
    """Why what was typed was not taken."""

    NOT_A_DATE = "not_a_date"
    NO_SUCH_DAY = "no_such_day"
    AMBIGUOUS = "ambiguous"
    NEEDS_YEAR = "needs_year"
    IN_FUTURE = "in_future"
    BEFORE_BIRTH = "before_birth"


def parse_given_day(text: str, birth_date: date, today: date) -> date | Problem:
    """The one day from birth to today that is meant; where a day without its year fits several, the year is needed."""
    reading = read_days(text)
    found = {_day_of(one, reading, birth_date, today) for one in reading.days}
    if not found:
        return Problem.NOT_A_DATE
    if len(found) > 1 or reading.has_other_numbers:
        return Problem.AMBIGUOUS
    return found.pop()


def _day_of(written: WrittenDay | DayFromToday, reading: Reading, birth_date: date, today: date) -> date | Problem:
    if isinstance(written, DayFromToday):
        return _within(today + timedelta(days=written.days), birth_date, today)
    year = written.year
    if year is None and reading.year_from_today is not None:
        year = today.year + reading.year_from_today
    if year is None:
        return _in_some_year(written, birth_date, today)
    day = _existing(written, year)
    return _within(day, birth_date, today) if day else Problem.NO_SUCH_DAY


def _in_some_year(written: WrittenDay, birth_date: date, today: date) -> date | Problem:
    days = [_existing(written, year) for year in range(birth_date.year - 4, today.year + 5)]
    existing = [day for day in days if day is not None]
    if not existing:
        return Problem.NO_SUCH_DAY
    fitting = [day for day in existing if birth_date <= day <= today]
    if fitting:
        return fitting[0] if len(fitting) == 1 else Problem.NEEDS_YEAR
    return _within(max(day for day in existing if day.year <= today.year), birth_date, today)


def _within(day: date, birth_date: date, today: date) -> date | Problem:
    if day > today:
        return Problem.IN_FUTURE
    return Problem.BEFORE_BIRTH if day < birth_date else day


def _existing(written: WrittenDay, year: int) -> date | None:
    try:
        return date(year, written.month, written.day)
    except ValueError:
        return None

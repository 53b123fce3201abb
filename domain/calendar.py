"""Dates as the programme counts them: calendar months, whose overflow rolls forward to the 1st."""

from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` calendar months later (or earlier, when negative).

    A day that the month does not have rolls forward to the 1st of the next one: 31 January + 1 month = 1 March.
    Source: the month arithmetic of CDC's CDSi logic, which both countries' schedules follow here.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def age_in_days(birth_date: date, on: date) -> int:
    """Days since birth: 0 on the day of birth, negative before it."""
    return (on - birth_date).days


def age_in_months(birth_date: date, on: date) -> int:
    """Completed calendar months; 0 before the first month is complete.

    Raises ValueError when `on` is before birth.
    """
    if on < birth_date:
        raise ValueError("an age needs a day on or after birth")
    months = (on.year - birth_date.year) * 12 + on.month - birth_date.month
    return months if add_months(birth_date, months) <= on else months - 1


def gestation_in_weeks(due_on: date, on: date) -> int:
    """Completed weeks of a pregnancy whose 40 weeks end on `due_on`. Source: Naegele's rule, 280 days."""
    return (280 - (due_on - on).days) // 7


def days_between(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`, both included; empty when `last` is before `first`."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]

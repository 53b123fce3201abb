"""How the programme counts months and ages, worked out by hand on a wall calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import add_months, age_in_days, age_in_months, days_between, gestation_in_weeks

DAYS = st.dates(date(2015, 1, 1), date(2045, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-15", 0, "2026-01-15"),
        ("2026-01-15", 2, "2026-03-15"),
        ("2026-11-30", 2, "2027-01-30"),
        ("2026-03-15", -2, "2026-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-01-15", -13, "2024-12-15"),
    ],
)
def test_the_same_day_of_the_month_comes_back_in_another_month(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-03-01"),
        ("2028-01-31", 1, "2028-03-01"),
        ("2028-01-29", 1, "2028-02-29"),
        ("2026-01-29", 1, "2026-03-01"),
        ("2026-03-31", 1, "2026-05-01"),
        ("2026-08-31", 6, "2027-03-01"),
        ("2028-02-29", 12, "2029-03-01"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-10-31", 1, "2026-12-01"),
        ("2026-03-31", -1, "2026-03-01"),
    ],
)
def test_a_day_that_the_month_does_not_have_rolls_forward_to_the_first(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


@settings(deadline=None, max_examples=50)
@given(day=DAYS, months=st.integers(-72, 72))
def test_months_keep_the_day_or_give_the_first_of_the_next_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert later.day in (day.day, 1)
    between = (later.year - day.year) * 12 + later.month - day.month
    assert between == months + (later.day != day.day)


@settings(deadline=None, max_examples=50)
@given(day=DAYS, months=st.integers(-72, 72))
def test_who_was_born_a_day_later_is_never_of_age_before(day: date, months: int) -> None:
    assert add_months(day, months) <= add_months(day + timedelta(days=1), months)


def test_an_is_nought_days_old_on_the_day_of_birth() -> None:
    born = date(2026, 1, 15)
    assert [age_in_days(born, born + timedelta(days=n)) for n in (-1, 0, 7)] == [-1, 0, 7]


@pytest.mark.parametrize(
    ("on", "months"),
    [("2026-01-31", 0), ("2026-02-28", 0), ("2026-03-01", 1), ("2026-03-30", 1), ("2026-03-31", 2), ("2027-01-31", 12)],
)
def test_a_child_born_on_the_31st_is_a_month_older_on_the_31st_or_the_first(on: str, months: int) -> None:
    assert age_in_months(date(2026, 1, 31), date.fromisoformat(on)) == months


def test_there_is_no_age_before_birth() -> None:
    with pytest.raises(ValueError, match="on or after birth"):
        age_in_months(date(2026, 1, 15), date(2026, 1, 14))


@settings(deadline=None, max_examples=50)
@given(born=DAYS, days=st.integers(0, 2300))
def test_an_age_is_the_last_month_that_is_complete(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    months = age_in_months(born, on)
    assert add_months(born, months) <= on < add_months(born, months + 1)


@pytest.mark.parametrize(("days_before", "weeks"), [(280, 0), (274, 0), (273, 1), (7, 39), (1, 39), (0, 40), (-14, 42)])
def test_forty_weeks_end_on_the_due_date(days_before: int, weeks: int) -> None:
    due_on = date(2026, 9, 1)
    assert gestation_in_weeks(due_on, due_on - timedelta(days=days_before)) == weeks


def test_days_between_hold_both_ends_and_nothing_backwards() -> None:
    first, last = date(2026, 2, 27), date(2026, 3, 1)
    assert days_between(first, last) == [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]
    assert days_between(first, first) == [first]
    assert days_between(last, first) == []

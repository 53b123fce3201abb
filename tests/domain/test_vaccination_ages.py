"""Durations of a schedule, and the days on which children of all birthdays reach them."""

from datetime import date

import pytest

from domain.vaccination.ages import Age


@pytest.mark.parametrize(
    ("text", "born", "reached"),
    [
        ("0 days", "2026-03-15", "2026-03-15"),
        ("1 day", "2026-12-31", "2027-01-01"),
        ("6 weeks", "2026-03-15", "2026-04-26"),
        ("2 months", "2026-03-15", "2026-05-15"),
        ("1 month", "2026-01-29", "2026-03-01"),  # February has 28 days: forward to the 1st
        ("1 month", "2028-01-29", "2028-02-29"),
        ("1 month", "2026-01-30", "2026-03-01"),
        ("1 month", "2026-01-31", "2026-03-01"),
        ("2 months", "2026-12-31", "2027-03-01"),
        ("1 year", "2024-02-29", "2025-03-01"),
        ("4 years", "2024-02-29", "2028-02-29"),
        ("18 months - 4 days", "2026-03-15", "2027-09-11"),
        ("1 month - 1 day", "2026-01-31", "2026-02-28"),  # months roll forward first, then the day is taken off
        ("4 weeks + 1 month", "2026-01-31", "2026-03-29"),  # the month first, whichever is written first
        ("5 months + 4 weeks", "2026-01-01", "2026-06-29"),
        ("1 year - 1 month", "2026-01-01", "2026-12-01"),
    ],
)
def test_an_age_is_reached_on_a_day(text: str, born: str, reached: str) -> None:
    assert Age.parse(text).after(date.fromisoformat(born)) == date.fromisoformat(reached)


@pytest.mark.parametrize(
    "text", ["", "6", "weeks", "6weeks", "6 wks", "-6 weeks", "6 weeks 2 days", "6 weeks or 2", "1.5 years"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration"):
        Age.parse(text)


@pytest.mark.parametrize("text", ["0 days", "1 day", "2 months", "18 months - 4 days", "1 month + 1 day"])
def test_an_age_is_written_as_it_was_read(text: str) -> None:
    assert str(Age.parse(text)) == text


def test_a_year_is_twelve_months_and_a_week_seven_days() -> None:
    assert Age.parse("1 year + 1 week") == Age.parse("12 months + 7 days")

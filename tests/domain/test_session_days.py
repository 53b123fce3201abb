"""The line by which a health station says on which days it vaccinates."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.session_calendar import SessionCalendar
from domain.session_days import (
    Hours,
    PlaceAndHours,
    RuleProblem,
    RuleReason,
    SessionRule,
    parse_session_rule,
    read_place_and_hours,
)


def rule(text: str) -> SessionRule:
    parsed = parse_session_rule(text)
    assert isinstance(parsed, SessionRule), parsed
    return parsed


def days(text: str, first: str, last: str) -> list[str]:
    held = SessionCalendar(rule(text)).days(date.fromisoformat(first), date.fromisoformat(last))
    return [str(day.on) for day in held]


@pytest.mark.parametrize(
    ("text", "first", "last", "expected"),
    [
        ("day 5,6", "2026-12-01", "2027-01-05", ["2026-12-05", "2026-12-06", "2027-01-05"]),
        ("day 31", "2026-10-01", "2026-12-31", ["2026-10-31", "2026-12-31"]),  # November has none
        ("day 29", "2027-01-30", "2027-04-01", ["2027-03-29"]),
        ("day 29", "2028-01-30", "2028-04-01", ["2028-02-29", "2028-03-29"]),
        ("2nd Wed", "2026-12-01", "2027-01-31", ["2026-12-09", "2027-01-13"]),
        ("1st,2nd Mon", "2026-12-01", "2026-12-31", ["2026-12-07", "2026-12-14"]),  # the 7th is in the first seven days
        ("2nd,4th Wed", "2026-12-01", "2026-12-31", ["2026-12-09", "2026-12-23"]),
        ("last Fri", "2026-11-01", "2027-02-28", ["2026-11-27", "2026-12-25", "2027-01-29", "2027-02-26"]),
        ("5th Tue", "2026-11-01", "2026-12-31", ["2026-12-29"]),  # November has four
        ("weekly Tue", "2026-12-01", "2026-12-15", ["2026-12-01", "2026-12-08", "2026-12-15"]),
        ("dates 2026-12-19 2026-12-05", "2026-12-01", "2026-12-31", ["2026-12-05", "2026-12-19"]),
        ("day 5; dates 2026-12-20", "2026-12-01", "2026-12-31", ["2026-12-05", "2026-12-20"]),
        ("day 9; 2nd Wed", "2026-12-01", "2026-12-31", ["2026-12-09"]),  # one day, though two parts hold it
        ("weekly Mon", "2026-12-09", "2026-12-08", []),
    ],
)  # fmt: skip
def test_the_days_of_a_line(text: str, first: str, last: str, expected: list[str]) -> None:
    assert days(text, first, last) == expected


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("day 5,6", "day 5,6"),
        ("  DAY  6, 05,5 ", "day 5,6"),
        ("days 20 5", "day 5,20"),
        ("2nd wednesday", "2nd Wed"),
        ("LAST,2ND fri", "2nd,last Fri"),
        ("weekly tue,Mon", "weekly Mon,Tue"),
        ("dates 2026-12-19,2026-12-05", "dates 2026-12-05 2026-12-19"),
        ("day 5 ;; day 5; last Fri;", "day 5; last Fri"),
        ("day 5@7:30 - 10:30", "day 5 @ 07:30-10:30"),
        ("day 5 @ 07:30–10:30", "day 5 @ 07:30-10:30"),
    ],
)
def test_a_line_is_written_back_in_one_way(text: str, canonical: str) -> None:
    assert str(rule(text)) == canonical
    assert rule(canonical) == rule(text)


def test_the_hours_stand_at_the_end_of_the_line() -> None:
    assert rule("day 5; last Fri @ 07:30-10:30").hours == Hours(time(7, 30), time(10, 30))
    assert rule("day 5").hours is None


@pytest.mark.parametrize(
    ("text", "reason", "part"),
    [
        ("", RuleReason.EMPTY, ""),
        (" ; ", RuleReason.EMPTY, ";"),
        ("@ 07:30-10:30", RuleReason.EMPTY, "@ 07:30-10:30"),
        ("day", RuleReason.EMPTY, "day"),
        ("dates", RuleReason.EMPTY, "dates"),
        ("day 0", RuleReason.DAY_OF_MONTH, "0"),
        ("day 5,32", RuleReason.DAY_OF_MONTH, "32"),
        ("day five", RuleReason.DAY_OF_MONTH, "five"),
        ("day 5; 2nd Wodan", RuleReason.WEEKDAY, "Wodan"),
        ("weekly 2", RuleReason.WEEKDAY, "2"),
        ("6th Wed", RuleReason.ORDINAL, "6th Wed"),
        ("Wed", RuleReason.UNKNOWN, "Wed"),
        ("every Wed", RuleReason.UNKNOWN, "every Wed"),
        ("ngày 5", RuleReason.UNKNOWN, "ngày 5"),
        ("dates 2026-02-30", RuleReason.DATE, "2026-02-30"),
        ("dates 5/12/2026", RuleReason.DATE, "5/12/2026"),
        ("dates 20261205", RuleReason.DATE, "20261205"),
        ("day 5 @", RuleReason.HOURS, ""),
        ("day 5 @ 7-10", RuleReason.HOURS, "7-10"),
        ("day 5 @ 25:00-26:00", RuleReason.HOURS, "25:00-26:00"),
        ("day 5 @ 10:30-07:30", RuleReason.HOURS, "10:30-07:30"),
        ("day 5 @ 07:30-10:30; day 6", RuleReason.HOURS, "07:30-10:30; day 6"),
    ],
)
def test_a_wrong_line_is_answered_with_the_part_that_is_wrong(text: str, reason: RuleReason, part: str) -> None:
    assert parse_session_rule(text) == RuleProblem(reason, part)


@pytest.mark.parametrize(
    ("text", "place", "hours"),
    [
        ("07:30-10:30", "", "07:30-10:30"),
        ("[Khe Sim village house] 8:00 - 10:00", "Khe Sim village house", "08:00-10:00"),
        ("[Khe Sim  village house] @ 08:00-10:00", "Khe Sim village house", "08:00-10:00"),
        (" [Khe Sim] ", "Khe Sim", ""),
    ],
)
def test_place_and_hours_of_one_day_are_written_as_in_a_line(text: str, place: str, hours: str) -> None:
    read = read_place_and_hours(text)
    assert isinstance(read, PlaceAndHours)
    assert (read.place, str(read.hours or "")) == (place, hours)
    assert read_place_and_hours(str(read)) == read


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", RuleReason.HOURS),
        ("in the morning", RuleReason.HOURS),
        ("10:00-08:00", RuleReason.HOURS),
        ("[Khe Sim] in the morning", RuleReason.HOURS),
        ("[] 08:00-10:00", RuleReason.PLACE),
        ("08:00-10:00 [Khe Sim]", RuleReason.PLACE),
        ("Khe Sim] 08:00-10:00", RuleReason.PLACE),
    ],
)
def test_what_is_no_place_and_no_hours_is_answered_with_what_is_wrong(text: str, reason: RuleReason) -> None:
    read = read_place_and_hours(text)
    assert isinstance(read, RuleProblem)
    assert read.reason is reason


some_days = st.dates(min_value=date(2026, 1, 1), max_value=date(2028, 12, 31))


@given(weekday=st.sampled_from(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")), start=some_days)
def test_the_last_weekday_of_a_month_has_none_after_it(weekday: str, start: date) -> None:
    held = SessionCalendar(rule(f"last {weekday}")).days(start, start + timedelta(days=70))
    assert held != ()
    assert {(day.on + timedelta(days=7)).month == day.on.month for day in held} == {False}
    assert {f"{day.on:%a}" for day in held} == {weekday}

"""At which minute a message leaves: at Lan's own hour, spread within it, and always the same."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.sending.hours import (
    dawn_instant,
    end_of_visit_reminders,
    start_of_day,
    tip_instant,
    visit_instant,
)

ZONES = ("Asia/Ho_Chi_Minh", "Asia/Shanghai", "Europe/Berlin")
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@settings(deadline=None, max_examples=50)
@given(day=DAYS, hour=st.integers(8, 19), zone=st.sampled_from(ZONES), seed=st.text(max_size=12))
def test_a_tip_leaves_on_its_day_within_the_hour_she_chose(day: date, hour: int, zone: str, seed: str) -> None:
    local = tip_instant(day, hour, zone, seed).astimezone(ZoneInfo(zone))
    assert (local.date(), local.hour) == (day, hour)


@settings(deadline=None, max_examples=50)
@given(day=DAYS, zone=st.sampled_from(ZONES), seed=st.text(max_size=12))
def test_a_reminder_leaves_in_the_early_evening(day: date, zone: str, seed: str) -> None:
    local = visit_instant(day, zone, seed).astimezone(ZoneInfo(zone))
    assert local.date() == day
    assert 17 <= local.hour < 20


@settings(deadline=None, max_examples=50)
@given(day=DAYS, zone=st.sampled_from(ZONES), seed=st.text(max_size=12))
def test_a_reminder_of_the_morning_leaves_between_half_past_five_and_seven(day: date, zone: str, seed: str) -> None:
    local = dawn_instant(day, zone, seed).astimezone(ZoneInfo(zone))
    assert local.date() == day
    assert time(5, 30) <= local.time() < time(7, 0)


def test_the_same_message_has_the_same_minute_every_time() -> None:
    day = date(2026, 3, 1)
    assert tip_instant(day, 19, ZONES[0], "1:cord") == tip_instant(day, 19, ZONES[0], "1:cord")
    # A minute known from before: after an update of the program, too, nothing moves.
    assert tip_instant(day, 19, ZONES[0], "1:cord") == datetime(2026, 3, 1, 12, 52, tzinfo=UTC)


def test_families_are_spread_over_the_hour() -> None:
    minutes = {tip_instant(date(2026, 3, 1), 19, ZONES[0], f"{caregiver}:cord").minute for caregiver in range(1000)}
    assert minutes == set(range(55))


@pytest.mark.parametrize(("zone", "hour"), [("Asia/Ho_Chi_Minh", 17), ("Asia/Shanghai", 16)])
def test_a_day_begins_at_local_midnight(zone: str, hour: int) -> None:
    assert start_of_day(date(2026, 3, 1), zone) == datetime(2026, 2, 28, hour, tzinfo=UTC)


def test_a_day_of_summer_time_is_an_hour_shorter() -> None:
    day = date(2026, 3, 29)
    begins, ends = start_of_day(day, "Europe/Berlin"), start_of_day(day + timedelta(days=1), "Europe/Berlin")
    assert ends - begins == timedelta(hours=23)


def test_reminding_ends_at_ten_on_the_morning_of_the_visit() -> None:
    assert end_of_visit_reminders(date(2026, 3, 20), ZONES[0]) == datetime(2026, 3, 20, 3, tzinfo=UTC)


def test_reminding_ends_when_a_session_closes_early() -> None:
    day = date(2026, 3, 20)
    assert end_of_visit_reminders(day, ZONES[0], time(9, 0)) == datetime(2026, 3, 20, 2, tzinfo=UTC)
    assert end_of_visit_reminders(day, ZONES[0], time(16, 0)) == end_of_visit_reminders(day, ZONES[0])

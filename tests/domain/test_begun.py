"""What has begun since a zone was planned: nobody is missed, whichever days were planned before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.begun import PlannedUntil, births_to_look_at, fingerprint, first_day_to_look_at
from domain.calendar import add_months, days_between
from domain.farewell import FAREWELL_LASTS, six_years_on
from domain.journey import Amount, Standing, Step
from domain.reader import Role
from domain.tracks import Track

TODAY = date(2026, 3, 1)
DAY = timedelta(days=1)
STEPS = (
    Step("first", 0, 7, Amount.FEW),
    Step("long", 10, 120, Amount.SOME),
    Step("short", 10, 11, Amount.ALL, Role.FATHER),
)
WORD = fingerprint(STEPS)
steps = st.builds(
    lambda start, lasts: Step(f"step{start}", start, start + lasts, Amount.SOME),
    st.integers(0, 2_000),
    st.integers(1, 60),
)


def test_who_was_planned_yesterday_is_looked_at_only_for_what_begins_today() -> None:
    assert first_day_to_look_at(PlannedUntil(TODAY - DAY, WORD), WORD, TODAY) == TODAY
    births = births_to_look_at(STEPS, TODAY, TODAY)
    assert {day: [step.key for step in found] for day, found in births.items() if found} == {
        TODAY - 10 * DAY: ["long", "short"],
        TODAY: ["first"],
    }


def test_what_begins_today_is_looked_at_each_time() -> None:
    assert first_day_to_look_at(PlannedUntil(TODAY, WORD), WORD, TODAY) == TODAY


def test_after_lost_days_all_that_began_meanwhile_is_looked_at() -> None:
    assert first_day_to_look_at(PlannedUntil(TODAY - 5 * DAY, WORD), WORD, TODAY) == TODAY - 4 * DAY


@pytest.mark.parametrize("planned", [None, PlannedUntil(TODAY - DAY, "another"), PlannedUntil(TODAY + DAY, WORD)])
def test_when_anything_is_doubtful_every_open_window_is_looked_at(planned: PlannedUntil | None) -> None:
    """Nothing is known, the journey is another one, or the clock was set back."""
    assert first_day_to_look_at(planned, WORD, TODAY) is None


@pytest.mark.parametrize(
    "change",
    [
        {"key": "other"},
        {"from_day": 1},
        {"to_day": 8},
        {"tier": Amount.ALL},
        {"audience": Role.MOTHER},
        {"tracks": frozenset({Track.PRETERM})},
        {"excluded_from": frozenset({Track.PRETERM})},
    ],
)
def test_any_change_of_a_step_makes_another_journey(change: dict[str, object]) -> None:
    assert fingerprint([replace(STEPS[0], **change), *STEPS[1:]]) != WORD  # type: ignore[arg-type]


@given(st.lists(steps, max_size=8, unique_by=lambda one: one.key), st.integers(0, 2_100))
def test_every_open_window_is_looked_at_when_nothing_is_sure(journey: list[Step], age: int) -> None:
    born_on = TODAY - age * DAY
    standing = Standing(born_on, TODAY, Role.MOTHER)
    is_open = {step.key for step in journey if standing.is_open(step)}
    assert {step.key for step in births_to_look_at(journey, None, TODAY).get(born_on, ())} == is_open


@given(st.lists(steps, max_size=8, unique_by=lambda one: one.key), st.integers(0, 2_100), st.data())
def test_day_by_day_all_is_found_that_one_look_would_have_found(
    journey: list[Step], age: int, data: st.DataObject
) -> None:
    """Planned on some days and not on others, a window is met on the first run within it."""
    born_on = TODAY - age * DAY
    runs = [day for day in days_between(TODAY - 70 * DAY, TODAY) if data.draw(st.booleans()) or day == TODAY]
    met: set[str] = set()
    for before, today in zip([None, *runs], runs, strict=False):
        first = None if before is None else first_day_to_look_at(PlannedUntil(before, ""), "", today)
        found = births_to_look_at(journey, first, today).get(born_on, ())
        met |= {step.key for step in found}
        standing = Standing(born_on, today, Role.MOTHER)
        assert {step.key for step in journey if standing.is_open(step)} <= met


def test_the_farewell_begins_on_the_sixth_birthday_and_lasts_a_month() -> None:
    today = six_years_on(date(2020, 2, 29))
    assert list(births_to_look_at((), today, today)) == [date(2020, 2, 29), date(2020, 3, 1)]
    whole = list(births_to_look_at((), None, today))
    assert all(six_years_on(day) <= today < six_years_on(day) + FAREWELL_LASTS for day in whole)
    assert len(whole) == FAREWELL_LASTS.days + 1
    assert add_months(today, -72) in whole

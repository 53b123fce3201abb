"""Which topic a session day carries, and what a family with children of an age is told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.calendar import add_months
from domain.identifiers import ChildId, FacilityId
from domain.topics import (
    Band,
    Curriculum,
    Topic,
    TopicOccasion,
    TopicStep,
    is_to_be_asked,
    may_be_chosen,
    may_be_noted,
    parse_topic_occasion,
    tries_until,
)
from tests.fakes.people import AN

BANDS = (Band("under6", 0, 6), Band("from6", 6, 18), Band("from18", 18, 36))
YEAR = Curriculum(BANDS, tuple(Topic(f"topic{month}", month) for month in range(1, 13)))
ON = date(2026, 12, 5)


def born(months: int, *, days: int = 0) -> date:
    return add_months(ON, -months) + timedelta(days=days)


def keys(*birth_dates: date) -> tuple[str, tuple[int, ...]] | None:
    children = [replace(AN, id=ChildId(number), birth_date=day) for number, day in enumerate(birth_dates, start=1)]
    found = YEAR.youngest(children, ON)
    return (found[0].key, tuple(child.id for child in found[1])) if found else None


def test_who_comes_every_month_meets_each_topic_once_in_a_year() -> None:
    for start in range(1, 13):
        days = [add_months(date(2026, start, 20), number) for number in range(12)]
        assert len({topic.key for day in days if (topic := YEAR.of_day(day))}) == 12


def test_all_sessions_of_a_month_carry_the_same_topic() -> None:
    assert {topic.key for day in (1, 5, 20, 31) if (topic := YEAR.of_day(date(2026, 12, day)))} == {"topic12"}


@pytest.mark.parametrize(
    ("birth_date", "band"),
    [
        (ON, "under6"),
        (born(6, days=1), "under6"),
        (born(6), "from6"),
        (born(18, days=1), "from6"),
        (born(18), "from18"),
        (born(36, days=1), "from18"),
        (born(36), None),
        (ON + timedelta(days=1), None),
    ],
)
def test_a_child_is_told_by_its_completed_months_on_the_day_of_the_session(birth_date: date, band: str | None) -> None:
    found = YEAR.band_of(birth_date, ON)
    assert (found.key if found else None) == band


@pytest.mark.parametrize("on", [ON, date(2024, 2, 29), date(2027, 2, 28), date(2027, 3, 1), date(2026, 12, 31)])
def test_nobody_young_enough_is_lost_by_the_day_from_which_children_are_sought(on: date) -> None:
    for days in range(3 * 365, 3 * 365 + 10):
        birth_date = on - timedelta(days=days)
        if YEAR.band_of(birth_date, on):
            assert birth_date > YEAR.born_after(on)


def test_siblings_share_what_is_for_the_youngest_and_twins_share_it_by_name() -> None:
    assert keys(born(2), born(20)) == ("under6", (1,))
    assert keys(born(20), born(7), born(7)) == ("from6", (2, 3))
    assert keys(born(40), born(20)) == ("from18", (2,))
    assert keys(born(40)) is None
    assert keys() is None


def test_a_topic_is_noted_on_its_day_and_two_days_after_and_chosen_before_it_too() -> None:
    noted = [days for days in range(-3, 5) if may_be_noted(ON, ON + timedelta(days=days))]
    chosen = [days for days in range(-3, 5) if may_be_chosen(ON, ON + timedelta(days=days))]
    assert (noted, chosen) == ([0, 1, 2], [-3, -2, -1, 0, 1, 2])


def test_the_thing_to_try_goes_within_a_week_and_the_question_a_week_after_it() -> None:
    assert tries_until(ON) == ON + timedelta(days=7)
    assert [days for days in range(14) if is_to_be_asked(ON, ON + timedelta(days=days))] == [7, 8, 9, 10]


def test_an_occasion_is_read_as_it_was_written_and_others_are_none_of_it() -> None:
    about = TopicOccasion(FacilityId(3), ON, "safe_home", TopicStep.ASK)
    assert str(about) == "topic:3:2026-12-05:safe_home:ask"
    assert parse_topic_occasion(str(about)) == about
    assert parse_topic_occasion("visit:3:2026-12-05:7") is None
    assert parse_topic_occasion("topic:3") is None

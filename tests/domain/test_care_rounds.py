"""Rounds of vitamin A and deworming: which of them concern An, and on which days."""

from dataclasses import replace
from datetime import date

import pytest

from domain.care.forecast import CareForecast
from domain.care.plan import CareKind
from domain.care.rounds import ENTERED_BY_STAFF, CampaignRound, rounds_due
from domain.vaccination.ages import Age

JUNE = CampaignRound("vitamin_a", date(2026, 6, 1), date(2026, 6, 7), min_age=Age(months=6), max_age=Age(months=36))
DECEMBER = replace(JUNE, from_on=date(2026, 12, 1), until_on=date(2026, 12, 7))
WORMS = replace(JUNE, key="deworming", min_age=Age(months=24), max_age=Age(months=60))
TODAY = date(2026, 5, 20)


def test_a_child_of_one_year_is_expected_on_the_days_of_the_round() -> None:
    assert rounds_due([JUNE], date(2025, 5, 10), TODAY) == (
        CareForecast(
            key="vitamin_a",
            kind=CareKind.CAMPAIGN,
            earliest=date(2026, 6, 1),
            due=date(2026, 6, 1),
            overdue=None,
            latest=date(2026, 6, 7),
            source=ENTERED_BY_STAFF,
        ),
    )


@pytest.mark.parametrize(
    ("born", "earliest"),
    [
        (date(2025, 12, 1), date(2026, 6, 1)),
        (date(2025, 12, 4), date(2026, 6, 4)),
        (date(2025, 12, 7), date(2026, 6, 7)),
    ],
)
def test_who_is_old_enough_only_within_the_round_is_expected_from_that_day(born: date, earliest: date) -> None:
    (found,) = rounds_due([JUNE], born, TODAY)
    assert (found.earliest, found.latest) == (earliest, date(2026, 6, 7))


def test_who_is_old_enough_the_day_after_the_round_is_not_concerned() -> None:
    assert rounds_due([JUNE], date(2025, 12, 8), TODAY) == ()


def test_a_child_of_31_august_is_six_months_old_on_1_march() -> None:
    march = replace(JUNE, from_on=date(2026, 2, 27), until_on=date(2026, 3, 5))
    (found,) = rounds_due([march], date(2025, 8, 31), date(2026, 2, 1))
    assert found.earliest == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("born", "latest"),
    [
        (date(2023, 6, 8), date(2026, 6, 7)),
        (date(2023, 6, 4), date(2026, 6, 3)),
        (date(2023, 6, 2), date(2026, 6, 1)),
    ],
)
def test_who_grows_out_of_the_age_within_the_round_is_expected_until_the_day_before(born: date, latest: date) -> None:
    (found,) = rounds_due([JUNE], born, TODAY)
    assert (found.earliest, found.latest) == (date(2026, 6, 1), latest)


def test_who_is_too_old_on_the_first_day_of_the_round_is_not_concerned() -> None:
    assert rounds_due([JUNE], date(2023, 6, 1), TODAY) == ()


def test_a_child_of_29_february_reaches_the_upper_age_on_1_march() -> None:
    march = replace(JUNE, from_on=date(2027, 2, 25), until_on=date(2027, 3, 5))
    (found,) = rounds_due([march], date(2024, 2, 29), date(2027, 2, 1))
    assert found.latest == date(2027, 2, 28)


def test_on_the_last_day_a_round_is_still_open_and_the_day_after_it_is_forgotten() -> None:
    born = date(2025, 5, 10)
    assert len(rounds_due([JUNE], born, date(2026, 6, 7))) == 1
    assert rounds_due([JUNE], born, date(2026, 6, 8)) == ()


def test_an_had_the_drops_in_june_and_is_expected_again_in_december() -> None:
    born = date(2025, 5, 10)
    found = rounds_due([DECEMBER, JUNE], born, date(2026, 6, 3), done={"vitamin_a": date(2026, 6, 2)})
    assert [care.earliest for care in found] == [date(2026, 12, 1)]


def test_drops_of_the_round_before_do_not_close_this_one() -> None:
    found = rounds_due([JUNE], date(2025, 5, 10), TODAY, done={"vitamin_a": date(2025, 12, 2)})
    assert len(found) == 1


def test_drops_that_come_only_later_do_not_close_a_round_yet() -> None:
    found = rounds_due([JUNE], date(2025, 5, 10), date(2026, 6, 2), done={"vitamin_a": date(2026, 6, 3)})
    assert len(found) == 1


def test_the_tablet_does_not_stand_for_the_drops() -> None:
    found = rounds_due([JUNE, WORMS], date(2024, 1, 10), date(2026, 6, 3), done={"deworming": date(2026, 6, 2)})
    assert [care.key for care in found] == ["vitamin_a"]


def test_a_child_of_two_years_gets_both_on_one_day() -> None:
    found = rounds_due([DECEMBER, WORMS, JUNE], date(2024, 1, 10), TODAY)
    assert [(care.key, care.due) for care in found] == [
        ("deworming", date(2026, 6, 1)),
        ("vitamin_a", date(2026, 6, 1)),
        ("vitamin_a", date(2026, 12, 1)),
    ]


def test_a_round_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end before it begins"):
        replace(JUNE, until_on=date(2026, 5, 31))


@pytest.mark.parametrize("max_age", [Age(months=6), Age(months=5)])
def test_the_upper_age_of_a_round_lies_above_the_lower_one(max_age: Age) -> None:
    with pytest.raises(ValueError, match="upper age"):
        replace(JUNE, max_age=max_age)

"""On which day a dose that is recorded late was given."""

from datetime import date, timedelta

import pytest

from domain.late_doses import GivenDay, guessed_day, may_be_given_on, parse_day_word

BORN, TODAY = date(2026, 10, 5), date(2026, 12, 20)


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (BORN - timedelta(days=1), False),
        (BORN, True),
        (TODAY, True),
        (TODAY + timedelta(days=1), False),
    ],
)
def test_never_before_the_birth_and_never_in_the_future(day: date, may: bool) -> None:
    assert may_be_given_on(day, born_on=BORN, today=TODAY) is may


@pytest.mark.parametrize("day", [GivenDay(BORN), GivenDay(None)])
def test_a_day_and_an_unknown_one_fit_on_a_button(day: GivenDay) -> None:
    assert parse_day_word(str(day)) == day


def test_what_is_no_day_is_not_read() -> None:
    assert parse_day_word("yesterday") is None


def guess(due: date | None, *taken: date) -> date:
    return guessed_day(due, born_on=BORN, today=TODAY, taken=taken)


def test_a_dose_of_unknown_date_stands_on_the_day_on_which_it_was_due() -> None:
    assert guess(date(2026, 12, 5)) == date(2026, 12, 5)


def test_one_that_is_not_due_yet_stands_on_today() -> None:
    assert (guess(date(2027, 3, 1)), guess(None)) == (TODAY, TODAY)


def test_two_of_one_vaccine_stand_on_different_days() -> None:
    due = date(2026, 12, 5)
    assert guess(due, due) == date(2026, 12, 4)
    assert guess(due, due, date(2026, 12, 4)) == date(2026, 12, 6)


def test_a_guess_is_never_before_the_birth() -> None:
    assert guess(BORN, BORN) == BORN + timedelta(days=1)

"""What staff type into the settings of an area: read as meant, or refused."""

from datetime import date

import pytest

from domain.forms.area_rules import (
    AS_PROPOSED,
    NONE,
    read_age,
    read_capacity,
    read_round_age,
    read_round_until,
    read_route,
    read_rule_age,
    read_rule_day,
)
from domain.forms.form import Problem
from domain.vaccination.ages import Age

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("36 months", Age(36)),
        ("36", Age(36)),
        (" 36 tháng ", Age(36)),
        ("36 THÁNG TUỔI", Age(36)),
        ("36个月", Age(36)),
        ("３６ 个月", Age(36)),
        ("3 years", Age(36)),
        ("3 tuổi", Age(36)),
        ("3岁", Age(36)),
        ("6 tuần", Age(0, 42)),
        ("6 weeks", Age(0, 42)),
        ("28 ngày", Age(0, 28)),
        ("18 years", Age(216)),
    ],
)
def test_an_age_is_read_as_people_write_it(typed: str, meant: Age) -> None:
    assert read_age(typed) == meant


@pytest.mark.parametrize("typed", ["", "soon", "-3", "3.5 years", "36 kg", "3 năm 2 tháng", "19 years", "999 years"])
def test_what_is_no_age_is_refused(typed: str) -> None:
    assert read_age(typed) is None


def test_an_age_lies_above_the_age_at_which_it_begins() -> None:
    assert read_rule_age("10", "9 months") == "10 months"
    assert read_rule_age("9", "9 months") == Problem("problem.rule_age_too_low")
    assert read_rule_age("5 tuần", "42 days") == Problem("problem.rule_age_too_low")
    assert read_rule_age("?", "9 months") == Problem("problem.rule_age")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1/1", date(2027, 1, 1)),
        ("1/1/2027", date(2027, 1, 1)),
        ("2027-01-01", date(2027, 1, 1)),
        ("hôm nay", TODAY),
        ("明天", date(2026, 11, 23)),
        ("1/6/2026", date(2026, 6, 1)),
        ("22/11", TODAY),
        ("29/2", date(2028, 2, 29)),
        ("1/5 năm nay", date(2026, 5, 1)),
    ],
)
def test_the_day_of_a_rule_is_read(typed: str, meant: date) -> None:
    assert read_rule_day(typed, TODAY) == meant.isoformat()


@pytest.mark.parametrize("typed", ["soon", "1/1 or 2/1", "31/2/2027", "1/1/2020", "1/1/2040", "2027", "1/1/2027 x 5"])
def test_a_day_that_cannot_be_meant_is_refused(typed: str) -> None:
    assert read_rule_day(typed, TODAY) == Problem("problem.rule_day")


def test_a_round_ends_after_it_began_and_is_not_over() -> None:
    answers = {"from_on": "2026-11-01"}
    assert read_round_until("30/11/2026", answers, TODAY) == "2026-11-30"
    for wrong in ("31/10/2026", "21/11/2026", "1/12/2027"):
        assert read_round_until(wrong, answers, TODAY) == Problem("problem.round_until")
    assert read_round_until("?", answers, TODAY) == Problem("problem.rule_day")


def test_the_ages_of_a_round_are_typed_or_the_usual_ones() -> None:
    answers = {"proposed_min": "6 months", "proposed_max": "36 months"}
    assert read_round_age(AS_PROPOSED, answers, "min") == "6 months"
    assert read_round_age("24", answers, "min") == "24 months"
    later = {**answers, "min_age": "24 months"}
    assert read_round_age(AS_PROPOSED, later, "max") == "36 months"
    assert read_round_age("24", later, "max") == Problem("problem.rule_age_too_low")
    assert read_round_age("x", later, "max") == Problem("problem.rule_age")


def test_how_many_a_session_can_take() -> None:
    assert read_capacity(" 60 ") == "60"
    assert read_capacity("６０") == "60"
    assert read_capacity(NONE) == NONE
    for wrong in ("0", "1001", "sixty", "-5", "60 bé", ""):
        assert read_capacity(wrong) == Problem("problem.session_capacity")


def test_the_way_to_help_is_a_few_words_on_one_line() -> None:
    assert read_route("Gọi xuồng\ncủa trạm,  0203 555 0102") == "Gọi xuồng của trạm, 0203 555 0102"
    assert read_route(NONE) == NONE
    for wrong in ("boat", "0203 555 0102", "x" * 301, "\u202e" * 20):
        assert read_route(wrong) == Problem("problem.emergency_route")

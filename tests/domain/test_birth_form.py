"""A birth is told in three taps: which days are taken, what they say of the weeks, and how twins are told apart."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.birth_question import AGAIN, ASKED_AGAIN_AFTER, ASKED_FOR, asked_by_person_from, birth_question
from domain.farewell import farewell_ends_on, farewell_occasion, is_farewell, is_six, six_years_on
from domain.forms.birth import (
    BIRTH,
    NAMING,
    SEXES,
    Newborns,
    Which,
    earliest_birth,
    weeks_at_birth,
    weeks_too_soon,
)
from domain.forms.form import Kind, asked, earlier_questions, next_question, with_answer
from domain.identifiers import ChildId, FacilityId, FamilyId, PregnancyId
from domain.people import Pregnancy
from domain.tracks import Track, tracks_of
from services.forms.readers import read_newborns, read_told_birth

DUE = date(2026, 12, 20)
JOINED = date(2026, 9, 1)
AWAITED = Pregnancy(PregnancyId(1), FamilyId(1), FacilityId(1), DUE)
GIVEN = {"due_on": DUE.isoformat(), "zone": "Asia/Ho_Chi_Minh"}
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def answered_not_yet(on: date) -> Pregnancy:
    return Pregnancy(PregnancyId(1), FamilyId(1), FacilityId(1), DUE, not_yet_on=on)


def test_three_questions_are_asked_and_nothing_else() -> None:
    assert [one.name for one in asked(BIRTH, GIVEN)] == ["birth_date", "newborns", "birth_place"]


def test_what_the_form_was_given_can_neither_be_answered_nor_gone_back_to() -> None:
    assert BIRTH.question("due_on") is None
    assert [one.name for one in earlier_questions(BIRTH, GIVEN, "newborns")] == ["birth_date"]


def test_what_the_form_was_given_stays_while_it_is_answered() -> None:
    answers = with_answer(BIRTH, GIVEN, "birth_date", "2026-12-19")
    assert answers["due_on"] == DUE.isoformat()
    assert next_question(BIRTH, answers) == BIRTH.question("newborns")


def test_every_answer_about_the_newborns_is_one_child_or_two_of_known_sex() -> None:
    assert set(SEXES) == set(Newborns)
    assert {len(sexes) for sexes in SEXES.values()} == {1, 2}


@pytest.mark.parametrize("which", list(Which))
def test_of_each_child_one_name_is_asked(which: Which) -> None:
    assert [one.name for one in asked(NAMING, {"which": which})] == [f"name_{which}"]
    assert all(one.kind is not Kind.CHOICE for one in asked(NAMING, {"which": which}))


@pytest.mark.parametrize(
    ("born", "weeks", "soon"),
    [
        (DUE, 40, 0),
        (DUE - timedelta(days=3), 39, 0),
        (DUE - timedelta(days=4), 39, 1),
        (DUE - timedelta(days=21), 37, 3),
        (DUE - timedelta(days=22), 36, 3),
        (DUE - timedelta(days=28), 36, 4),
        (DUE + timedelta(days=10), 41, -1),
        (DUE - timedelta(weeks=18), 22, 18),
        (DUE + timedelta(days=34), 44, -5),
        (DUE + timedelta(days=35), None, None),
        (DUE + timedelta(days=200), None, None),
    ],
)
def test_weeks_at_birth_and_how_early_it_was(born: date, weeks: int | None, soon: int | None) -> None:
    assert (weeks_at_birth(DUE, born), weeks_too_soon(DUE, born)) == (weeks, soon)


def test_one_day_before_the_37th_week_the_child_is_on_its_track() -> None:
    assert tracks_of((), weeks_at_birth(DUE, DUE - timedelta(days=22))) == {Track.PRETERM}
    assert tracks_of((), weeks_at_birth(DUE, DUE - timedelta(days=21))) == frozenset()


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("21/12/2026", "problem.told_birth.in_future"),
        ("mai", "problem.birth_date.not_a_date"),
        ("ngày mai", "problem.told_birth.in_future"),
        ("31/2/2026", "problem.birth_date.no_such_day"),
        ("29/2/2026", "problem.birth_date.no_such_day"),
        ("15/8/2026", "problem.told_birth.too_early"),
        ("1/1/2001", "problem.told_birth.too_early"),
        ("3/11 hay 4/11", "problem.birth_date.ambiguous"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(typed: str, problem: str) -> None:
    read = read_told_birth(typed, DUE, DUE)
    assert getattr(read, "key", read) == problem


def test_the_first_day_that_is_taken_is_the_beginning_of_the_22nd_week() -> None:
    first = earliest_birth(DUE)
    assert read_told_birth(first.isoformat(), DUE, DUE) == first.isoformat()
    assert getattr(read_told_birth((first - timedelta(days=1)).isoformat(), DUE, DUE), "key", "") != ""


@pytest.mark.parametrize(("typed", "meant"), [("1", "girl"), ("2", "boy"), ("5", "girl_and_boy"), ("girls", "girls")])
def test_newborns_are_taken_by_button_or_number(typed: str, meant: str) -> None:
    assert read_newborns(typed) == meant


@pytest.mark.parametrize(("typed", "key"), [("6", "newborns.more"), ("more", "newborns.more"), ("7", "choose")])
def test_three_children_are_told_to_a_person(typed: str, key: str) -> None:
    assert getattr(read_newborns(typed), "key", "") == f"problem.{key}"


@given(st.text(max_size=30))
def test_whatever_is_typed_about_the_newborns_is_read_or_refused(typed: str) -> None:
    read = read_newborns(typed)
    assert read in set(Newborns) or getattr(read, "key", "").startswith("problem.")


def test_the_question_is_open_from_the_due_date_for_two_weeks() -> None:
    question = birth_question(AWAITED, JOINED)
    assert (question.word, question.from_on, question.until_on) == ("", DUE, DUE + timedelta(days=14))
    assert not question.is_open(DUE - timedelta(days=1))
    assert question.is_open(DUE)
    assert not question.is_open(DUE + ASKED_FOR)


def test_who_joins_on_the_due_date_is_asked_the_day_after() -> None:
    assert birth_question(AWAITED, DUE).from_on == DUE + timedelta(days=1)


@given(days)
def test_who_joins_two_weeks_late_is_never_asked_by_us(today: date) -> None:
    assert not birth_question(AWAITED, DUE + ASKED_FOR - timedelta(days=1)).is_open(today)


def test_after_not_yet_the_question_comes_once_more_in_a_week() -> None:
    question = birth_question(answered_not_yet(DUE + timedelta(days=2)), JOINED)
    assert (question.word, question.from_on) == (AGAIN, DUE + timedelta(days=2) + ASKED_AGAIN_AFTER)


@given(days)
def test_a_person_asks_when_the_question_is_over_and_not_before(answered: date) -> None:
    for awaited in (AWAITED, answered_not_yet(max(answered, DUE))):
        assert asked_by_person_from(awaited) == birth_question(awaited, JOINED).until_on


@pytest.mark.parametrize(
    ("born", "six"),
    [
        (date(2020, 12, 31), date(2026, 12, 31)),
        (date(2024, 2, 29), date(2030, 3, 1)),
        (date(2018, 2, 28), date(2024, 2, 28)),
        (date(2022, 2, 28), date(2028, 2, 28)),
    ],
)
def test_six_years_are_complete_on_the_birthday(born: date, six: date) -> None:
    assert six_years_on(born) == six
    assert is_six(born, six)
    assert not is_six(born, six - timedelta(days=1))
    assert farewell_ends_on(born) == six + timedelta(days=30)


def test_a_farewell_is_known_by_its_occasion() -> None:
    assert is_farewell(farewell_occasion(ChildId(7)))
    assert not is_farewell("child:7")

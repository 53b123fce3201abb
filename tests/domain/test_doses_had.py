"""What a child has had before she came to us: what is asked, how typed days are read, what is made of the answers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.schedules.loading import load_schedules
from domain.doses_had import ExpectedDose, by_day, expected_doses, guessed_days, months_of, still_unknown
from domain.forms.doses_had import (
    DOSES_HAD,
    MOST_DAYS,
    MOST_OF_A_DAY,
    doses_asked,
    given_answers,
    read_dose_day,
    read_months_had,
    told_doses,
    told_twice,
)
from domain.forms.form import Answers, Problem, next_question, with_answer
from domain.given_days import Problem as DayProblem
from domain.given_days import parse_given_day
from domain.sex import Sex
from domain.vaccination.engine import Case, assess
from domain.vaccination.forecast import SeriesStatus
from domain.vaccination.history import GivenDose

SCHEDULES = load_schedules()
BORN, TODAY = date(2026, 6, 15), date(2026, 11, 22)


def expected(
    key: str = "vn-epi", born: date = BORN, today: date = TODAY, gates: frozenset[str] = frozenset()
) -> tuple[ExpectedDose, ...]:
    return expected_doses(SCHEDULES[key], Case(born, Sex.FEMALE, today, ()), lambda _day: gates)


def draft(**answers: str | None) -> Answers:
    known = given_answers(expected(), {}, child="An", born_on=BORN, zone="Asia/Ho_Chi_Minh")
    found = dict(known)
    for name, answer in answers.items():
        found = with_answer(DOSES_HAD, found, name, answer)
    return found


def told(answers: Answers) -> list[str]:
    return [f"{dose.vaccine} {dose.number} {dose.given_on or '?'}" for dose in told_doses(answers)]


def test_an_at_five_months_could_have_had_what_quang_ninh_gave_until_then() -> None:
    found = [(doses[0].due_on.isoformat(), " ".join(dose.vaccine for dose in doses)) for doses in by_day(expected())]
    assert found == [
        ("2026-06-15", "HEPB0 BCG"),
        ("2026-08-15", "PENTA OPV"),
        ("2026-09-15", "PENTA OPV"),
        ("2026-10-15", "PENTA OPV"),
        ("2026-11-15", "IPV"),
    ]


def test_the_ages_are_those_of_the_schedule() -> None:
    grown = expected(born=date(2024, 5, 1))
    assert months_of(grown, date(2024, 5, 1)) == (0, 2, 3, 4, 5, 9, 12, 18, 24)
    chinese = expected("cn-nip", born=date(2025, 3, 1))
    assert months_of(chinese, date(2025, 3, 1))[:5] == (0, 1, 2, 3, 4)


def test_what_was_not_offered_on_its_day_is_not_asked_for() -> None:
    assert "ROTA2" not in {dose.vaccine for dose in expected()}
    assert "ROTA2" in {dose.vaccine for dose in expected(gates=frozenset({"rota"}))}
    since = expected_doses(
        SCHEDULES["vn-epi"],
        Case(BORN, Sex.FEMALE, TODAY, ()),
        lambda day: frozenset({"rota"}) if day >= date(2026, 9, 1) else frozenset(),
    )
    assert next(dose.due_on for dose in since if dose.vaccine == "ROTA2") >= date(2026, 9, 1)


def test_what_is_written_down_already_is_not_asked_for() -> None:
    doses = (GivenDose("HEPB0", BORN), GivenDose("PENTA", date(2026, 8, 15)), GivenDose("OPV", None))
    found = assess(SCHEDULES["vn-epi"], Case(BORN, Sex.FEMALE, TODAY, doses))
    left = [f"{dose.vaccine} {dose.number}" for dose in still_unknown(expected(), found.evaluations)]
    assert left == ["BCG 1", "PENTA 2", "OPV 2", "PENTA 3", "OPV 3", "IPV 1"]


@pytest.mark.parametrize("key", ["vn-epi", "cn-nip"])
@given(st.dates(date(2020, 11, 23), TODAY))
def test_every_child_under_six_finds_room_in_the_form(key: str, born: date) -> None:
    days = by_day(expected(key, born, gates=frozenset(SCHEDULES[key].gates)))
    assert len(days) <= MOST_DAYS
    assert max(map(len, days), default=0) <= MOST_OF_A_DAY


@given(st.dates(date(2020, 11, 23), TODAY))
def test_a_child_who_had_all_of_them_on_their_days_lacks_nothing_today(born: date) -> None:
    given_doses = tuple(GivenDose(dose.vaccine, dose.due_on) for dose in expected(born=born))
    found = assess(SCHEDULES["vn-epi"], Case(born, Sex.FEMALE, TODAY, given_doses))
    assert [dose.group for dose in found.forecasts if dose.is_due(TODAY)] == []
    assert all(one.valid for one in found.evaluations)


def test_all_up_to_four_months_are_doses_of_which_nobody_knows_the_day() -> None:
    answers = draft(how="all", told_from="heart", up_to="4")
    assert next_question(DOSES_HAD, answers) is None
    assert told(answers) == [
        "HEPB0 1 ?", "BCG 1 ?", "PENTA 1 ?", "OPV 1 ?", "PENTA 2 ?", "OPV 2 ?", "PENTA 3 ?", "OPV 3 ?",
    ]  # fmt: skip


def test_all_up_to_four_months_silences_them_and_gives_no_interval() -> None:
    doses = tuple(GivenDose(dose.vaccine, None) for dose in told_doses(draft(how="all", told_from="card", up_to="4")))
    found = {one.group: one for one in assess(SCHEDULES["vn-epi"], Case(BORN, Sex.FEMALE, TODAY, doses)).forecasts}
    assert found["penta_primary"].status is SeriesStatus.COMPLETE
    assert found["ipv"].is_due(TODAY)


def test_several_vaccines_of_one_day_are_told_with_one_date() -> None:
    answers = draft(how="dates", told_from="card", day_0="2026-06-16", day_1="2026-08-20", day_2="none", day_3="none")
    waits = next_question(DOSES_HAD, answers)
    assert waits is not None
    assert waits.name == "dose_4_0"  # a vaccine alone is asked for alone
    assert told(answers) == ["HEPB0 1 2026-06-16", "BCG 1 2026-06-16", "PENTA 1 2026-08-20", "OPV 1 2026-08-20"]


def test_vaccines_of_different_days_are_asked_for_one_after_the_other() -> None:
    answers = draft(how="dates", told_from="card", day_0="apart")
    waits = next_question(DOSES_HAD, answers)
    assert waits is not None
    assert [dose.vaccine for dose in doses_asked(waits.name, answers)] == ["HEPB0"]
    answers = draft(how="dates", told_from="card", day_0="apart", dose_0_0="2026-06-15", dose_0_1="unknown")
    assert told(answers) == ["HEPB0 1 2026-06-15", "BCG 1 ?"]


def test_without_a_card_nothing_is_kept_and_nothing_more_is_asked() -> None:
    for how in ("no_card", "none"):
        assert next_question(DOSES_HAD, draft(how=how)) is None
        assert told(draft(how=how)) == []


def test_a_vaccine_is_not_taken_twice_on_one_day() -> None:
    answers = draft(how="dates", told_from="card", day_0="2026-06-15", day_1="2026-08-15")
    assert read_dose_day("15/8/2026", answers, TODAY) == Problem("problem.dose_day.twice")
    assert read_dose_day("16/8/2026", answers, TODAY) == "2026-08-16"
    assert told_twice(with_answer(DOSES_HAD, answers, "day_2", "2026-08-15")) == "day_2"
    # Another vaccine may well have been given on that day.
    apart = draft(how="dates", told_from="card", day_0="2026-06-15", day_1="apart", dose_1_0="2026-08-15")
    assert read_dose_day("15/8/2026", apart, TODAY) == "2026-08-15"


def test_a_vaccine_is_not_taken_on_a_day_on_which_it_is_written_down() -> None:
    written = {"PENTA": frozenset({date(2026, 8, 15)})}
    known = given_answers(expected()[4:], written, child="An", born_on=BORN, zone="Asia/Ho_Chi_Minh")
    answers = with_answer(DOSES_HAD, {**known, "how": "dates"}, "told_from", "card")
    assert read_dose_day("15/8/2026", answers, TODAY) == Problem("problem.dose_day.twice")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("20/8/2026", date(2026, 8, 20)),
        ("20-8", date(2026, 8, 20)),
        ("20 tháng 8", date(2026, 8, 20)),
        ("8月20日", date(2026, 8, 20)),
        ("hôm qua", date(2026, 11, 21)),
        ("15/6/2026", BORN),
        ("hôm nay", TODAY),
        ("23/11/2026", DayProblem.IN_FUTURE),
        ("23/11", DayProblem.IN_FUTURE),
        ("ngày mai", DayProblem.IN_FUTURE),
        ("14/6/2026", DayProblem.BEFORE_BIRTH),
        ("14/6", DayProblem.BEFORE_BIRTH),
        ("31/9/2026", DayProblem.NO_SUCH_DAY),
        ("31/9", DayProblem.NO_SUCH_DAY),
        ("20/8 và 20/9", DayProblem.AMBIGUOUS),
        ("rồi", DayProblem.NOT_A_DATE),
        ("", DayProblem.NOT_A_DATE),
        ("🎈" * 500, DayProblem.NOT_A_DATE),
    ],
)
def test_a_typed_day_lies_between_birth_and_today(typed: str, found: date | DayProblem) -> None:
    assert parse_given_day(typed, BORN, TODAY) == found


def test_a_day_without_its_year_is_never_guessed() -> None:
    born = date(2024, 5, 1)
    assert parse_given_day("20/8", born, TODAY) is DayProblem.NEEDS_YEAR
    assert parse_given_day("20/8 năm ngoái", born, TODAY) == date(2025, 8, 20)
    assert parse_given_day("20/12", date(2025, 12, 1), TODAY) == date(2025, 12, 20)


@pytest.mark.parametrize(
    ("typed", "months"),
    [("4", "4"), ("4 tháng", "4"), ("满4个月", "4"), ("0", "0"), ("1", None), ("18", None), ("x", None)],
)
def test_only_an_age_that_she_has_reached_is_taken(typed: str, months: str | None) -> None:
    assert read_months_had(typed, draft(how="all", told_from="heart")) == (months or Problem("problem.choose"))


def test_two_doses_of_one_vaccine_never_get_the_same_guessed_day() -> None:
    answers = draft(how="all", told_from="heart", up_to="4")
    days = guessed_days(told_doses(answers), {"PENTA": frozenset({date(2026, 8, 15)})})
    kept = list(zip([dose.vaccine for dose in told_doses(answers)], days, strict=True))
    assert len(set(kept)) == len(kept)
    assert ("PENTA", date(2026, 8, 14)) in kept
    assert all(BORN - timedelta(days=1) < day <= TODAY for day in days)

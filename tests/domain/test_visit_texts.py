"""Which words go with An's visit: those of the youngest scheduled visit among what is due. No danger sign is lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.aftercare import Advice, Answer
from domain.care.forecast import CareForecast
from domain.care.plan import CareKind
from domain.vaccination.ages import Age
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.vaccination.sources import NO_SOURCE
from domain.visit_texts import (
    FEVER_LIMITS,
    NO_VISIT_TEXTS,
    ChildAtVisit,
    ScheduledVisit,
    Sign,
    VisitStep,
    VisitTexts,
    left_out,
    step_of_reminder,
)
from domain.visits import Needs

DAY = date(2026, 12, 5)
BORN = date(2026, 10, 1)
MONTH02 = ScheduledVisit(
    "month02", Age(4), frozenset({("penta_primary", 1), ("opv", 1)}), frozenset({"checkup_2_3_months"})
)
MONTH03 = ScheduledVisit("month03", Age(5), frozenset({("penta_primary", 2)}))
MONTH09 = ScheduledVisit("month09", Age(12), frozenset({("mcv", 1)}), frozenset({"checkup_7_9_months"}))
TEXTS = VisitTexts(
    {"VN": (MONTH02, MONTH03, MONTH09), "CN": (ScheduledVisit("month04", Age(6), frozenset({("penta_primary", 1)})),)}
)
INJECTION, FIRST_WEEKS = Advice.INJECTION, Advice.FIRST_WEEKS
SIGNS = (
    Sign(Answer.HIGH_FEVER, frozenset({INJECTION}), ("fever of 39",)),
    Sign(Answer.HOT_OR_COLD, frozenset({FIRST_WEEKS}), ("37.5 or more",)),
    Sign(Answer.FIT, frozenset({INJECTION, FIRST_WEEKS}), ("a fit",)),
    Sign(Answer.DRINKING, frozenset({INJECTION}), ("not feeding", "not drinking")),
    Sign(Answer.CRYING, frozenset({INJECTION}), ("crying over 3 hours",)),
)


def dose(series: str, number: int | None) -> DoseForecast:
    return DoseForecast(series, number, "X", SeriesStatus.NOT_COMPLETE, due=DAY, series=series)


def needs(*doses: DoseForecast, checkup: str = "") -> Needs:
    care = CareForecast(checkup, CareKind.CHECKUP, DAY, DAY, None, DAY, source=NO_SOURCE)
    return Needs(doses, (care,) if checkup else ())


def before(*due: Needs, country: str = "VN", born: date = BORN, on: date = DAY) -> str:
    return TEXTS.key(country, [ChildAtVisit(born, on, one) for one in due], VisitStep.BEFORE)


def test_a_visit_is_spoken_of_in_the_words_of_its_own_age() -> None:
    assert before(needs(dose("penta_primary", 1), dose("opv", 1))) == "visits.vn.month02.before"
    assert before(needs(dose("mcv", 1))) == "visits.vn.month09.before"


@pytest.mark.parametrize(
    ("on", "key"),
    [
        (date(2027, 1, 31), "visits.vn.month02.before"),
        (date(2027, 2, 1), "visits.any.before"),
        (date(2029, 10, 1), "visits.any.before"),
    ],
)
def test_who_catches_up_long_after_is_not_spoken_to_as_of_a_small_baby(on: date, key: str) -> None:
    assert before(needs(dose("penta_primary", 1)), on=on) == key


def test_who_catches_up_reads_the_words_of_the_youngest_visit_of_the_age() -> None:
    late = needs(dose("penta_primary", 1), dose("mcv", 1))
    assert before(late, on=date(2027, 7, 1)) == "visits.vn.month09.before"


def test_of_siblings_each_counts_by_its_own_age() -> None:
    both = [ChildAtVisit(born, DAY, needs(dose("penta_primary", 1))) for born in (date(2024, 1, 1), BORN)]
    assert TEXTS.key("VN", both, VisitStep.DAY) == "visits.vn.month02.day"
    assert TEXTS.key("VN", both[:1], VisitStep.DAY) == "visits.any.day"


def test_of_several_visits_of_the_age_the_youngest_gives_the_words() -> None:
    assert before(needs(dose("mcv", 1), dose("penta_primary", 2))) == "visits.vn.month03.before"
    assert before(needs(dose("mcv", 1), dose("penta_primary", 1), checkup="checkup_7_9_months")).endswith("02.before")


def test_a_check_up_alone_has_words_as_well() -> None:
    assert before(needs(checkup="checkup_7_9_months")) == "visits.vn.month09.before"


def test_siblings_share_the_words_of_the_youngest_visit_among_all_their_doses() -> None:
    assert before(needs(dose("mcv", 1)), needs(dose("penta_primary", 1))) == "visits.vn.month02.before"
    assert before(needs(dose("penta_primary", 1)), needs(dose("mcv", 1))) == "visits.vn.month02.before"


def test_what_is_none_of_the_scheduled_visits_has_the_generic_words() -> None:
    assert before(needs(dose("hpv", 1))) == before(needs(dose("penta_primary", None))) == "visits.any.before"
    assert before(needs(dose("penta_primary", 4))) == before(Needs()) == "visits.any.before"
    assert before(needs(dose("penta_primary", 1)), country="LA") == "visits.any.before"
    an = ChildAtVisit(BORN, DAY, needs(dose("mcv", 1)))
    assert NO_VISIT_TEXTS.key("VN", [an], VisitStep.WHY) == "visits.any.why"


def test_each_country_has_visits_of_its_own() -> None:
    assert before(needs(dose("penta_primary", 1)), country="CN") == "visits.cn.month04.before"


def test_a_week_ahead_it_is_to_be_prepared_and_on_the_eve_it_is_to_be_made_easy() -> None:
    steps = {days: step_of_reminder(days) for days in (7, 3, 1, 0)}
    assert steps == {7: VisitStep.BEFORE, 3: VisitStep.DAY, 1: VisitStep.DAY, 0: VisitStep.DAY}


def test_a_text_that_names_every_sign_takes_the_place_of_the_general_one() -> None:
    words = "Fever of 39, a fit, not drinking, Crying over 3 hours: do not wait."
    assert left_out(INJECTION, words, SIGNS) == ()


def test_a_sign_that_it_does_not_name_is_to_be_said_besides() -> None:
    assert left_out(INJECTION, "Fever of 39, not feeding: do not wait.", SIGNS) == (Answer.FIT, Answer.CRYING)


def test_the_limit_of_fever_is_never_said_besides_so_the_general_text_stays() -> None:
    newborn, later = "37.5 or more, a fit: do not wait.", "Fever of 39, a fit, not feeding, crying over 3 hours."
    assert left_out(INJECTION, newborn, SIGNS) is None
    assert left_out(FIRST_WEEKS, later, SIGNS) is None
    assert left_out(FIRST_WEEKS, newborn, SIGNS) == ()


def test_what_is_not_known_to_name_signs_gives_its_place_to_nothing() -> None:
    assert left_out(Advice.DROPS, "Fever of 39, 37.5 or more, a fit.", SIGNS) is None
    assert left_out(INJECTION, "Fever of 39.", ()) is None


@given(st.sampled_from((INJECTION, FIRST_WEEKS, Advice.DROPS)), st.sets(st.sampled_from(SIGNS)))
def test_whatever_a_text_names_no_sign_of_the_general_one_is_lost(general: Advice, named: set[Sign]) -> None:
    text = ", ".join(sign.words[-1] for sign in named)
    missing = left_out(general, text, SIGNS)
    wanted = {sign.answer for sign in SIGNS if general in sign.of}
    if missing is not None:
        assert wanted <= {sign.answer for sign in named} | set(missing)
        assert FEVER_LIMITS & wanted <= {sign.answer for sign in named}

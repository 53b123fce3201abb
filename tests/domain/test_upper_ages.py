"""Upper ages of a province: a later one lets doses count longer, an earlier one ends what is asked for."""

from datetime import date

import pytest

from content.schedules.loading import load_schedules
from domain.province_rules import ProvinceRules
from domain.sex import Sex
from domain.vaccination.ages import Age
from domain.vaccination.engine import Assessment, Case, assess
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.vaccination.history import GivenDose
from domain.vaccination.upper_ages import least_age_of, upper_age_of, with_later_ages

SCHEDULES = load_schedules()
VIETNAM, CHINA = SCHEDULES["vn-epi"], SCHEDULES["cn-nip"]
BORN = date(2026, 1, 15)


def judged(ages: dict[str, str], given: list[tuple[str, date]], today: date) -> Assessment:
    """As the forecaster and the province's rules do it together."""
    own = {group: Age.parse(age) for group, age in ages.items()}
    doses = tuple(GivenDose(vaccine, on) for vaccine, on in given)
    case = Case(BORN, Sex.FEMALE, today, doses, frozenset({"rota", "pcv"}))
    found = assess(with_later_ages(VIETNAM, own), case)
    return ProvinceRules(upper_ages=own).within_upper_ages(found, BORN, today)


def next_of(assessment: Assessment, group: str) -> DoseForecast:
    return next(one for one in assessment.forecasts if one.group == group)


def is_valid(assessment: Assessment, vaccine: str, group: str) -> bool:
    return next(one.valid for one in assessment.evaluations if (one.vaccine, one.group) == (vaccine, group))


def test_a_dose_given_before_the_provinces_later_age_counts() -> None:
    given = [("ROTA2", date(2026, 8, 1))]
    today = date(2026, 8, 2)
    assert not is_valid(judged({}, given, today), "ROTA2", "rota")
    later = judged({"rota": "24 months"}, given, today)
    assert is_valid(later, "ROTA2", "rota")
    second = next_of(later, "rota")
    assert (second.dose_number, second.status) == (2, SeriesStatus.NOT_COMPLETE)
    assert second.latest == date(2028, 1, 14)


@pytest.mark.parametrize(
    ("today", "status"),
    [(date(2028, 1, 14), SeriesStatus.NOT_COMPLETE), (date(2028, 1, 15), SeriesStatus.AGED_OUT)],
)
def test_a_later_age_is_asked_for_up_to_its_last_day(today: date, status: SeriesStatus) -> None:
    assert next_of(judged({"rota": "24 months"}, [], today), "rota").status is status


def test_a_lowered_age_makes_a_dose_aged_out() -> None:
    today = date(2028, 1, 15)
    first = [("MEASLES", date(2026, 10, 15))]
    assert next_of(judged({}, first, today), "mcv").status is SeriesStatus.NOT_COMPLETE
    assert next_of(judged({"mcv": "25 months"}, first, today), "mcv").latest == date(2028, 2, 14)
    assert next_of(judged({"mcv": "24 months"}, first, today), "mcv").status is SeriesStatus.AGED_OUT


def test_what_was_given_before_the_age_was_lowered_still_counts() -> None:
    given = [("MEASLES", date(2026, 10, 15)), ("MR", date(2028, 1, 10))]
    lowered = judged({"mcv": "20 months"}, given, date(2028, 1, 15))
    assert is_valid(lowered, "MR", "mcv")
    assert next_of(lowered, "mcv").status is SeriesStatus.COMPLETE


def test_an_earlier_age_of_the_schedule_stands_within_a_lowered_one() -> None:
    forecast = next_of(judged({"rota": "60 months"}, [], date(2026, 3, 15)), "rota")
    assert forecast.latest == date(2031, 1, 14)
    assert next_of(judged({"bcg": "6 months"}, [], date(2026, 3, 15)), "bcg").latest == date(2026, 7, 14)


def test_a_schedule_without_later_ages_stays_the_very_same() -> None:
    assert with_later_ages(VIETNAM, {}) is VIETNAM
    assert with_later_ages(VIETNAM, {"bcg": Age(6), "mcv": Age(60), "vitamin_a": Age(60)}) is VIETNAM
    raised = with_later_ages(VIETNAM, {"rota": Age(24)})
    assert [group for group in raised.groups if group.key != "rota"] == [
        group for group in VIETNAM.groups if group.key != "rota"
    ]


def test_only_the_doses_with_the_groups_last_age_are_raised() -> None:
    group = next(one for one in with_later_ages(CHINA, {"dtap": Age(96)}).groups if one.key == "dtap")
    before = next(one for one in CHINA.groups if one.key == "dtap")
    assert upper_age_of(before) == Age(84)
    assert upper_age_of(group) == Age(96)
    assert least_age_of(group) == least_age_of(before) == Age(2)
    unlimited = [rule.number for rule in before.doses if all(ages.maximum is None for ages in rule.ages)]
    assert [rule.number for rule in group.doses if all(ages.maximum is None for ages in rule.ages)] == unlimited

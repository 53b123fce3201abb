"""What holds for every child and every history, by both countries' schedules."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.schedules.loading import load_schedules
from domain.sex import Sex
from domain.vaccination.dose_rules import DoseRule
from domain.vaccination.engine import Assessment, Case, assess
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.vaccination.history import UNKNOWN_VACCINE, GivenDose
from domain.vaccination.schedule import Schedule

SCHEDULES = load_schedules()
KEYS = pytest.mark.parametrize("key", ["vn-epi", "cn-nip"])

FEW = settings(max_examples=40, deadline=None)

births = st.dates(min_value=date(2020, 1, 1), max_value=date(2026, 6, 30))
ages = st.integers(0, 2600)


@st.composite
def children(draw: st.DrawFn) -> tuple[date, date, list[tuple[str, int | None]]]:
    """A birth date, a day, and doses as (vaccine by its place in the schedule, age in days or unknown)."""
    born = draw(births)
    today = born + timedelta(days=draw(ages))
    drawn = draw(st.lists(st.tuples(st.integers(0, 30), st.one_of(ages, st.none())), max_size=12))
    return born, today, [(str(place), days) for place, days in drawn]


def case_of(schedule: Schedule, child: tuple[date, date, list[tuple[str, int | None]]], *, dated: bool = False) -> Case:
    born, today, drawn = child
    codes = [*schedule.vaccines, UNKNOWN_VACCINE]
    doses = [
        GivenDose(codes[int(place) % len(codes)], None if days is None else born + timedelta(days=days))
        for place, days in drawn
    ]
    kept = [dose for dose in doses if dose.given_on is not None or not dated]
    return Case(born, Sex.FEMALE, today, tuple(kept), frozenset(schedule.gates))


def rules_of(schedule: Schedule, dose: DoseForecast) -> list[DoseRule]:
    """The rule of a forecast dose; more than one where two doses say the same of themselves."""
    return [
        rule
        for group in schedule.groups
        for target in group.targets
        for series in target.series
        for rule in series.doses
        if (series.key, rule.source, rule.offered) == (dose.series, dose.source, dose.vaccine)
    ]


def by_group(found: Assessment) -> dict[str, DoseForecast]:
    return {dose.group: dose for dose in found.forecasts}


def to_come(found: Assessment) -> list[DoseForecast]:
    return [dose for dose in found.forecasts if dose.status is SeriesStatus.NOT_COMPLETE]


@KEYS
@FEW
@given(child=children())
def test_no_dose_is_ever_forecast_before_its_minimum_age(
    key: str, child: tuple[date, date, list[tuple[str, int | None]]]
) -> None:
    schedule = SCHEDULES[key]
    case = case_of(schedule, child)
    for dose in to_come(assess(schedule, case)):
        ages = [rule.ages_on(case.today) for rule in rules_of(schedule, dose)]
        youngest = min(age.minimum.after(case.birth_date) if age and age.minimum else case.birth_date for age in ages)
        assert dose.earliest is not None
        assert dose.due is not None
        assert youngest <= dose.earliest <= dose.due
        assert dose.overdue is None or dose.earliest <= dose.overdue
        assert dose.latest is None or max(dose.earliest, case.today) <= dose.latest


@KEYS
@FEW
@given(child=children())
def test_a_dose_given_on_its_earliest_day_counts_and_takes_the_child_further(
    key: str, child: tuple[date, date, list[tuple[str, int | None]]]
) -> None:
    schedule = SCHEDULES[key]
    case = case_of(schedule, child, dated=True)
    for dose in to_come(assess(schedule, case)):
        assert dose.earliest is not None
        on = max(dose.earliest, case.today)
        given_then = replace(case, today=on, given=(*case.given, GivenDose(dose.vaccine, on)))
        later = [one for one in case.given if one.given_on and case.today < one.given_on <= on]
        if later:
            continue
        found = assess(schedule, given_then)
        judged = [one for one in found.evaluations if (one.dose, one.group) == (len(case.given), dose.group)]
        assert [one.reason for one in judged] == [None], dose
        now = by_group(found)[dose.group]
        if now.status is SeriesStatus.NOT_COMPLETE:
            assert (now.dose_number or 0) > (dose.dose_number or 0)


@KEYS
@FEW
@given(child=children())
def test_a_valid_dose_never_makes_more_doses_needed(
    key: str, child: tuple[date, date, list[tuple[str, int | None]]]
) -> None:
    schedule = SCHEDULES[key]
    case = case_of(schedule, child, dated=True)
    past = [one for one in case.given if one.given_on and one.given_on <= case.today]
    known = replace(case, given=tuple(past))
    before = by_group(assess(schedule, known))
    for dose in to_come(assess(schedule, known)):
        if not dose.is_due(case.today):
            continue
        after = by_group(assess(schedule, replace(known, given=(*past, GivenDose(dose.vaccine, case.today)))))
        for group, old in before.items():
            new = after[group]
            if old.status is SeriesStatus.COMPLETE:
                assert new.status is SeriesStatus.COMPLETE
            if new.status is old.status is SeriesStatus.NOT_COMPLETE:
                assert (new.dose_number or 0) >= (old.dose_number or 0)


@KEYS
@FEW
@given(child=children(), data=st.data())
def test_the_order_in_which_doses_are_told_does_not_matter(
    key: str, child: tuple[date, date, list[tuple[str, int | None]]], data: st.DataObject
) -> None:
    schedule = SCHEDULES[key]
    case = case_of(schedule, child)
    places = data.draw(st.permutations(range(len(case.given))))
    turned = replace(case, given=tuple(case.given[place] for place in places))
    found, again = assess(schedule, case), assess(schedule, turned)
    assert again.forecasts == found.forecasts
    judged = sorted(
        (one.vaccine, str(one.given_on), one.group, one.valid, str(one.reason)) for one in found.evaluations
    )
    assert judged == sorted(
        (one.vaccine, str(one.given_on), one.group, one.valid, str(one.reason)) for one in again.evaluations
    )


def test_two_of_one_day_that_did_not_count_stand_in_one_order_however_they_were_told() -> None:
    schedule, born = SCHEDULES["cn-nip"], date(2020, 1, 1)
    vaccines = sorted(code for code, groups in schedule.groups_of.items() if "hepa" in groups)
    case = replace(case_of(schedule, (born, born, [])), given=tuple(GivenDose(code, born) for code in vaccines))
    found, again = assess(schedule, case), assess(schedule, replace(case, given=case.given[::-1]))
    (hepatitis,) = (one for one in found.forecasts if one.group == "hepa")
    assert [dose.vaccine for dose in hepatitis.not_counted] == vaccines
    assert again.forecasts == found.forecasts


@KEYS
@FEW
@given(child=children())
def test_a_vaccine_that_nobody_can_name_changes_no_date(
    key: str, child: tuple[date, date, list[tuple[str, int | None]]]
) -> None:
    schedule = SCHEDULES[key]
    case = case_of(schedule, child)
    told = replace(case, given=(*case.given, GivenDose(UNKNOWN_VACCINE, case.birth_date)))
    assert assess(schedule, told).forecasts == assess(schedule, case).forecasts

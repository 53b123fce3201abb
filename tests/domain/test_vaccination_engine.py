"""Each construct of the engine by itself, mostly on small schedules made for it: on its day and the day before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from content.schedules.loading import load_schedules
from domain.sex import Sex
from domain.vaccination.ages import Age
from domain.vaccination.dose_rules import AgeRule, DoseRule, Interval, Product, Reference, ReferenceKind
from domain.vaccination.engine import Assessment, Case, Exemption, assess
from domain.vaccination.forecast import DoseForecast, EarliestBy, SeriesStatus
from domain.vaccination.history import UNKNOWN_VACCINE, GivenDose
from domain.vaccination.in_force import InForce
from domain.vaccination.reasons import Reason
from domain.vaccination.schedule import Apart, Group, Schedule, Series, Taken, Target, Vaccine
from domain.vaccination.skip_rules import (
    AgeCondition,
    Comparison,
    Context,
    CountCondition,
    IntervalCondition,
    Skip,
    SkipSet,
)

BORN = date(2024, 1, 10)
TODAY = date(2026, 1, 10)
VN = load_schedules()["vn-epi"]
CN = load_schedules()["cn-nip"]


def age(text: str) -> Age:
    return Age.parse(text)


def dose(number: int, vaccines: str, *, ages: Sequence[AgeRule] = (), **rules: object) -> DoseRule:
    products = tuple(Product(code) for code in vaccines.split())
    return replace(DoseRule(number, products, ages=tuple(ages)), **rules)  # type: ignore[arg-type]


def schedule(
    *doses: DoseRule, apart: Mapping[str, Mapping[str, Apart]] | None = None, grace_after_early: bool = True
) -> Schedule:
    """One group with one series."""
    return of_groups(
        Group("g", (target("t", Series("s", doses)),)), apart=apart or {}, grace_after_early=grace_after_early
    )


def target(key: str, *series: Series) -> Target:
    codes = {code for one in series for rule in one.doses for code in (*rule.vaccines, *rule.inadvertent)}
    return Target(key, series, dict.fromkeys(codes, Taken()))


def of_groups(
    *groups: Group, apart: Mapping[str, Mapping[str, Apart]] | None = None, grace_after_early: bool = True
) -> Schedule:
    codes = {code for group in groups for code in group.vaccines} | {"OTHER"}
    vaccines = {code: Vaccine(code) for code in codes}
    return Schedule(
        "made", "1", "XX", BORN, None, vaccines, {}, groups, apart or {}, grace_after_early=grace_after_early
    )


def child(rules: Schedule, *given: str, today: date = TODAY, **more: object) -> Assessment:
    """ "A 2024-03-10" is a dose; "A ?" one without a day."""
    pairs = [text.split() for text in given]
    doses = tuple(GivenDose(code, None if day == "?" else date.fromisoformat(day)) for code, day in pairs)
    return assess(rules, replace(Case(BORN, Sex.FEMALE, today, doses), **more))  # type: ignore[arg-type]


def reasons(found: Assessment, group: str = "g") -> list[Reason | None]:
    return [one.reason for one in found.evaluations if one.group == group]


def forecast(found: Assessment, group: str = "g") -> DoseForecast:
    return next(one for one in found.forecasts if one.group == group)


TWO_MONTHS = AgeRule(minimum=Age(months=2), absolute=Age(days=42))
FOUR_WEEKS = Interval(minimum=Age(days=28), absolute=Age(days=24))
TWO = (dose(1, "A", ages=[TWO_MONTHS]), dose(2, "A", ages=[AgeRule(minimum=Age(months=3))], intervals=(FOUR_WEEKS,)))


@pytest.mark.parametrize(
    ("day", "reason"), [("2024-02-20", Reason.TOO_YOUNG), ("2024-02-21", None), ("2024-03-09", None)]
)
def test_a_dose_counts_from_the_absolute_minimum_age(day: str, reason: Reason | None) -> None:
    found = child(schedule(*TWO), f"A {day}")
    assert reasons(found) == [reason]


def test_what_came_too_early_says_by_how_many_days_and_from_when_it_would_have_counted() -> None:
    (one,) = child(schedule(*TWO), "A 2024-02-18").evaluations
    assert (one.valid, one.reason, dict(one.details)) == (
        False,
        Reason.TOO_YOUNG,
        {"days": 3, "from_day": date(2024, 2, 21)},
    )


def test_what_came_too_soon_names_the_dose_before() -> None:
    found = child(schedule(*TWO), "A 2024-05-10", "A 2024-05-30")
    assert dict(found.evaluations[1].details) == {
        "days": 4,
        "from_day": date(2024, 6, 3),
        "previous_day": date(2024, 5, 10),
    }


@pytest.mark.parametrize(("grace_after_early", "expected"), [(True, None), (False, Reason.TOO_SOON)])
def test_days_of_grace_after_a_dose_that_was_too_early_are_the_schedules_choice(
    grace_after_early: bool, expected: Reason | None
) -> None:
    rules = schedule(*TWO, grace_after_early=grace_after_early)
    found = child(rules, "A 2024-05-10", "A 2024-05-30", "A 2024-06-25")
    assert reasons(found) == [None, Reason.TOO_SOON, expected]


def test_an_interval_runs_from_the_dose_before_even_when_that_did_not_count() -> None:
    found = forecast(child(schedule(*TWO), "A 2024-05-10", "A 2024-05-30"))
    assert (found.dose_number, found.earliest, found.earliest_by) == (2, date(2024, 6, 27), EarliestBy.INTERVAL)


@pytest.mark.parametrize(("day", "reason"), [("2024-09-09", Reason.TOO_SOON), ("2024-09-10", None)])
def test_several_intervals_must_all_be_kept(day: str, reason: Reason | None) -> None:
    from_first = Interval(minimum=Age(months=6), reference=Reference(ReferenceKind.TARGET, number=1))
    third = dose(3, "A", intervals=(FOUR_WEEKS, from_first))
    found = child(schedule(*TWO, third), "A 2024-03-10", "A 2024-05-10", f"A {day}")
    assert reasons(found)[2] is reason


@pytest.mark.parametrize(("day", "reason"), [("2024-06-09", Reason.TOO_SOON), ("2024-06-10", None)])
def test_an_interval_may_run_from_the_latest_dose_of_some_vaccines(day: str, reason: Reason | None) -> None:
    since_b = Interval(minimum=Age(months=1), reference=Reference(ReferenceKind.LATEST_OF, vaccines=frozenset({"B"})))
    rules = of_groups(
        Group("g", (target("t", Series("s", (dose(1, "A", ages=[TWO_MONTHS], intervals=(since_b,)),))),)),
        Group("h", (target("u", Series("r", (dose(1, "B"),))),)),
    )
    assert reasons(child(rules, "B 2024-04-10", "B 2024-05-10", f"A {day}")) == [reason]


@pytest.mark.parametrize(("day", "reason"), [("2024-05-23", Reason.TOO_SOON), ("2024-05-24", None)])
def test_an_allowable_interval_lets_a_dose_count_that_the_usual_one_would_not(day: str, reason: Reason | None) -> None:
    usual, allowed = Interval(minimum=Age(months=6)), Interval(absolute=Age(days=14))
    second = dose(2, "A", intervals=(usual,), allowable_intervals=(allowed,))
    found = child(schedule(TWO[0], second), "A 2024-05-10", f"A {day}")
    assert reasons(found)[1] is reason


@pytest.mark.parametrize(("day", "reason"), [("2025-01-09", None), ("2025-01-10", Reason.TOO_OLD)])
def test_a_dose_counts_until_the_day_before_the_maximum_age(day: str, reason: Reason | None) -> None:
    rules = schedule(dose(1, "A", ages=[AgeRule(minimum=Age(months=2), maximum=Age(months=12))]))
    found = child(rules, f"A {day}")
    assert reasons(found) == [reason]
    assert forecast(child(rules, today=date(2025, 1, 9))).latest == date(2025, 1, 9)
    assert forecast(child(rules, today=date(2025, 1, 10))).status is SeriesStatus.AGED_OUT


def test_doses_are_judged_by_the_rule_of_their_day_and_forecast_by_todays() -> None:
    old = AgeRule(minimum=Age(months=3), in_force=InForce(until=date(2024, 12, 31)))
    new = AgeRule(minimum=Age(months=14), in_force=InForce(since=date(2025, 1, 1)))
    rules = schedule(dose(1, "A", ages=[old, new]))
    assert reasons(child(rules, "A 2024-04-10")) == [None]
    assert reasons(child(rules, "A 2025-03-09")) == [Reason.TOO_YOUNG]
    assert forecast(child(rules, today=date(2024, 12, 31))).earliest == date(2024, 4, 10)
    assert forecast(child(rules, today=date(2025, 1, 1))).earliest == date(2025, 3, 10)


@pytest.mark.parametrize(
    ("earlier", "day", "reason"),
    [
        ("2024-05-10", "2024-06-02", Reason.LIVE_TOO_NEAR),
        ("2024-05-10", "2024-06-03", None),  # 24 days after a valid dose
        ("2024-02-10", "2024-03-08", Reason.LIVE_TOO_NEAR),  # 27 days after one that was too early
        ("2024-02-10", "2024-03-09", None),
        ("2024-05-10", "2024-05-10", None),  # on the same day
    ],
)
def test_live_vaccines_stand_apart_and_less_after_one_that_counted(
    earlier: str, day: str, reason: Reason | None
) -> None:
    gap = Apart(end=Age(days=28), end_if_valid=Age(days=24))
    rules = of_groups(
        Group("g", (target("t", Series("s", (dose(1, "A", ages=[AgeRule(minimum=Age(months=1))]),))),)),
        Group("h", (target("u", Series("r", (dose(1, "B", ages=[TWO_MONTHS]),))),)),
        apart={"B": {"A": gap}},
    )
    assert reasons(child(rules, f"B {earlier}", f"A {day}")) == [reason]
    waiting = forecast(child(rules, f"B {earlier}", today=date.fromisoformat(earlier)))
    assert waiting.earliest == date.fromisoformat(earlier) + timedelta(days=28)


def skipped(context: Context, *conditions: object) -> tuple[Skip, ...]:
    return (Skip(frozenset({context}), (SkipSet(tuple(conditions)),)),)  # type: ignore[arg-type]


@pytest.mark.parametrize(("today", "status"), [("2025-01-09", "not_complete"), ("2025-01-10", "complete")])
def test_a_forecast_passes_over_a_dose_by_todays_age(today: str, status: str) -> None:
    second = replace(TWO[1], skips=skipped(Context.FORECAST, AgeCondition(begin=Age(months=12))))
    found = child(schedule(TWO[0], second), "A 2024-03-10", today=date.fromisoformat(today))
    assert forecast(found).status.value == status


def test_a_given_dose_passes_over_by_the_age_on_its_own_day() -> None:
    second = replace(TWO[1], skips=skipped(Context.EVALUATION, AgeCondition(begin=Age(months=12))))
    third = dose(3, "A", ages=[AgeRule(minimum=Age(months=12))], intervals=(FOUR_WEEKS,))
    rules = schedule(TWO[0], second, third)
    assert forecast(child(rules, "A 2024-03-10", "A 2025-01-10")).status is SeriesStatus.COMPLETE
    assert forecast(child(rules, "A 2024-03-10", "A 2025-01-09")).dose_number == 3


@pytest.mark.parametrize(("day", "count"), [("2024-11-09", 3), ("2024-11-10", None)])
def test_a_dose_may_be_passed_over_by_the_time_since_the_one_before(day: str, count: int | None) -> None:
    second = replace(TWO[1], skips=skipped(Context.EVALUATION, IntervalCondition(Age(months=6))))
    rules = schedule(TWO[0], second, dose(3, "A", intervals=(FOUR_WEEKS,)))
    assert forecast(child(rules, "A 2024-05-10", f"A {day}")).dose_number == count


@pytest.mark.parametrize(
    ("valid_only", "given", "status"),
    [
        (True, ("A 2024-02-10", "A 2024-03-20"), "not_complete"),  # the first was too early
        (False, ("A 2024-02-10", "A 2024-03-20"), "complete"),
        (True, ("A 2024-03-10", "A 2024-04-20"), "complete"),
    ],
)
def test_a_dose_may_be_passed_over_by_how_many_were_given(
    valid_only: bool, given: tuple[str, str], status: str
) -> None:
    enough = CountCondition(1, Comparison.MORE_THAN, valid_only=valid_only)
    third = dose(3, "A", intervals=(FOUR_WEEKS,), skips=skipped(Context.FORECAST, enough))
    second = replace(TWO[1], skips=skipped(Context.FORECAST, enough))
    assert forecast(child(schedule(TWO[0], second, third), *given)).status.value == status


def test_a_vaccine_given_by_mistake_counts_for_nothing_and_begins_no_interval() -> None:
    rules = schedule(replace(TWO[0], inadvertent=frozenset({"Z"})), TWO[1])
    found = child(rules, "Z 2024-05-10", "A 2024-05-11")
    assert reasons(found) == [Reason.INADVERTENT, None]


def test_several_diseases_in_one_product_wait_for_the_latest_of_their_days() -> None:
    early, late = (Series("s", (dose(1, "M", ages=[AgeRule(minimum=Age(months=n))]),)) for n in (2, 9))
    apart = Group("g", (target("t", early), target("u", late)))
    together = replace(apart, all_at_once=True)
    assert forecast(child(of_groups(apart))).earliest == date(2024, 3, 10)
    assert forecast(child(of_groups(together))).earliest == date(2024, 10, 10)


def test_of_two_ways_the_one_that_was_begun_is_gone_on_with() -> None:
    live = child(CN, "JE_LIVE 2024-09-10")
    inactivated = child(CN, "JE_INACT 2024-09-10", "JE_INACT 2024-09-20")
    assert (forecast(child(CN), "je").series, forecast(live, "je").series) == ("je_live", "je_live")
    assert (forecast(inactivated, "je").series, forecast(inactivated, "je").dose_number) == ("je_inactivated", 3)


def test_another_vaccine_than_the_way_that_was_begun_does_not_count() -> None:
    found = child(CN, "JE_LIVE 2024-09-10", "JE_INACT 2026-01-10")
    assert reasons(found, "je") == [None, Reason.WRONG_VACCINE]


def test_four_injected_polio_doses_need_no_drops_at_four_years() -> None:
    injected = ("IPV 2024-03-10", "IPV 2024-04-10", "IPV 2024-05-10")
    assert forecast(child(CN, *injected, "DTAP_IPV_HIB 2025-07-10"), "polio").status is SeriesStatus.COMPLETE
    assert forecast(child(CN, *injected), "polio").dose_number == 4


def test_a_combined_vaccine_that_was_paid_for_counts_by_its_leaflet_and_the_programme_goes_on() -> None:
    found = child(CN, "DTAP_IPV_HIB 2025-03-10", "DTAP_IPV_HIB 2025-04-10", birth_date=date(2025, 1, 10))
    assert reasons(found, "dtap") == [None, None]
    next_dose = forecast(found, "dtap")
    assert (next_dose.dose_number, next_dose.vaccine, next_dose.earliest) == (3, "DTAP", date(2025, 7, 10))


def test_who_grew_out_of_meningococcal_a_begins_a_and_c_at_two_years() -> None:
    one = forecast(child(CN, "MPSV_A 2025-12-20", today=date(2026, 2, 1)), "men_ac")
    none = forecast(child(CN, today=date(2026, 2, 1)), "men_ac")
    young = forecast(child(CN, today=date(2025, 1, 1)), "men_ac")
    assert (one.dose_number, one.earliest) == (1, date(2026, 3, 20))
    assert (none.dose_number, none.earliest) == (1, date(2026, 1, 10))
    assert (young.dose_number, young.earliest) == (1, date(2027, 1, 10))


@pytest.mark.parametrize(
    ("exemption", "status", "refused"),
    [
        (Exemption.IMMUNE, SeriesStatus.IMMUNE, False),
        (Exemption.CONTRAINDICATED, SeriesStatus.CONTRAINDICATED, False),
        (Exemption.REFUSED, SeriesStatus.NOT_COMPLETE, True),
    ],
)
def test_nobody_is_reminded_of_what_she_may_not_need_not_or_will_not_have(
    exemption: Exemption, status: SeriesStatus, refused: bool
) -> None:
    found = forecast(child(VN, exemptions={"mcv": exemption}), "mcv")
    assert (found.status, found.refused, found.is_due(TODAY)) == (status, refused, False)


def test_a_complete_series_stays_complete_whatever_else_is_said() -> None:
    found = child(VN, "BCG 2024-01-11", exemptions={"bcg": Exemption.CONTRAINDICATED})
    assert forecast(found, "bcg").status is SeriesStatus.COMPLETE


def test_a_dose_of_unknown_date_is_not_asked_for_again_and_begins_no_interval() -> None:
    found = child(VN, "PENTA ?", "BCG ?", today=date(2024, 4, 1))
    assert reasons(found, "penta_primary") == [Reason.UNKNOWN_DATE]
    assert forecast(found, "bcg").status is SeriesStatus.COMPLETE
    second = forecast(found, "penta_primary")
    assert (second.dose_number, second.earliest, second.due) == (2, date(2024, 3, 10), date(2024, 4, 10))


def test_a_dose_of_unknown_date_is_none_for_which_she_is_still_too_young() -> None:
    assert forecast(child(VN, "MEASLES ?", today=date(2024, 4, 1)), "mcv").dose_number == 1


def test_an_unknown_vaccine_is_told_and_counts_for_nothing() -> None:
    found = child(VN, f"{UNKNOWN_VACCINE} 2024-03-10", "NEW_THING 2024-03-10")
    assert [(one.group, one.reason) for one in found.evaluations] == [("", Reason.UNKNOWN_VACCINE)] * 2
    assert found.forecasts == child(VN).forecasts


def test_a_corrected_birth_date_is_judged_anew() -> None:
    given = "PENTA 2024-02-21"
    assert reasons(child(VN, given), "penta_primary") == [None]
    assert reasons(child(VN, given, birth_date=date(2024, 1, 11)), "penta_primary") == [Reason.TOO_YOUNG]


def test_a_dose_of_an_outbreak_is_called_so() -> None:
    assert reasons(child(VN, "MEASLES 2024-07-10"), "mcv") == [Reason.OUTBREAK_DOSE]
    assert reasons(child(VN, "MEASLES 2024-10-09"), "mcv") == [Reason.TOO_YOUNG]


def test_a_booster_before_the_first_doses_waits_for_them() -> None:
    found = child(VN, "DPT 2025-07-10")
    assert reasons(found, "dtp_booster") == [Reason.EARLIER_SERIES]
    assert "dtp_booster" not in {one.group for one in found.forecasts}


def test_a_six_in_one_after_the_first_doses_is_the_booster_and_nothing_else() -> None:
    three = ("HEXA 2024-03-10", "HEXA 2024-04-10", "HEXA 2024-05-10")
    found = child(VN, *three, "HEXA 2025-07-10")
    assert reasons(found, "penta_primary") == [None, None, None]
    assert reasons(found, "dtp_booster") == [None]


def test_a_dose_behind_a_closed_gate_is_judged_and_not_asked_for() -> None:
    found = child(VN, "ROTA2 2024-03-10")
    assert reasons(found, "rota") == [None]
    assert "rota" not in {one.group for one in found.forecasts}


def test_a_boy_is_asked_for_no_hpv_and_what_he_was_given_was_not_needed() -> None:
    found = child(CN, "HPV2 2025-12-10", sex=Sex.MALE)
    assert reasons(found, "hpv") == [Reason.NOT_NEEDED]
    assert "hpv" not in {one.group for one in found.forecasts}


def test_doses_are_told_in_the_order_in_which_they_were_given_to_us() -> None:
    found = child(VN, "OPV 2024-04-10", "PENTA 2024-03-10", "OPV 2024-03-10")
    assert [(one.dose, one.vaccine) for one in found.evaluations] == [(0, "OPV"), (1, "PENTA"), (2, "OPV")]

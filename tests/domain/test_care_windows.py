"""Care that is no vaccination: when a check-up of An, or one of Lan's in pregnancy, opens, is due and is over."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.care.forecast import CareForecast, CareSettings, forecast_care
from domain.care.plan import After, CareItem, CareKind, CarePlan, CareSubject, are_in_order, pregnancy_start
from domain.vaccination.ages import Age
from domain.vaccination.sources import Certainty, Citation, Source

SOURCE = Source((Citation("guideline"),), Certainty.MEMORY)
THREE = CareItem(
    "checkup_3_months",
    CareKind.CHECKUP,
    from_=Age(months=3),
    due=Age(months=3),
    overdue=Age(months=4),
    until=Age(months=6),
    source=SOURCE,
)
SIX = replace(THREE, key="checkup_6_months", from_=Age(months=6), due=Age(months=7), overdue=None, until=Age(months=8))
FIRST = CareItem(
    "tetanus_1",
    CareKind.TETANUS,
    from_=Age(days=5 * 7),
    due=Age(days=16 * 7),
    overdue=Age(days=34 * 7),
    until=Age(days=40 * 7),
    source=SOURCE,
    vaccine=True,
)
SECOND = replace(
    FIRST,
    key="tetanus_2",
    from_=Age(days=9 * 7),
    due=Age(days=20 * 7),
    overdue=Age(days=36 * 7),
    until=Age(days=38 * 7 + 1),
    after=After("tetanus_1", Age(days=28)),
)
BORN = date(2026, 1, 15)
DUE_ON = date(2026, 10, 8)
START = date(2026, 1, 1)


def plan_of(*items: CareItem, about: CareSubject = CareSubject.CHILD) -> CarePlan:
    return CarePlan("vn", "1", "VN", date(2026, 1, 1), None, about, items)


def care(
    *items: CareItem,
    anchor_on: date = BORN,
    today: date = BORN,
    done: Mapping[str, date] | None = None,
    settings: CareSettings | None = None,
) -> dict[str, CareForecast]:
    forecasts = forecast_care(
        plan_of(*items), anchor_on=anchor_on, done=done or {}, today=today, settings=settings or CareSettings()
    )
    return {each.key: each for each in forecasts}


def week(number: int, day: int = 0) -> date:
    return START + timedelta(weeks=number, days=day)


def test_an_is_expected_at_three_months_until_the_day_before_six() -> None:
    assert care(THREE)["checkup_3_months"] == CareForecast(
        key="checkup_3_months",
        kind=CareKind.CHECKUP,
        earliest=date(2026, 4, 15),
        due=date(2026, 4, 15),
        overdue=date(2026, 5, 15),
        latest=date(2026, 7, 14),
        source=SOURCE,
    )


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2026, 4, 14), False),
        (date(2026, 4, 15), True),
        (date(2026, 7, 14), True),
        (date(2026, 7, 15), False),
    ],
)
def test_a_check_up_is_due_from_its_day_to_the_last_day_of_its_window(on: date, due: bool) -> None:
    assert care(THREE)["checkup_3_months"].is_due(on) is due


def test_a_check_up_may_happen_before_its_day_but_is_not_asked_for_yet() -> None:
    six = care(SIX)["checkup_6_months"]
    assert (six.earliest, six.due, six.overdue) == (date(2026, 7, 15), date(2026, 8, 15), None)
    assert not six.is_due(date(2026, 8, 14))


def test_on_its_last_day_a_check_up_is_still_offered_and_the_day_after_only_the_next_one() -> None:
    assert set(care(THREE, SIX, today=date(2026, 7, 14))) == {"checkup_3_months", "checkup_6_months"}
    assert set(care(THREE, SIX, today=date(2026, 7, 15))) == {"checkup_6_months"}


def test_nothing_is_left_once_every_window_is_over() -> None:
    assert care(THREE, SIX, today=date(2026, 9, 15)) == {}


def test_what_was_done_is_not_asked_for_again() -> None:
    assert set(care(THREE, SIX, done={"checkup_3_months": BORN}, today=BORN)) == {"checkup_6_months"}


def test_what_happens_only_later_does_not_count_yet() -> None:
    assert set(care(THREE, done={"checkup_3_months": date(2026, 4, 16)}, today=date(2026, 4, 15))) == {THREE.key}


@pytest.mark.parametrize(
    ("born", "at_three_months", "at_six_months"),
    [
        (date(2025, 11, 28), date(2026, 2, 28), date(2026, 5, 28)),
        (date(2025, 11, 29), date(2026, 3, 1), date(2026, 5, 29)),
        (date(2025, 11, 30), date(2026, 3, 1), date(2026, 5, 30)),
        (date(2026, 3, 31), date(2026, 7, 1), date(2026, 10, 1)),
        (date(2024, 2, 29), date(2024, 5, 29), date(2024, 8, 29)),
    ],
)
def test_a_month_without_that_day_rolls_forward_to_the_first(
    born: date, at_three_months: date, at_six_months: date
) -> None:
    three = care(THREE, anchor_on=born, today=born)["checkup_3_months"]
    assert three.earliest == at_three_months
    assert three.latest == at_six_months - timedelta(days=1)


def test_a_child_of_29_february_has_its_yearly_check_up_on_1_march() -> None:
    yearly = replace(THREE, from_=Age(months=24), due=Age(months=24), overdue=Age(months=30), until=Age(months=36))
    forecast = care(yearly, anchor_on=date(2024, 2, 29))[yearly.key]
    assert (forecast.due, forecast.overdue) == (date(2026, 3, 1), date(2026, 8, 29))
    assert forecast.latest == date(2027, 2, 28)


def test_weeks_of_pregnancy_count_from_280_days_before_the_due_date() -> None:
    assert pregnancy_start(DUE_ON) == START
    assert pregnancy_start(date(2024, 12, 5)) == date(2024, 2, 29)


def test_lan_is_asked_for_the_second_tetanus_dose_only_once_the_first_was_given() -> None:
    assert set(care(FIRST, SECOND, anchor_on=START, today=week(30))) == {"tetanus_1"}
    assert set(care(FIRST, SECOND, anchor_on=START, today=week(30), done={"tetanus_1": week(29)})) == {"tetanus_2"}


def test_the_second_tetanus_dose_is_due_after_28_days_and_not_after_27() -> None:
    given_on = week(24)
    second = care(FIRST, SECOND, anchor_on=START, today=given_on, done={"tetanus_1": given_on})["tetanus_2"]
    assert second.earliest == second.due == given_on + timedelta(days=28)
    assert not second.is_due(given_on + timedelta(days=27))
    assert second.is_due(given_on + timedelta(days=28))
    assert second.vaccine


def test_after_an_early_first_dose_the_second_waits_for_its_own_week() -> None:
    second = care(FIRST, SECOND, anchor_on=START, today=week(9), done={"tetanus_1": week(8)})["tetanus_2"]
    assert (second.earliest, second.due) == (week(12), week(20))


def test_a_dose_before_this_pregnancy_opens_the_second_at_once() -> None:
    second = care(FIRST, SECOND, anchor_on=START, today=START, done={"tetanus_1": date(2023, 5, 5)})["tetanus_2"]
    assert (second.earliest, second.due) == (week(9), week(20))


def test_the_second_tetanus_dose_is_given_at_least_two_weeks_before_the_due_date() -> None:
    second = care(FIRST, SECOND, anchor_on=START, today=week(34), done={"tetanus_1": week(34)})["tetanus_2"]
    assert second.due == second.latest == DUE_ON - timedelta(days=14)


def test_a_second_dose_that_no_longer_fits_before_the_birth_is_not_asked_for() -> None:
    assert care(FIRST, SECOND, anchor_on=START, today=week(34, 1), done={"tetanus_1": week(34, 1)}) == {}


def test_a_late_first_dose_makes_the_second_overdue_no_earlier_than_it_is_due() -> None:
    given_on = week(33)
    second = care(FIRST, SECOND, anchor_on=START, today=given_on, done={"tetanus_1": given_on})["tetanus_2"]
    assert second.overdue == second.due == given_on + timedelta(days=28)


def test_a_pregnancy_dated_two_weeks_later_moves_every_day_that_is_still_to_come() -> None:
    later = pregnancy_start(DUE_ON + timedelta(days=14))
    done = {"tetanus_1": week(16)}
    before = care(FIRST, SECOND, anchor_on=START, today=week(16), done=done)["tetanus_2"]
    after = care(FIRST, SECOND, anchor_on=later, today=week(16), done=done)["tetanus_2"]
    assert before.earliest == after.earliest == week(20)
    assert (before.due, after.due) == (week(20), week(22))
    assert after.latest - before.latest == timedelta(days=14)


def test_a_pregnancy_dated_later_reopens_a_check_up_that_seemed_over() -> None:
    contact = replace(FIRST, key="antenatal_1", due=Age(days=8 * 7), overdue=None, until=Age(days=14 * 7))
    assert care(contact, anchor_on=START, today=week(14)) == {}
    assert set(care(contact, anchor_on=START + timedelta(days=1), today=week(14))) == {"antenatal_1"}


def test_what_the_area_does_not_offer_is_left_out() -> None:
    assert set(care(THREE, SIX, settings=CareSettings(not_offered=frozenset({THREE.key})))) == {SIX.key}


def test_an_area_may_close_a_window_earlier_or_later() -> None:
    longer = CareSettings(until={THREE.key: Age(months=7)})
    shorter = CareSettings(until={THREE.key: Age(months=5)})
    assert care(THREE, settings=longer)[THREE.key].latest == date(2026, 8, 14)
    assert care(THREE, settings=shorter, today=date(2026, 6, 14))[THREE.key].latest == date(2026, 6, 14)
    assert care(THREE, settings=shorter, today=date(2026, 6, 15)) == {}


def test_a_window_that_the_area_closes_before_it_opens_offers_nothing() -> None:
    assert care(THREE, settings=CareSettings(until={THREE.key: Age(months=3)})) == {}


def test_nothing_is_due_before_its_earliest_day() -> None:
    hasty = replace(THREE, due=Age(months=1), overdue=Age(months=2))
    forecast = care(hasty)[hasty.key]
    assert forecast.earliest == forecast.due == forecast.overdue == date(2026, 4, 15)


def test_ages_are_in_order_when_none_is_reached_before_the_one_ahead_of_it() -> None:
    assert are_in_order(Age(days=28), Age(months=1), Age(days=42))
    assert are_in_order(Age(days=7), Age(days=7))
    assert not are_in_order(Age(months=2), Age(days=42))

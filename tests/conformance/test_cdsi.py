"""CDC's own test cases: the engine reads CDC's rules through our converter and comes to CDC's days."""

import json
import warnings
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from content.schedules.cdsi import load_cdsi
from domain.sex import Sex
from domain.vaccination.engine import Assessment, Case, assess
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.vaccination.history import GivenDose
from domain.vaccination.schedule import Schedule

CDSI = Path(__file__).parents[3] / "shared" / "data" / "cdsi"
ABSENT = f"CDC's test cases and rules are not in {CDSI}: nothing was compared with them"
BOUNDARIES = ("Age:", "Interval:", "Live Virus:")
STATUSES = {
    SeriesStatus.NOT_COMPLETE: "Not complete",
    SeriesStatus.COMPLETE: "Complete",
    SeriesStatus.AGED_OUT: "Aged out",
    SeriesStatus.IMMUNE: "Immune",
    SeriesStatus.CONTRAINDICATED: "Contraindicated",
}
EARLIER_THAN_CDC: dict[str, str] = {}
"""Causes for which an earliest day before CDC's was looked at and accepted, by group; there is none."""

CdcCase = dict[str, Any]
Difference = tuple[str, object, object]


@pytest.fixture(autouse=True)
def _data() -> None:
    if not CDSI.is_dir():
        warnings.warn(ABSENT, stacklevel=1)
        pytest.skip(ABSENT)


@cache
def schedule() -> Schedule:
    return load_cdsi(CDSI / "xml")


@cache
def cases() -> tuple[CdcCase, ...]:
    return tuple(json.loads(line) for line in (CDSI / "cases.jsonl").read_text(encoding="utf-8").splitlines())


@cache
def young() -> tuple[CdcCase, ...]:
    return tuple(case for case in cases() if case["age_years"] < 7)


def assessed(case: CdcCase) -> Assessment:
    doses = (GivenDose(f"{int(one['cvx']):02d}", day(one["date"]), one["mvx"] or "") for one in case["doses"])
    sex = Sex.FEMALE if case["sex"] == "F" else Sex.MALE
    return assess(schedule(), Case(day(case["dob"]), sex, day(case["assessment_date"]), tuple(doses)))


def day(text: str) -> date:
    return date.fromisoformat(text)


def differences(case: CdcCase) -> list[Difference]:
    """What differs, as (field, CDC's word, ours). Doses of other groups in a row are not compared."""
    found = assessed(case)
    valid = {one.dose: one.valid for one in found.evaluations if one.group == case["group"]}
    wanted = [one["expected_status"] == "Valid" for one in case["doses"]]
    doses = [(f"dose {place + 1}", wanted[place], ours) for place, ours in valid.items() if wanted[place] is not ours]
    answer = told(next(one for one in found.forecasts if one.group == case["group"]))
    return doses + [(name, cdc, answer[name]) for name, cdc in case["expected"].items() if cdc != answer[name]]


def told(forecast: DoseForecast) -> dict[str, str | None]:
    """Our forecast in CDC's words."""
    is_to_come = forecast.status is SeriesStatus.NOT_COMPLETE
    days = {"earliest": forecast.earliest, "recommended": forecast.due, "past_due": forecast.overdue}
    return {
        "series_status": STATUSES[forecast.status],
        "forecast_num": str(forecast.dose_number) if is_to_come else "-",
        **{name: str(one) if one and is_to_come else None for name, one in days.items()},
    }


def described(case: CdcCase) -> str:
    return "\n".join([f"{case['id']} {case['group']} {case['name']}", *(f"    {one}" for one in differences(case))])


def at_a_boundary() -> Iterator[CdcCase]:
    for case in young():
        test, forecast = case["evaluation_test_type"], case["forecast_test_type"].lower()
        if test.startswith(BOUNDARIES) or "live virus" in forecast or "minimum interval" in forecast:
            yield case


def test_nearly_every_case_under_seven_years_is_exact_in_every_field() -> None:
    wrong = [case for case in young() if differences(case)]
    assert len(young()) == 277
    assert 1 - len(wrong) / len(young()) >= 0.99, "\n".join(described(case) for case in wrong)


def test_every_case_at_the_edge_of_an_age_an_interval_or_a_live_vaccine_is_exact() -> None:
    edges = list(at_a_boundary())
    assert len(edges) > 150
    assert not [described(case) for case in edges if differences(case)]


def test_nothing_is_ever_said_to_be_possible_before_cdc_allows_it() -> None:
    early = []
    for case in cases():
        earliest = [(cdc, ours) for name, cdc, ours in differences(case) if name == "earliest"]
        if (
            any(cdc and ours and str(ours) < str(cdc) for cdc, ours in earliest)
            and case["group"] not in EARLIER_THAN_CDC
        ):
            early.append(described(case))
    assert not early


def test_older_children_and_adults_are_judged_by_the_same_rules() -> None:
    wrong = [case for case in cases() if case["age_years"] >= 7 and differences(case)]
    assert len(wrong) <= 2, "\n".join(described(case) for case in wrong)


def test_the_order_in_which_doses_are_told_changes_nothing() -> None:
    for case in young():
        turned = {**case, "doses": list(reversed(case["doses"]))}
        assert assessed(turned).forecasts == assessed(case).forecasts, case["id"]

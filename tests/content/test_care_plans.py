"""The care plans of both countries: what the drafts say of themselves, and how a wrong file is answered."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from content.interface import load_interface
from content.library import ROOT
from content.schedules.care_loading import (
    CAMPAIGNS_NAME,
    CARE_FOLDER,
    load_campaign_kinds,
    load_care_plan,
    load_care_plans,
)
from content.schedules.entries import ScheduleError
from domain.care.forecast import CareForecast, CareSettings, forecast_care
from domain.care.plan import CareKind, CarePlace, CarePlan, CareSubject, pregnancy_start
from domain.care.rounds import ENTERED_BY_STAFF
from domain.vaccination.ages import Age
from domain.vaccination.sources import Certainty, SignOff

FILE = CARE_FOLDER / "vn-antenatal.yaml"
START = date(2026, 1, 1)


@pytest.fixture(scope="module")
def plans() -> dict[str, CarePlan]:
    return load_care_plans()


def windows(plan: CarePlan, *kinds: CareKind) -> list[tuple[str, str, str]]:
    return [(item.key, str(item.due), str(item.until)) for item in plan.items if item.kind in kinds]


def forecasts(plan: CarePlan, anchor_on: date, today: date, done: dict[str, date]) -> dict[str, CareForecast]:
    found = forecast_care(plan, anchor_on=anchor_on, done=done, today=today, settings=CareSettings())
    return {care.key: care for care in found}


def test_both_countries_have_a_plan_for_children_and_one_for_pregnancies(plans: dict[str, CarePlan]) -> None:
    assert {(plan.country, plan.about, key) for key, plan in plans.items()} == {
        ("VN", CareSubject.CHILD, "vn-checkups"),
        ("VN", CareSubject.PREGNANCY, "vn-antenatal"),
        ("CN", CareSubject.CHILD, "cn-checkups"),
        ("CN", CareSubject.PREGNANCY, "cn-antenatal"),
    }


def test_every_plan_is_an_unsigned_draft(plans: dict[str, CarePlan]) -> None:
    assert all(plan.signed_off is None for plan in plans.values())


def test_every_item_says_who_says_so_and_how_well_it_is_known(plans: dict[str, CarePlan]) -> None:
    sources = [item.source for plan in plans.values() for item in plan.items]
    assert all(source.citations for source in sources)
    assert {source.certainty for source in sources} == set(Certainty)


def test_every_document_about_children_has_a_name_that_families_read(plans: dict[str, CarePlan]) -> None:
    names = load_interface(ROOT)
    sources = [item.source for plan in plans.values() if plan.about is CareSubject.CHILD for item in plan.items]
    cited = {one.document for source in (*sources, ENTERED_BY_STAFF) for one in source.citations}
    assert {f"source.{document}" for document in cited} <= set(names)


def test_what_happens_in_pregnancy_is_from_memory_and_says_so(plans: dict[str, CarePlan]) -> None:
    items = [*plans["vn-antenatal"].items, *plans["cn-antenatal"].items]
    assert {item.source.certainty for item in items} == {Certainty.MEMORY}


def test_every_item_and_campaign_has_a_short_name_for_families(plans: dict[str, CarePlan]) -> None:
    path = CARE_FOLDER.parent.parent / "interface" / "care.yaml"
    texts = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    keys = {item.key for plan in plans.values() for item in plan.items} | set(load_campaign_kinds())
    assert set(texts) == {f"care.{key}.short" for key in keys}


def test_a_plan_about_children_holds_no_care_of_a_pregnancy_and_the_other_way_round(plans: dict[str, CarePlan]) -> None:
    kinds = {about: set[CareKind]() for about in CareSubject}
    for plan in plans.values():
        kinds[plan.about] |= {item.kind for item in plan.items}
    assert kinds == {
        CareSubject.CHILD: {CareKind.CHECKUP, CareKind.POSTNATAL, CareKind.SCREENING},
        CareSubject.PREGNANCY: {CareKind.ANTENATAL, CareKind.TETANUS, CareKind.SCREENING},
    }


def test_china_sees_children_at_eleven_ages_and_each_check_up_gives_way_to_the_next(
    plans: dict[str, CarePlan],
) -> None:
    found = windows(plans["cn-checkups"], CareKind.CHECKUP)
    assert [due for _, due, _ in found] == [
        "28 days",
        *(f"{age} months" for age in (3, 6, 8, 12, 18, 24, 30, 36, 48, 60, 72)),
    ]
    assert [until for _, _, until in found[1:-1]] == [due for _, due, _ in found[2:]]


def test_china_tests_blood_and_hearing_at_the_ages_of_its_specification(plans: dict[str, CarePlan]) -> None:
    due = {key: due for key, due, _ in windows(plans["cn-checkups"], CareKind.SCREENING)}
    assert [age for key, age in due.items() if key.startswith("haemoglobin")] == ["6 months", "18 months", "30 months"]
    assert [age for key, age in due.items() if key.startswith("hearing")] == [
        "6 months",
        "12 months",
        "24 months",
        "36 months",
    ]


def test_viet_nam_sees_children_by_age_bands_and_then_once_a_year_without_a_gap(plans: dict[str, CarePlan]) -> None:
    items = [item for item in plans["vn-checkups"].items if item.kind is CareKind.CHECKUP]
    assert [str(item.until) for item in items] == [f"{age} months" for age in (2, 4, 7, 10, 13, 19, 24, 36, 48, 60, 72)]
    assert [item.from_ for item in items[1:]] == [item.until for item in items[:-1]]


def test_viet_nam_has_four_contacts_in_pregnancy_and_china_five(plans: dict[str, CarePlan]) -> None:
    def weeks(key: str) -> list[tuple[int, int]]:
        items = [item for item in plans[key].items if item.kind is CareKind.ANTENATAL]
        return [(item.from_.days // 7, item.until.days // 7) for item in items]

    assert weeks("vn-antenatal") == [(5, 14), (14, 28), (28, 36), (36, 42)]
    assert weeks("cn-antenatal") == [(5, 13), (16, 21), (21, 25), (28, 37), (37, 42)]


def test_lan_has_two_tetanus_doses_28_days_apart_the_second_two_weeks_before_the_birth(
    plans: dict[str, CarePlan],
) -> None:
    due_on = date(2026, 10, 8)
    start = pregnancy_start(due_on)
    given_on = date(2026, 8, 1)
    second = forecasts(plans["vn-antenatal"], start, given_on, {"tetanus_1": given_on})["tetanus_2"]
    assert (second.earliest, second.latest) == (date(2026, 8, 29), date(2026, 9, 24))
    assert second.vaccine
    assert "tetanus_2" not in forecasts(plans["vn-antenatal"], start, given_on, {})


def test_a_woman_who_joins_late_still_has_the_blood_tests_of_a_first_contact(plans: dict[str, CarePlan]) -> None:
    for key in ("vn-antenatal", "cn-antenatal"):
        found = forecasts(plans[key], START, date(2026, 8, 1), {})
        assert found["antenatal_blood_tests"].is_due(date(2026, 8, 1))
        assert "antenatal_1" not in found


def test_the_sugar_test_is_open_from_24_weeks_to_the_end_of_week_28(plans: dict[str, CarePlan]) -> None:
    for key in ("vn-antenatal", "cn-antenatal"):
        test = forecasts(plans[key], START, START, {})["antenatal_sugar_test"]
        assert ((test.due - START).days, (test.latest - START).days) == (24 * 7, 28 * 7 + 6)


def test_viet_nam_pricks_the_heel_of_a_newborn_on_the_first_three_days_after_birth(plans: dict[str, CarePlan]) -> None:
    test = forecasts(plans["vn-checkups"], START, START, {})["newborn_heel_prick"]
    assert (test.earliest, test.latest) == (date(2026, 1, 2), date(2026, 1, 4))


def test_the_six_weeks_after_birth_have_the_visits_of_who(plans: dict[str, CarePlan]) -> None:
    found = windows(plans["vn-checkups"], CareKind.POSTNATAL)
    assert [due for _, due, _ in found] == ["0 days", "3 days", "7 days", "42 days"]


def test_nobody_is_called_to_the_station_for_what_happens_in_hospital_or_at_home(plans: dict[str, CarePlan]) -> None:
    def elsewhere(key: str) -> set[tuple[str, str]]:
        found = forecasts(plans[key], START, START, {}).values()
        return {(care.key, care.place.value) for care in found if care.place is not CarePlace.STATION}

    newborn = {("newborn_heel_prick", "hospital"), ("newborn_hearing", "hospital")}
    assert elsewhere("vn-antenatal") == elsewhere("cn-antenatal") == set()
    assert elsewhere("cn-checkups") == newborn | {("home_visit_newborn", "home"), ("postnatal_42_days", "hospital")}
    assert elsewhere("vn-checkups") == newborn | {
        ("postnatal_day_1", "hospital"),
        ("postnatal_day_3", "home"),
        ("postnatal_week_2", "home"),
    }


def test_the_ages_of_a_campaign_are_proposed_and_its_dates_are_not(plans: dict[str, CarePlan]) -> None:
    kinds = load_campaign_kinds()
    assert {key: (kind.country, kind.min_age, kind.max_age) for key, kind in kinds.items()} == {
        "vitamin_a": ("VN", Age(months=6), Age(months=36)),
        "deworming": ("VN", Age(months=24), Age(months=60)),
    }


def changed(folder: Path, old: str, new: str, file: Path = FILE) -> tuple[Path, int]:
    """A copy of the file with its first `old` made `new`, and the line on which that stands."""
    before, found, after = file.read_text(encoding="utf-8").partition(old)
    assert found, old
    path = folder / file.name
    path.write_text(before + new + after, encoding="utf-8")
    return path, before.count("\n") + new.count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("    due: 8 weeks", "    due: 8 weeks\n    dew: 8 weeks", "unknown field 'dew'"),
        ("country: VN", "country: VN\nprovince: QN", "unknown field 'province'"),
        ("about: pregnancy", "about: mothers", "'mothers' is not child or pregnancy"),
        ("kind: antenatal", "kind: campaign", "'campaign' is not checkup, antenatal"),
        ("kind: antenatal", "kind: visit", "'visit' is not checkup, antenatal"),
        ("from: 5 weeks", "from: week 5", "'week 5' is not a duration"),
        ("kind: antenatal", "kind: antenatal\n    place: school", "'school' is not station, hospital or home"),
        ("vaccine: true", "vaccine: tetanus", "'tetanus' is not true or false"),
        ("after: {item: tetanus_1,", "after: {item: tetanus_2,", "'tetanus_2' is not an item that stands above"),
        ("after: {item: tetanus_1,", "after: {dose: 1, item: tetanus_1,", "unknown field 'dose'"),
        ("certainty: memory", "certainty: sure", "'sure' is not verified, second_hand or memory"),
        ("sources: [vn_d", "sources: [vn_x", "'vn_xecision_4128_2016' is not a source of content/sources.yaml"),
        ("effective_from: 2016-07-29", "effective_from: 29/7/2016", "'29/7/2016' is not a date"),
        ("signed_off: null", "signed_off: Hoa", "a mapping is expected here"),
        ("- item: antenatal_blood_tests", "- item: antenatal_1", "the item 'antenatal_1' stands here twice"),
    ],
)
def test_a_mistake_in_a_care_plan_is_told_with_its_file_and_line(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    path, line = changed(tmp_path, old, new)
    with pytest.raises(ScheduleError) as refused:
        load_care_plan(path)
    assert str(refused.value).startswith(f"vn-antenatal.yaml:{line}: {complaint}")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("    certainty: memory\n", "", "the field 'certainty' is missing"),
        ("sources: [", "source: [", "the field 'sources' is missing"),
        ("    certainty: memory\n", "    certainty: memory\n    source: WHO\n", "unknown field 'source'"),
        ("signed_off: null\n", "", "the field 'signed_off' is missing"),
        ("    until: 14 weeks\n", "", "the field 'until' is missing"),
        ("due: 8 weeks", "due: 4 weeks", "'from', 'due', 'overdue' and 'until' have to rise"),
        ("overdue: 12 weeks", "overdue: 15 weeks", "'from', 'due', 'overdue' and 'until' have to rise"),
        ("until: 14 weeks", "until: 7 weeks", "'from', 'due', 'overdue' and 'until' have to rise"),
    ],
)
def test_what_is_missing_or_out_of_order_in_a_care_plan_is_told(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    path, _ = changed(tmp_path, old, new)
    with pytest.raises(ScheduleError, match=rf"^vn-antenatal\.yaml:\d+: {complaint}"):
        load_care_plan(path)


def test_a_window_of_no_days_is_refused(tmp_path: Path) -> None:
    path, _ = changed(tmp_path, "    overdue: 12 weeks\n    until: 14 weeks", "    until: 8 weeks")
    with pytest.raises(ScheduleError, match="have to rise"):
        load_care_plan(path)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("kind: deworming", "kind: vitamin_a", "the kind 'vitamin_a' stands here twice"),
        ("max_age: 36 months", "max_age: 6 months", "the field 'max_age' has to be above 'min_age'"),
        ("    country: VN", "    country: VN\n    from_on: 2026-06-01", "unknown field 'from_on'"),
        ("sources: [vn_", "sources: [xx_", "'xx_vitamin_a_press_2017' is not a source of content/sources.yaml"),
    ],
)
def test_a_mistake_in_the_kinds_of_campaigns_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    path, line = changed(tmp_path, old, new, CARE_FOLDER / CAMPAIGNS_NAME)
    with pytest.raises(ScheduleError) as refused:
        load_campaign_kinds(path)
    assert str(refused.value).startswith(f"{CAMPAIGNS_NAME}:{line}: {complaint}")


def test_two_files_cannot_have_the_same_plan(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ScheduleError, match=r"^b\.yaml:1: another file has the plan 'vn-antenatal' already"):
        load_care_plans(tmp_path)


def test_a_clinician_signs_a_care_plan_with_her_name_and_the_day(tmp_path: Path) -> None:
    path, _ = changed(tmp_path, "signed_off: null", "signed_off: {by: Dr Hoa, on: 2026-12-01}")
    assert load_care_plan(path).signed_off == SignOff(by="Dr Hoa", on=date(2026, 12, 1))

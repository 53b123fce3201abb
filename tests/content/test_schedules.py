"""The schedule files: what the drafts of both countries say of themselves, and how a wrong file is answered."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from content.interface import load_interface
from content.library import ROOT
from content.schedules.entries import ScheduleError
from content.schedules.loading import SCHEDULES_FOLDER, load_schedule, load_schedules, load_versions
from domain.vaccination.ages import Age
from domain.vaccination.dose_rules import DoseRule
from domain.vaccination.schedule import Live, Schedule
from domain.vaccination.sources import Certainty, SignOff

FILE = SCHEDULES_FOLDER / "vn-epi.yaml"


def rules_of(schedule: Schedule, group: str = "") -> list[DoseRule]:
    """Every dose of a schedule, or of one of its groups."""
    return [rule for one in schedule.groups if group in ("", one.key) for rule in one.doses]


@pytest.fixture(scope="module")
def schedule() -> Schedule:
    return load_schedules()["vn-epi"]


def test_the_schedule_of_viet_nam_is_an_unsigned_draft(schedule: Schedule) -> None:
    assert schedule.country == "VN"
    assert schedule.effective_from == date(2026, 7, 1)
    assert schedule.signed_off is None


def test_what_is_not_offered_everywhere_is_closed_until_a_province_opens_it(schedule: Schedule) -> None:
    assert set(schedule.gates) == {"rota", "pcv", "hpv"}
    assert schedule.default_gates == frozenset()


@pytest.mark.parametrize(("key", "doses"), [("vn-epi", 24), ("cn-nip", 37)])
def test_every_dose_says_who_says_so_and_how_surely(key: str, doses: int) -> None:
    sources = [rule.source for rule in rules_of(load_schedules()[key])]
    assert len(sources) == doses
    assert all(source.citations for source in sources)
    assert {source.certainty for source in sources} <= set(Certainty)


@pytest.mark.parametrize("key", ["vn-epi", "cn-nip"])
def test_every_document_that_a_dose_rests_on_has_a_name_that_families_read(key: str) -> None:
    cited = [citation for rule in rules_of(load_schedules()[key]) for citation in rule.source.citations]
    documents = {document for one in cited for document in (one.document, one.successor) if document}
    assert {f"source.{document}" for document in documents} <= set(load_interface(ROOT))


def test_what_is_no_longer_in_force_is_never_cited_as_if_it_were() -> None:
    rules = [rule for schedule in load_schedules().values() for rule in rules_of(schedule)]
    successors = {one.document: one.successor for rule in rules for one in rule.source.citations}
    assert successors["vn_circular_10_2024"] == successors["vn_circular_52_2025"] == "vn_circular_13_2026"
    assert successors["cn_nip_2021"] == "cn_nip_2026"
    assert successors["vn_circular_13_2026"] == successors["cn_nip_2026"] == ""


def test_what_the_newest_circular_repeats_is_cited_from_it(schedule: Schedule) -> None:
    (birth,) = rules_of(schedule, "hepb_birth")
    assert [one.document for one in birth.source.citations] == ["vn_circular_13_2026"]
    assert birth.source.note.startswith("Within 24 hours is in art. 26")


@pytest.mark.parametrize("key", ["vn-epi", "cn-nip"])
def test_no_dose_is_recommended_before_it_may_be_given(key: str) -> None:
    born = date(2026, 1, 15)
    for rule in rules_of(load_schedules()[key]):
        for ages in rule.ages:
            found = [ages.absolute, ages.minimum, ages.recommended, ages.overdue, ages.maximum]
            days = [age.after(born) for age in found if age]
            assert days == sorted(days), rule


def test_china_has_every_group_of_its_programme_and_is_an_unsigned_draft() -> None:
    china = load_schedules()["cn-nip"]
    assert [group.key for group in china.groups] == [
        "hepb", "bcg", "polio", "dtap", "mmr", "je", "men_a", "men_ac", "hepa", "hpv",
    ]  # fmt: skip
    assert (china.country, china.effective_from, china.signed_off) == ("CN", date(2026, 6, 17), None)


def test_whooping_cough_vaccine_of_china_has_one_table_before_2025_and_one_after() -> None:
    first = rules_of(load_schedules()["cn-nip"], "dtap")[0]
    on_the_eve, since = first.ages_on(date(2024, 12, 31)), first.ages_on(date(2025, 1, 1))
    assert (on_the_eve and on_the_eve.minimum, since and since.minimum) == (Age(months=3), Age(months=2))


def test_numbers_of_the_draft_arrive_as_they_stand(schedule: Schedule) -> None:
    booster = next(group for group in schedule.groups if group.key == "dtp_booster")
    assert booster.follows == "penta_primary"
    (dose,) = booster.doses
    assert (dose.vaccines, dose.offered) == (("DPT", "HEXA"), "DPT")
    assert [ages.minimum for ages in dose.ages] == [Age(months=18)]
    assert [interval.minimum for interval in dose.intervals] == [Age(months=6)]
    assert {apart.end for others in schedule.apart.values() for apart in others.values()} == {Age(days=28)}
    assert {code for code, vaccine in schedule.vaccines.items() if vaccine.live is Live.INJECTED} == {
        "BCG",
        "MEASLES",
        "MR",
        "MMR",
    }
    assert {code for code, vaccine in schedule.vaccines.items() if vaccine.paid} == {"HEXA", "MMR"}


def test_families_have_a_name_and_a_short_name_for_every_vaccine(schedule: Schedule) -> None:
    path = SCHEDULES_FOLDER.parent / "interface" / "vaccines.yaml"
    names = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    expected = {f"vaccine.{code.lower()}" for code in schedule.vaccines}
    assert set(names) == expected | {f"{key}.short" for key in expected}
    assert all(len(text) <= 30 for key, text in names.items() if key.endswith(".short"))


def changed(folder: Path, old: str, new: str) -> tuple[Path, int]:
    """A copy of the file with its first `old` made `new`, and the line on which that stands."""
    text = FILE.read_text(encoding="utf-8")
    before, found, after = text.partition(old)
    assert found, old
    path = folder / "changed.yaml"
    path.write_text(before + new + after, encoding="utf-8")
    return path, before.count("\n") + new.count("\n", 0, max(new.rfind("\n"), 0) + 1) + 1


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("min_age: 0 days", "minimum_age: 0 days", "unknown field 'minimum_age'"),
        ("country: VN", "country: VN\nprovince: QN", "unknown field 'province'"),
        (
            "interval: {minimum: 28 days}",
            "interval: {minimum: 28 days, since_birth: 1 day}",
            "unknown field 'since_birth'",
        ),
        ("interval: {minimum: 28 days}", "interval: {minimum: 28 days, from: next}", "'next' is not previous"),
        (
            "outbreak: {begin: 6 months, end: 8 months}",
            "outbreak: {begin: 6 months, end: 8 months, until: 8}",
            "unknown field 'until'",
        ),
        ("Ninh (press).", "Ninh (press).\n    provinces: {QN: {from: 2027-01-01, to: 2028}}", "unknown field 'to'"),
        ("HEXA: {antigens", "UNKNOWN: {antigens", "'UNKNOWN' is the code"),
        ("live: injected}", "life: injected}", "unknown field 'life'"),
        ("min_age: 0 days", "min_age: 0d", "'0d' is not a duration"),
        ("vaccines: [HEPB0]", "vaccines: [HEPB]", "'HEPB' is not a vaccine of this file"),
        ("vaccines: [HEPB0]", "vaccines: []", "a list is expected here"),
        ("vaccines: [HEPB0]", "vaccines: HEPB0", "a list is expected here"),
        ("gate: rota", "gate: rotavirus", "'rotavirus' is not a gate of this file"),
        ("follows: penta_primary", "follows: je", "'je' is not a group that stands above"),
        ("sex: female", "sex: F", "'F' is not female or male"),
        ("live: injected", "live: nasal", "'nasal' is not injected or oral"),
        ("open: false", "open: no way", "'no way' is not true or false"),
        ("certainty: memory", "certainty: sure", "'sure' is not verified, second_hand or memory"),
        ("sources: [vn_", "sources: [xx_", "'xx_circular_13_2026' is not a source of content/sources.yaml"),
        ("sources: [vn_circular_13_2026]", "sources: []", "a list is expected here"),
        ("sources: [vn_circular_13_2026]", "sources: WHO", "a list is expected here"),
        ("sources: [", "sources: [hcdc_schedule, hcdc_schedule, ", "a source stands here twice"),
        ("effective_from: 2026-07-01", "effective_from: 1/7/2026", "'1/7/2026' is not a date"),
        ("signed_off: null", "signed_off: Hoa", "a mapping is expected here"),
        ("country: VN", "country: VN\ncountry: CN", "'country' stands here twice"),
        ("- dose: 1", "- dose: one", "'one' is not the number of a dose"),
        ("version: 2026-11-draft", "version:", "a text is expected here"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    path, line = changed(tmp_path, old, new)
    with pytest.raises(ScheduleError) as refused:
        load_schedule(path)
    assert str(refused.value).startswith(f"changed.yaml:{line}: {complaint}")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("        certainty: memory\n", "", "the field 'certainty' is missing"),
        ("sources: [", "source: [", "the field 'sources' is missing"),
        ("        certainty: memory\n", "        certainty: memory\n        source: WHO\n", "unknown field 'source'"),
        ("signed_off: null\n", "", "the field 'signed_off' is missing"),
        ("        min_age: 0 days\n", "", "the first dose of a series needs the field 'min_age'"),
        ("        interval: {minimum: 28 days}\n", "", "a dose after another needs the field 'interval'"),
        ("- dose: 2", "- dose: 3", "dose 3 does not follow dose 1"),
        ("group: bcg", "group: hepb_birth", "the group 'hepb_birth' stands here twice"),
        ("  - group: bcg\n    doses:", "  - group: bcg\n    all:", "unknown field 'all'"),
        ("        certainty: memory\n", "        certainty: memory\n        skip: [{when: both}]\n", "a skip needs"),
        (
            "        min_age: 0 days\n",
            "        min_age: 0 days\n        versions: [{max_age: 1 day}]\n",
            "ages stand either",
        ),
        ("schedule: vn-epi", "schedule: [", "this is not YAML"),
    ],
)
def test_what_is_missing_or_out_of_order_is_told(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    path, _ = changed(tmp_path, old, new)
    with pytest.raises(ScheduleError, match=rf"^changed\.yaml:\d+: {complaint}"):
        load_schedule(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")
    with pytest.raises(ScheduleError, match=r"^empty\.yaml:1: the file is empty"):
        load_schedule(tmp_path / "empty.yaml")


def test_two_files_cannot_have_the_same_version_of_a_schedule(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ScheduleError, match=r"^b\.yaml:1: another file has vn-epi 2026-11-draft already"):
        load_schedules(tmp_path)


def test_a_newer_version_lies_beside_the_old_one_which_counts_until_staff_say_otherwise(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    newer = text.replace("version: 2026-11-draft", "version: 2027-01").replace(
        "effective_from: 2026-07-01", "effective_from: 2027-01-01"
    )
    (tmp_path / "a.yaml").write_text(newer, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
    assert [one.version for one in load_versions(tmp_path)] == ["2026-11-draft", "2027-01"]
    assert load_schedules(tmp_path)["vn-epi"].version == "2026-11-draft"


def test_a_clinician_signs_with_her_name_and_the_day(tmp_path: Path) -> None:
    path, _ = changed(tmp_path, "signed_off: null", "signed_off: {by: Dr Hoa, on: 2026-12-01}")
    assert load_schedule(path).signed_off == SignOff(by="Dr Hoa", on=date(2026, 12, 1))

"""How XML in the shape of CDC's becomes a schedule, shown with a file of our own; CDC's is never kept here."""

from datetime import date
from pathlib import Path

import pytest

from content.schedules import cdsi
from content.schedules.cdsi import load_cdsi
from content.schedules.entries import ScheduleError
from domain.sex import Sex
from domain.vaccination.ages import Age
from domain.vaccination.engine import Case, assess
from domain.vaccination.history import GivenDose
from domain.vaccination.skip_rules import AgeCondition, Comparison, Context, CountCondition

SCHEDULE = """<scheduleSupportingData>
<liveVirusConflicts><liveVirusConflict><previous><cvx>3</cvx></previous><current><cvx>21</cvx></current>
<conflictBeginInterval>1 day</conflictBeginInterval><minConflictEndInterval>24 days</minConflictEndInterval>
<conflictEndInterval>28 days</conflictEndInterval></liveVirusConflict></liveVirusConflicts>
<vaccineGroups><vaccineGroup><name>Hib</name><administerFullVaccineGroup/></vaccineGroup></vaccineGroups>
<vaccineGroupToAntigenMap><vaccineGroupMap><name>Hib</name><antigen>Hib</antigen></vaccineGroupMap>
</vaccineGroupToAntigenMap>
<cvxToAntigenMap><cvxMap><cvx>48</cvx><association><antigen>Hib</antigen></association></cvxMap></cvxToAntigenMap>
</scheduleSupportingData>"""
ANTIGEN = """<antigenSupportingData><immunity/><contraindications/>
<series><seriesName>Made up</seriesName><targetDisease>Hib</targetDisease><seriesType>Standard</seriesType>
<selectSeries><defaultSeries>Yes</defaultSeries><productPath>No</productPath><seriesGroup>1</seriesGroup>
<seriesPreference>1</seriesPreference><minAgeToStart/><maxAgeToStart>5 years</maxAgeToStart></selectSeries>
<seriesDose><doseNumber>Dose 1</doseNumber>
<age><absMinAge>6 weeks - 4 days</absMinAge><minAge>6 weeks</minAge><earliestRecAge>2 months</earliestRecAge>
<latestRecAge>3 months + 4 weeks</latestRecAge><maxAge>5 years</maxAge><effectiveDate/><cessationDate/></age>
<interval/><preferableVaccine/><allowableVaccine><cvx>48</cvx><beginAge>6 weeks - 4 days</beginAge></allowableVaccine>
<conditionalSkip><context>Both</context><setLogic>n/a</setLogic><set><conditionLogic>AND</conditionLogic>
<condition><conditionType>Age</conditionType><beginAge>7 years</beginAge></condition>
<condition><conditionType>Vaccine Count By Age</conditionType><doseCount>1</doseCount><doseType>Total</doseType>
<doseCountLogic>greater than</doseCountLogic><vaccineTypes>1; 48</vaccineTypes></condition></set></conditionalSkip>
<recurringDose>No</recurringDose></seriesDose></series>
<series><seriesName>At risk</seriesName><seriesType>Risk</seriesType></series></antigenSupportingData>"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cdsi, "GROUPS", {"Hib": "HIB"})
    (tmp_path / "ScheduleSupportingData.xml").write_text(SCHEDULE, encoding="utf-8")
    (tmp_path / "AntigenSupportingData- Hib.xml").write_text(ANTIGEN, encoding="utf-8")
    return tmp_path


def test_ages_and_products_arrive_and_past_due_is_the_day_before_the_latest(folder: Path) -> None:
    (group,) = load_cdsi(folder).groups
    (rule,) = group.doses
    (ages,) = rule.ages
    assert (group.key, ages.absolute, ages.minimum, ages.overdue) == (
        "HIB",
        Age.parse("6 weeks - 4 days"),
        Age(days=42),
        Age.parse("3 months + 27 days"),
    )
    assert (rule.vaccines, rule.offered, rule.intervals) == (("48",), "", ())


def test_a_skip_arrives_with_its_conditions_and_contexts(folder: Path) -> None:
    (rule,) = load_cdsi(folder).groups[0].doses
    (skip,) = rule.skips
    assert skip.contexts == frozenset(Context)
    assert skip.sets[0].need_all
    assert skip.sets[0].conditions == (
        AgeCondition(begin=Age(months=84)),
        CountCondition(1, Comparison.MORE_THAN, vaccines=frozenset({"01", "48"})),
    )


def test_live_vaccines_stand_apart_by_two_digit_codes(folder: Path) -> None:
    apart = load_cdsi(folder).apart["03"]["21"]
    assert (apart.begin, apart.end_if_valid, apart.end) == (Age(days=1), Age(days=24), Age(days=28))


def test_the_engine_judges_by_it(folder: Path) -> None:
    case = Case(date(2026, 1, 1), Sex.FEMALE, date(2026, 3, 1), (GivenDose("48", date(2026, 2, 8)),))
    assert [one.valid for one in assess(load_cdsi(folder), case).evaluations] == [True]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("6 weeks - 4 days</absMinAge>", "soon</absMinAge>", r"<absMinAge> 'soon' is not a duration"),
        ("<conditionType>Age", "<conditionType>Moon", r"<conditionType> 'Moon' is not a condition that this program"),
        ("<cvx>48</cvx>", "<cvx>Hib</cvx>", r"<cvx> 'Hib' is not a CVX code"),
        ("</antigenSupportingData>", "", r"this is not XML"),
    ],
)
def test_what_it_does_not_know_is_refused_by_file_and_element(folder: Path, old: str, new: str, complaint: str) -> None:
    (folder / "AntigenSupportingData- Hib.xml").write_text(ANTIGEN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ScheduleError, match=rf"^AntigenSupportingData- Hib\.xml: {complaint}"):
        load_cdsi(folder)


def test_a_folder_without_a_file_that_a_group_needs_is_refused(folder: Path) -> None:
    (folder / "AntigenSupportingData- Hib.xml").unlink()
    with pytest.raises(ScheduleError, match="There is no file for Hib in the folder"):
        load_cdsi(folder)

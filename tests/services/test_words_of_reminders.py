"""Which words may stand in a reminder: approved ones, in the language in which it comes; by the country's visits."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from content.schedules.care_loading import load_care_plans
from content.schedules.loading import load_schedules
from domain.area import Province
from domain.calendar import add_months
from domain.care.forecast import CareSettings, forecast_care
from domain.care.plan import CarePlace, CareSubject
from domain.message import Text
from domain.sex import Sex
from domain.vaccination.engine import Case, assess
from domain.vaccination.history import GivenDose
from domain.visit_texts import ChildAtVisit, VisitStep
from domain.visits import Needs
from services.programme import LanguageChoice
from services.visits.find_visits import FamilyVisit
from services.visits.visit_words import words_of_reminder
from tests.fakes.people import AN
from tests.fakes.programmes import PROGRAMME
from tests.fakes.visit_words import Approved, visit_texts
from tests.services.test_plan_visits import AWAITED, PENTA, VISIT

WORDED = replace(PROGRAMME, visit_texts=visit_texts())
TAY = ("tyz", "vi", "en")
BORN = date(2025, 6, 5)
# What a child gets at each visit that comes in time: months of age, weeks more, vaccines.
VIET_NAM = (
    ("birth", 0, 0, ("HEPB0", "BCG")),
    ("month02", 2, 0, ("PENTA", "OPV", "ROTA2")),
    ("month03", 3, 0, ("PENTA", "OPV", "ROTA2")),
    ("month04", 4, 0, ("PENTA", "OPV")),
    ("month05", 5, 0, ("IPV",)),
    ("month09", 9, 0, ("MEASLES", "IPV")),
    ("month12", 12, 0, ("JE_INACT",)),
    ("month12_second", 12, 1, ("JE_INACT",)),
    ("month18", 18, 0, ("DPT", "MR")),
    ("month24", 24, 1, ("JE_INACT",)),
    ("year03", 36, 0, ()),
    ("year04", 48, 0, ()),
    ("year05", 60, 0, ()),
)
CHINA = (
    ("birth", 0, 0, ("HEPB", "BCG")),
    ("month01", 1, 0, ("HEPB",)),
    ("month02", 2, 0, ("IPV", "DTAP")),
    ("month03", 3, 0, ("IPV",)),
    ("month04", 4, 0, ("BOPV", "DTAP")),
    ("month06", 6, 0, ("HEPB", "MPSV_A", "DTAP")),
    ("month08", 8, 0, ("MMR", "JE_LIVE")),
    ("month09", 9, 0, ("MPSV_A",)),
    ("month12", 12, 0, ()),
    ("month18", 18, 0, ("DTAP", "MMR", "HEPA_LIVE")),
    ("month24", 24, 0, ("JE_LIVE",)),
    ("month30", 30, 0, ()),
    ("year03", 36, 0, ("MPSV_AC",)),
    ("year04", 48, 0, ("BOPV",)),
    ("year05", 60, 0, ()),
)


def due(**dose: object) -> FamilyVisit:
    """A visit for one dose."""
    return replace(VISIT, subjects=((AN, Needs((replace(PENTA, **dose),))),))  # type: ignore[arg-type]


def needs_on(country: str, on: date, given: Iterable[GivenDose], done: Iterable[str]) -> Needs:
    """All that is due on a day for a child of the real schedule and care plan."""
    schedule = next(one for one in load_schedules().values() if one.country == country)
    case = Case(BORN, Sex.FEMALE, on, tuple(given), frozenset({"rota"}), {})
    plans = [one for one in load_care_plans().values() if (one.country, one.about) == (country, CareSubject.CHILD)]
    care = [
        item
        for plan in plans
        for item in forecast_care(
            plan, anchor_on=BORN, done=dict.fromkeys(done, BORN), today=on, settings=CareSettings()
        )
        if item.place is CarePlace.STATION
    ]
    return Needs(assess(schedule, case).forecasts, tuple(care)).due(on)


@pytest.mark.parametrize(("country", "visits"), [("VN", VIET_NAM), ("CN", CHINA)])
def test_a_child_who_comes_in_time_meets_each_visit_in_its_own_words(
    country: str, visits: tuple[tuple[str, int, int, tuple[str, ...]], ...]
) -> None:
    given: list[GivenDose] = []
    done: list[str] = []
    met = []
    for _name, months, weeks, vaccines in visits:
        on = add_months(BORN, months) + timedelta(weeks=weeks)
        needs = needs_on(country, on, given, done)
        met.append(WORDED.visit_texts.key(country, [ChildAtVisit(BORN, on, needs)], VisitStep.DAY))
        given += [GivenDose(vaccine, on) for vaccine in vaccines]
        done += [one.key for one in needs.care]
    assert met == [f"visits.{country.lower()}.{name}.day" for name, *_rest in visits]


def test_a_text_that_no_clinician_approved_is_left_out_but_in_a_rehearsal() -> None:
    strict = replace(WORDED, rehearsal=False)
    visit = replace(VISIT, subjects=())
    assert words_of_reminder(WORDED, visit, 7, "vi").paragraph is None
    assert words_of_reminder(strict, VISIT, 7, "vi").paragraph is None
    assert words_of_reminder(WORDED, VISIT, 7, "vi").paragraph == Text("visits.any.before")
    half = replace(strict, approvals=Approved("visits.any.before"))
    assert words_of_reminder(half, VISIT, 7, "vi").paragraph == Text("visits.any.before")
    assert words_of_reminder(half, VISIT, 1, "vi").paragraph is None
    assert words_of_reminder(half, VISIT, 7, "vi").explained == ()


def test_words_never_turn_the_whole_reminder_into_another_language() -> None:
    writes = tuple(LanguageChoice(tag, tag) for tag in ("vi", "zh", "en"))
    known = replace(WORDED, languages=writes, language_chain=lambda tag: TAY if tag == "tyz" else (tag, "en"))
    said = {tag: words_of_reminder(known, VISIT, 7, tag).paragraph for tag in ("vi", "tyz", "zh", "en")}
    assert said == {"vi": Text("visits.any.before"), "tyz": Text("visits.any.before"), "zh": None, "en": None}
    english = replace(known, visit_texts=visit_texts("en"))
    assert words_of_reminder(english, VISIT, 7, "vi").paragraph is None
    assert words_of_reminder(english, VISIT, 7, "tyz").paragraph is None


def test_one_text_that_is_missing_is_not_replaced_by_the_generic_one() -> None:
    visit = due(series="penta_primary", dose_number=1)
    assert words_of_reminder(WORDED, visit, 7, "vi").paragraph == Text("visits.vn.month02.before")
    gap = replace(WORDED, visit_texts=visit_texts(without={"visits.vn.month02.before"}))
    assert words_of_reminder(gap, visit, 7, "vi").paragraph is None
    assert words_of_reminder(gap, visit, 1, "vi").paragraph == Text("visits.vn.month02.day")


def test_a_pregnancy_beside_a_child_leaves_the_words_to_the_child() -> None:
    both = replace(VISIT, subjects=((AWAITED, VISIT.subjects[0][1]), *VISIT.subjects))
    found = words_of_reminder(WORDED, both, 7, "vi")
    assert (found.paragraph, found.explained) == (Text("visits.any.before"), VISIT.children)


def test_china_has_visits_of_its_own() -> None:
    province = Province("320800", "淮安", "CN", "Asia/Shanghai", "120", "12355", None)
    station = replace(VISIT.facility, commune=replace(VISIT.facility.commune, province=province))
    doses = (replace(VISIT.subjects[0][1].doses[0], series="men_a", dose_number=2),)
    visit = replace(
        VISIT, facility=station, subjects=((VISIT.children[0], replace(VISIT.subjects[0][1], doses=doses)),)
    )
    assert words_of_reminder(WORDED, visit, 7, "vi").paragraph == Text("visits.cn.month09.before")
    assert words_of_reminder(WORDED, replace(VISIT, facility=station), 1, "vi").paragraph == Text("visits.any.day")

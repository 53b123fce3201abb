"""From which source a dose is asked for, as a family reads it: for every rule there is, in its own language."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.drawing.child_record import draw_why
from content.interface import load_interface
from content.library import ROOT, load_library
from content.schedules.care_loading import load_care_plans
from content.schedules.loading import load_schedules
from domain.area import Commune, Facility, FacilityKind, Province
from domain.care.forecast import CareForecast, CareSettings, forecast_care
from domain.care.plan import CareSubject
from domain.identifiers import ChildId, CommuneId, FacilityId, FamilyId
from domain.people import Child
from domain.reader import Reader, Role
from domain.session_calendar import SessionDay
from domain.sex import Sex
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.vaccination.sources import Source
from domain.visits import Needs, PlannedVisit
from domain.why import VisitChoice
from services.visits.child_record.read_record import ChildRecord

RENDERER = load_library().renderer
ENGLISH = {key: text.english for key, text in load_interface(ROOT).items() if key.startswith("source.")}
BORN = date(2026, 1, 15)
AN = Child(ChildId(1), FamilyId(1), FacilityId(1), "An", BORN, Sex.FEMALE)
PROVINCE = Province("quangninh", "Quảng Ninh", "VN", "Asia/Ho_Chi_Minh", "115", "113", None)
STATION = Facility(
    FacilityId(1), "Suối Mơ", FacilityKind.HEALTH_STATION, Commune(CommuneId(1), "Suối Mơ", PROVINCE), "", "", ""
)
OLD = ("10/2024", "52/2025", "2021年版", "năm 2021", "of 2021")
NEW = ("13/2026/TT-BYT", "2026年版", "năm 2026", "of 2026")
NOT_IN_FORCE = {"vi": "đã hết hiệu lực", "zh": "已失效", "en": "no longer in force"}


def record(doses: tuple[DoseForecast, ...] = (), care: tuple[CareForecast, ...] = ()) -> ChildRecord:
    """What is next for An: these doses, and these check-ups at her visit."""
    visit = PlannedVisit(SessionDay(BORN), Needs((), care)) if care else None
    return ChildRecord(AN, STATION, None, (), doses, care, VisitChoice(visit, BORN), card_missing=False)


def said(what: ChildRecord, language: str) -> str:
    reader = Reader(language=language, zone="Asia/Ho_Chi_Minh", role=Role.MOTHER)
    body = draw_why(what)[1].body
    assert body is not None
    return RENDERER.render_plain(body, reader)


def next_dose(source: Source) -> DoseForecast:
    return DoseForecast("bcg", 1, "BCG", SeriesStatus.NOT_COMPLETE, BORN, BORN, source=source)


def every_rule() -> Iterator[tuple[Source, ChildRecord]]:
    """Every dose of both schedules and every check-up of a child, each as what An awaits."""
    for schedule in load_schedules().values():
        for rule in (rule for group in schedule.groups for rule in group.doses):
            yield rule.source, record((next_dose(rule.source),))
    for plan in load_care_plans().values():
        if plan.about is CareSubject.CHILD:
            for care in forecast_care(plan, anchor_on=BORN, done={}, today=BORN, settings=CareSettings()):
                yield care.source, record((), (care,))


@pytest.mark.parametrize("language", ["vi", "zh"])
def test_no_english_of_a_source_or_of_its_note_reaches_a_family(language: str) -> None:
    for source, what in every_rule():
        text = said(what, language)
        assert not re.search(r"\b(the|of|and|is|months?|weeks?|after|circular|edition|source)\b", text, re.IGNORECASE)
        assert not source.note or source.note.rstrip(".") not in text
        assert not any(ENGLISH[f"source.{one.document}"] in text for one in source.citations)


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
def test_what_is_not_in_force_says_so_and_names_what_is(language: str) -> None:
    replaced = 0
    for source, what in every_rule():
        text = said(what, language)
        successors = [one.successor for one in source.citations if one.successor]
        replaced += len(successors)
        lines = [line for line in text.splitlines() if any(old in line for old in OLD)]
        assert bool(lines) == bool(successors)
        assert all(NOT_IN_FORCE[language] in line for line in lines)
        assert not successors or any(new in text for new in NEW)
    assert replaced > 10


def test_what_is_in_force_today_is_named_once_below_the_doses() -> None:
    (bcg,) = (group for group in load_schedules()["vn-epi"].groups if group.key == "bcg")
    one = next_dose(bcg.doses[0].source)
    text = said(record((one, replace(one, group="penta"), replace(one, group="dtp"))), "vi")
    assert text.count("Thông tư 10/2024/TT-BYT (đã hết hiệu lực)") == 3
    assert text.count("Văn bản đang có hiệu lực là Thông tư 13/2026/TT-BYT") == 1


def test_a_check_up_of_the_visit_stands_there_with_its_source() -> None:
    plan = load_care_plans()["vn-checkups"]
    found = forecast_care(plan, anchor_on=BORN, done={}, today=BORN, settings=CareSettings())
    (care,) = (one for one in found if one.key == "checkup_2_3_months")
    assert "Quyết định 2246/QĐ-BYT (2024) · đã kiểm chứng" in said(record((), (care,)), "vi")

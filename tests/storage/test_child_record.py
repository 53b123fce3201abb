"""A child's record in rows: what Minh wrote down of An, a child of Huai'an, and what is never said to whom."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.drawing.child_record import draw_card_file, draw_why
from content.schedules.loading import load_schedules
from domain.area import FacilityKind, Province
from domain.forms.doses_had import DOSES_HAD
from domain.forms.form import Answers
from domain.identifiers import ChildId, FacilityId
from domain.invite import ActorPlace
from domain.message import Layout, Text
from domain.people import ActorRole
from domain.reader import Role
from domain.sex import Sex
from domain.vaccination.reasons import Reason
from domain.why import Verdict
from services.access import Refused
from services.forms.answer_form import Asking
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Turn
from services.visits.child_record.record_history import HistoryKept, NothingToAsk, begin_history, save_history
from services.visits.child_record.show_card import FamilyCard
from services.visits.child_record.show_why import explain_to_worker
from services.visits.schedule_forecaster import ScheduleForecaster
from storage.engine import Database
from tests.storage.test_grief_and_work import MOMENT, PROGRAMME, turn_in, turn_of_staff
from tests.storage.village import NOW, Village, arrive

FORECASTERS = {one.country: ScheduleForecaster(one) for one in load_schedules().values()}
WITH_SCHEDULES = replace(PROGRAMME, forecasters=FORECASTERS)
HUAIAN = Province("huaian", "Huai'an", "CN", "Asia/Shanghai", "120", "12345", None)


async def turn_of(uow: UnitOfWork, village: Village, role: ActorRole, chat: str) -> Turn:
    place = ActorPlace(
        chat,
        role,
        communes=(village.commune,) if role is ActorRole.VOLUNTEER else (),
        facility=village.station if role is ActorRole.HEALTH_WORKER else None,
    )
    actor = await uow.people.add_actor(place, by=None, at=NOW)
    await uow.people.link_actor(actor, (await arrive(uow, chat)).id, NOW)
    return replace(await turn_in(uow, chat), programme=WITH_SCHEDULES)


async def answered(turn: Turn, answers: Answers) -> None:
    draft = await turn.uow.drafts.find(turn.speaker.address.id, DOSES_HAD.name)
    assert draft is not None
    await turn.uow.drafts.keep(turn.speaker.address.id, replace(draft, answers={**draft.answers, **answers}))


async def doses_of(uow: UnitOfWork, child: ChildId) -> Sequence[Vaccination]:
    return (await uow.visits.vaccinations_of([child]))[child]


async def child_of_huaian(uow: UnitOfWork, village: Village) -> tuple[ChildId, FacilityId]:
    await uow.area.save_province(HUAIAN)
    commune = await uow.area.save_commune(HUAIAN.code, "Qingjiangpu")
    clinic = await uow.area.save_facility(
        commune,
        name="Clinic",
        kind=FacilityKind.COMMUNITY_HEALTH_CENTRE,
        phone="",
        hours="",
        session_rule="weekly Tue @ 08:00-11:00",
    )
    family = await uow.families.add_family(clinic, HUAIAN.zone, by=village.minh, at=NOW)
    caregiver = await uow.families.add_caregiver(family, Role.MOTHER, "zh", None)
    child = await uow.families.add_child(family, clinic, NewChild("Le", date(2026, 1, 10), Sex.MALE))
    await uow.families.add_care(caregiver, Role.MOTHER, child=child)
    return child, clinic


async def test_what_minh_reads_on_the_card_is_kept_with_its_source(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        turn = await turn_of(uow, village, ActorRole.VOLUNTEER, "minh")
        asking = await begin_history(turn, village.an)  # seven weeks old: the doses of birth
        assert isinstance(asking, Asking)
        await answered(turn, {"how": "dates", "told_from": "card", "day_0": "2026-10-02"})
        kept = await save_history(turn)
        assert isinstance(kept, HistoryKept)
        assert {
            (dose.vaccine, dose.given_on, dose.source, dose.date_known) for dose in await doses_of(uow, village.an)
        } == {
            ("HEPB0", date(2026, 10, 2), VaccinationSource.CARD, True),
            ("BCG", date(2026, 10, 2), VaccinationSource.CARD, True),
        }
        assert await save_history(turn) is None  # a second tap on “save”
        assert isinstance(await begin_history(turn, village.an), NothingToAsk)


async def test_a_day_told_twice_is_asked_again_and_nothing_is_kept(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        turn = await turn_of(uow, village, ActorRole.VOLUNTEER, "minh")
        found = Vaccination(village.an, "BCG", date(2026, 10, 2), VaccinationSource.REPORTED)
        await begin_history(turn, village.an)
        draft = await uow.drafts.find(turn.speaker.address.id, DOSES_HAD.name)
        assert draft is not None
        await answered(turn, {"written": f"{found.vaccine} {found.given_on}"})
        await answered(turn, {"how": "dates", "told_from": "card", "day_0": "2026-10-02"})
        again = await save_history(turn)
        assert isinstance(again, Asking)
        assert again.question is not None
        assert (again.question.name, again.problem and again.problem.key) == ("day_0", "problem.dose_day.twice")
        assert await doses_of(uow, village.an) == []


async def test_a_card_stays_missing_until_somebody_who_works_here_has_seen_it(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        assert await uow.visits.cards_missing([village.an]) == frozenset()
        await uow.visits.note_card_missing(village.an, NOW)
        told = Vaccination(village.an, "BCG", date(2026, 10, 2), VaccinationSource.REPORTED)
        await uow.visits.record([told], at=NOW + timedelta(hours=1), caregiver=village.lan)
        assert await uow.visits.cards_missing([village.an]) == {village.an}
        seen = replace(told, source=VaccinationSource.CARD)
        await uow.visits.record([seen], at=NOW + timedelta(hours=2), actor=village.minh)
        assert await uow.visits.cards_missing([village.an]) == frozenset()
        assert await uow.visits.cards_missing([]) == frozenset()


async def test_a_childs_own_words_and_sources_stand_beside_each_verdict(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        rows = [
            Vaccination(village.an, "BCG", date(2026, 10, 3), VaccinationSource.REPORTED),
            Vaccination(village.an, "BCG", date(2026, 10, 2), VaccinationSource.RECORD),
            Vaccination(village.an, "HEPB0", date(2026, 10, 1), VaccinationSource.CARD, date_known=False),
            Vaccination(village.an, "PENTA", date(2026, 11, 9), VaccinationSource.REPORTED),
        ]
        await uow.visits.record(rows, at=NOW, actor=village.minh)
        hoa = await turn_of(uow, village, ActorRole.HEALTH_WORKER, "hoa")
        record = await explain_to_worker(hoa, village.an)
    found = [(one.dose.vaccine, one.dose.given_on, one.dose.verdict, one.source.value) for one in record.given]
    assert found == [
        ("BCG", date(2026, 10, 2), Verdict.COUNTED, "record"),  # the family's word gave way to it
        ("PENTA", date(2026, 11, 9), Verdict.NOT_COUNTED, "reported"),
        ("HEPB0", None, Verdict.DAY_UNKNOWN, "card"),
    ]
    assert record.given[1].dose.details["days"] == 3


async def test_a_child_of_huaian_is_judged_by_chinas_schedule(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        child, _clinic = await child_of_huaian(uow, village)
        rows = [
            Vaccination(child, "MMR", date(2026, 9, 12), VaccinationSource.RECORD),
            Vaccination(child, "JE_LIVE", date(2026, 10, 6), VaccinationSource.RECORD),
        ]
        await uow.visits.record(rows, at=NOW)
        thu = replace(await turn_of_staff(uow), programme=WITH_SCHEDULES)
        record = await explain_to_worker(thu, child)
    assert [one.dose.reason for one in record.given] == [None, Reason.LIVE_TOO_NEAR]
    assert record.choice.visit is not None
    assert record.choice.visit.on.weekday() == 1
    given, following = draw_why(record)
    assert "reason.live_vaccine_too_near" in str(given.body)
    assert Text("schedule.cn_nip") in [following.body.values["basis"][-1].values["name"]]  # type: ignore[index, union-attr]


async def test_a_volunteer_and_a_nurse_of_another_station_see_no_why(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        child, _clinic = await child_of_huaian(uow, village)
        minh = await turn_of(uow, village, ActorRole.VOLUNTEER, "minh")
        hoa = await turn_of(uow, village, ActorRole.HEALTH_WORKER, "hoa")
        for turn, whom in ((minh, village.an), (minh, child), (hoa, child)):
            with pytest.raises(Refused):
                await explain_to_worker(turn, whom)
        with pytest.raises(Refused):
            await begin_history(hoa, child)


async def test_the_file_has_a_page_for_each_child_with_every_dose(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        rows = [Vaccination(village.an, "BCG", date(2026, 10, 2), VaccinationSource.RECORD)]
        await uow.visits.record(rows, at=NOW)
        hoa = await turn_of(uow, village, ActorRole.HEALTH_WORKER, "hoa")
        record = await explain_to_worker(hoa, village.an)
        caregiver = await uow.families.caregiver(village.lan)
    assert caregiver is not None
    message = draw_card_file(FamilyCard(caregiver, (record, record), False, MOMENT.now.date()), None)
    assert message.document is not None
    assert (message.document.layout, len(message.document.sections)) == (Layout.CARD, 2)
    assert [len(row) for row in message.document.sections[0].rows] == [3, 3]
    assert "An" not in message.document.file_name

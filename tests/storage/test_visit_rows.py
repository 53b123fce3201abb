"""What An was given, what Lan answered, and what the programme notes of itself."""

from dataclasses import replace
from datetime import date, timedelta

from domain.reader import Role
from domain.sex import Sex
from services.ports.families import NewChild
from services.ports.visits import Vaccination, VaccinationSource, VisitAnswer
from storage.engine import Database
from tests.storage.village import NOW, ZONE, Village, add_caregiver, add_station

DAY = date(2026, 11, 20)
BORN = date(2026, 10, 1)


async def test_the_same_dose_is_recorded_once_beside_what_lan_reported(database: Database, village: Village) -> None:
    bcg = Vaccination(village.an, "BCG", DAY, VaccinationSource.RECORD)
    hepb = replace(bcg, vaccine="HepB", given_on=BORN)
    reported = replace(bcg, source=VaccinationSource.REPORTED)
    async with database.begin() as uow:
        by_hoa = {"at": NOW, "actor": village.minh, "facility": village.station}
        assert await uow.visits.record([bcg, hepb], **by_hoa) == 2  # type: ignore[arg-type]
        assert await uow.visits.record([bcg, hepb], at=NOW) == 0
        assert await uow.visits.record([reported], at=NOW, caregiver=village.lan) == 1
        assert await uow.visits.record([], at=NOW) == 0
        given = await uow.visits.vaccinations_of([village.an])
    assert list(given[village.an]) == [hepb, bcg, reported]


async def test_a_station_takes_back_only_what_it_recorded_and_may_record_it_anew(
    database: Database, village: Village
) -> None:
    bcg = Vaccination(village.an, "BCG", DAY, VaccinationSource.RECORD)
    reported = replace(bcg, source=VaccinationSource.REPORTED)
    async with database.begin() as uow:
        other = await add_station(uow, village.commune, "Trạm Y tế Quan Lạn")
        await uow.visits.record([bcg, reported], at=NOW, facility=village.station)
        assert await uow.visits.recorded_on(village.station, DAY) == {village.an}
        assert await uow.visits.recorded_on(other, DAY) == await uow.visits.recorded_on(village.station, BORN) == set()
        assert await uow.visits.withdraw(village.an, DAY, facility=other, at=NOW) == 0
        assert await uow.visits.withdraw(village.an, DAY, facility=village.station, at=NOW) == 1
        assert await uow.visits.vaccinations_of([village.an]) == {village.an: [reported]}
        assert await uow.visits.recorded_on(village.station, DAY) == set()
        assert await uow.visits.record([bcg], at=NOW, facility=village.station) == 1


async def test_a_child_without_vaccinations_has_an_empty_list(database: Database, village: Village) -> None:
    async with database.look() as uow:
        assert await uow.visits.vaccinations_of([village.an]) == {village.an: []}
        assert await uow.visits.vaccinations_of([]) == {}


async def test_lans_latest_answer_about_a_visit_counts(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        for answer in (VisitAnswer.COMING, VisitAnswer.CANNOT):
            await uow.visits.answer(village.lan, village.station, DAY, answer, NOW)
        await uow.visits.answer(village.lan, village.station, BORN, VisitAnswer.VACCINATED, NOW)
        assert await uow.visits.answers_of(village.lan) == {
            (village.station, DAY): VisitAnswer.CANNOT,
            (village.station, BORN): VisitAnswer.VACCINATED,
        }
        assert await uow.visits.answers_of(await add_caregiver(uow, village)) == {}
        assert await uow.visits.answers_for(village.station, DAY) == {village.lan: VisitAnswer.CANNOT}
        assert await uow.visits.answers_for(village.station, NOW.date() + timedelta(days=9)) == {}


async def test_what_was_done_is_noted_and_counted(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.programme.audit("joined", at=NOW, address=village.chat, subject="caregiver:1", details={"n": 1})
        await uow.programme.audit("joined", at=NOW, actor=village.minh)
        assert (await uow.programme.audited("joined"), await uow.programme.audited("left")) == (2, 0)


async def test_the_last_run_of_a_tick_is_known(database: Database) -> None:
    async with database.begin() as uow:
        assert await uow.programme.last_tick("plan") is None
        for ran_at in (NOW, NOW + timedelta(days=1)):
            await uow.programme.note_tick("plan", ran_at=ran_at, wall_at=NOW)
        assert await uow.programme.last_tick("plan") == NOW + timedelta(days=1)
        assert await uow.programme.last_tick("send") is None


async def test_candidates_are_joined_caregivers_with_their_children_of_the_age(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        twin = await uow.families.add_child(village.family, village.station, NewChild("Bình", BORN, Sex.MALE))
        elder = await uow.families.add_child(
            village.family, village.station, NewChild("Cúc", date(2024, 1, 1), Sex.MALE)
        )
        for child in (twin, elder):
            await uow.families.add_care(village.lan, Role.MOTHER, child=child)
        outside = await add_caregiver(uow, village)
        await uow.families.add_care(outside, Role.FATHER, child=village.an)
        (candidate,) = await uow.programme.born_on(ZONE, [BORN])
        assert candidate.caregiver.id == village.lan
        assert [child.id for child in candidate.children] == [village.an, twin]
        assert await uow.programme.births_on([BORN, DAY]) == {BORN: 2}
        assert await uow.programme.born_on("Asia/Shanghai", [BORN]) == ()
        assert await uow.programme.born_on(ZONE, [DAY]) == ()
        await uow.families.join_caregiver(outside, at=NOW, on=DAY)
        await uow.families.stop_caregiver(village.lan, NOW)
        both = [village.lan, outside]
        (other,) = await uow.programme.candidates(both, born_from=BORN, born_to=DAY)
        assert (other.caregiver.id, [child.id for child in other.children]) == (outside, [village.an])

"""What provinces settle, in rows: said twice it stands once, and each province has its own."""

from dataclasses import replace
from datetime import date

from domain.care.rounds import CampaignRound
from domain.children_concerned import Births
from domain.province_rules import GateWord, Outbreak
from domain.reader import Role
from domain.sex import Sex
from domain.vaccination.ages import Age
from services.ports.families import NewChild
from storage.engine import Database
from tests.storage.village import NOW, QUANG_NINH, Village, add_station

HERE, ELSEWHERE = QUANG_NINH.code, "huaian"
JANUARY = date(2027, 1, 1)
JUNE = CampaignRound("vitamin_a", date(2027, 6, 1), date(2027, 6, 10), Age(6), Age(36))


async def add_elsewhere(database: Database) -> None:
    async with database.begin() as uow:
        await uow.area.save_province(replace(QUANG_NINH, code=ELSEWHERE, name="Huai'an"))


async def test_a_second_word_about_a_gate_on_the_same_day_replaces_the_first(
    database: Database, village: Village
) -> None:
    await add_elsewhere(database)
    async with database.begin() as uow:
        for is_open in (True, False):
            await uow.rules.set_gate(HERE, GateWord("pcv", JANUARY, is_open), by=village.minh, at=NOW)
        await uow.rules.set_gate(HERE, GateWord("pcv", date(2027, 3, 1), True), by=village.minh, at=NOW)
        rules = await uow.rules.of(HERE)
        assert set(rules.gates) == {GateWord("pcv", JANUARY, False), GateWord("pcv", date(2027, 3, 1), True)}
        assert (await uow.rules.of(ELSEWHERE)).gates == ()


async def test_a_gate_is_open_from_its_day_on_and_else_as_the_schedule_says(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await uow.rules.set_gate(HERE, GateWord("pcv", JANUARY, True), by=village.minh, at=NOW)
        await uow.rules.set_gate(HERE, GateWord("hpv", JANUARY, False), by=village.minh, at=NOW)
        rules = await uow.rules.of(HERE)
    default = frozenset({"hpv", "rota"})
    assert rules.open_gates(default, date(2026, 12, 31)) == {"hpv", "rota"}
    assert rules.open_gates(default, JANUARY) == {"pcv", "rota"}


async def test_an_upper_age_is_changed_and_dropped(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        for age in (Age(60), Age(months=0, days=42)):
            await uow.rules.set_upper_age(HERE, "vitamin_a", age, by=village.minh, at=NOW)
        assert (await uow.rules.of(HERE)).upper_ages == {"vitamin_a": Age(months=0, days=42)}
        assert await uow.rules.drop_upper_age(HERE, "vitamin_a") == 1
        assert await uow.rules.drop_upper_age(HERE, "vitamin_a") == 0
        assert (await uow.rules.of(HERE)).upper_ages == {}


async def test_an_outbreak_lasts_up_to_its_last_day(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.rules.declare_outbreak(HERE, Outbreak("mcv", JANUARY), by=village.minh, at=NOW)
        assert await uow.rules.end_outbreak(HERE, "je", date(2027, 2, 1)) == 0
        assert await uow.rules.end_outbreak(HERE, "mcv", date(2027, 2, 1)) == 1
        assert await uow.rules.end_outbreak(HERE, "mcv", date(2027, 2, 1)) == 0
        (kept,) = (await uow.rules.of(HERE)).outbreaks
    assert [kept.covers(day) for day in (JANUARY, date(2027, 2, 1), date(2027, 2, 2))] == [True, True, False]


async def test_a_cancelled_round_is_there_no_more(database: Database, village: Village) -> None:
    later = replace(JUNE, from_on=date(2027, 12, 1), until_on=date(2027, 12, 10))
    async with database.begin() as uow:
        for one in (later, JUNE):
            await uow.rules.add_round(HERE, one, by=village.minh, at=NOW)
        assert (await uow.rules.of(HERE)).rounds == (JUNE, later)
        assert await uow.rules.cancel_round(HERE, "deworming", JUNE.from_on, NOW) == 0
        assert await uow.rules.cancel_round(HERE, "vitamin_a", JUNE.from_on, NOW) == 1
        assert (await uow.rules.of(HERE)).rounds == (later,)


async def test_children_who_are_cared_for_in_the_province_are_counted_by_birthday(
    database: Database, village: Village
) -> None:
    await add_elsewhere(database)
    async with database.begin() as uow:
        other = await add_station(uow, await uow.area.save_commune(ELSEWHERE, "Huaiyin"), "Huaiyin")
        for station, born, sex in (
            (village.station, date(2026, 10, 1), Sex.FEMALE),
            (village.station, date(2026, 10, 1), Sex.MALE),
            (village.station, date(2019, 1, 1), Sex.MALE),
            (other, date(2026, 10, 1), Sex.MALE),
        ):
            child = await uow.families.add_child(village.family, station, NewChild("B", born, sex))
            await uow.families.add_care(village.lan, Role.MOTHER, child=child)
        found = await uow.rules.births(HERE, date(2020, 11, 20))
        assert found == [Births(date(2026, 10, 1), Sex.FEMALE, 2), Births(date(2026, 10, 1), Sex.MALE, 1)]

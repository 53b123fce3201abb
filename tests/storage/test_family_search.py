"""Families found by a name or a number: alike on both databases, and never outside the facilities asked for."""

from datetime import date

from domain.ends import CaregiverEnd, ChildEnd
from domain.finding import read_sought
from domain.identifiers import FacilityId, FamilyId
from domain.reader import Role
from domain.sex import Sex
from services.ports.families import NewChild
from storage.engine import Database
from tests.storage.village import NOW, ZONE, Village, add_station


async def search(
    database: Database, words: str, *facilities: FacilityId, ended: bool = False, limit: int = 11
) -> list[FamilyId]:
    sought = read_sought(words)
    assert sought is not None
    async with database.look() as uow:
        found = await uow.families.search(facilities, sought, with_ended=ended, limit=limit)
    return [one.family for one in found]


async def add_family(
    database: Database, village: Village, name: str, *, phone: str | None = None, at: FacilityId | None = None
) -> FamilyId:
    station = at or village.station
    async with database.begin() as uow:
        family = await uow.families.add_family(station, ZONE, by=village.minh, at=NOW)
        await uow.families.add_caregiver(family, Role.FATHER, "vi", phone)
        await uow.families.add_child(family, station, NewChild(name, date(2026, 9, 1), Sex.MALE))
    return family


async def test_marks_fold_and_the_likeliest_stands_first(database: Database, village: Village) -> None:
    duc = await add_family(database, village, "Nguyễn Đức Ánh")
    anh = await add_family(database, village, "Anh")

    assert await search(database, "an", village.station) == [village.family, anh, duc]
    assert await search(database, "ĐỨC nguyen", village.station) == [duc]
    assert await search(database, "ANH", village.station) == [anh, duc]
    assert await search(database, "an", village.station, limit=2) == [village.family, anh]
    assert await search(database, "an") == []


async def test_only_the_facilities_asked_for_are_searched(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        other = await add_station(uow, village.commune, "Trạm Y tế Khác")
    there = await add_family(database, village, "An", phone="+84912345678", at=other)

    for words in ("an", "5678"):
        assert await search(database, words, village.station) == [village.family]
        assert await search(database, words, other) == [there]
        assert set(await search(database, words, village.station, other)) == {village.family, there}


async def test_what_ended_is_found_only_when_asked_for_and_what_was_merged_never(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await uow.lives.end_child(village.an, ChildEnd.GRADUATED, NOW)
    for words in ("an", "5678"):
        assert await search(database, words, village.station) == []
        assert await search(database, words, village.station, ended=True) == [village.family]
    async with database.begin() as uow:
        await uow.lives.end_child(village.an, ChildEnd.MERGED, NOW)
        await uow.lives.end_caregiver(village.lan, CaregiverEnd.MERGED, NOW)
    for words in ("an", "5678"):
        assert await search(database, words, village.station, ended=True) == []


async def test_the_child_that_was_meant_stands_first_and_the_role_is_of_who_is_left(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await uow.families.add_child(village.family, village.station, NewChild("Bi", date(2026, 11, 1), Sex.MALE))
        await uow.families.add_caregiver(village.family, Role.GRANDMOTHER, "vi", None)
        await uow.lives.end_caregiver(village.lan, CaregiverEnd.DIED, NOW)
        await uow.families.add_pregnancy(village.family, village.station, date(2027, 6, 1))
        sought = read_sought("an")
        assert sought is not None
        (found,) = await uow.families.search([village.station], sought, with_ended=False, limit=11)
    assert [child.name for child in found.children] == ["An", "Bi"]
    assert (found.role, found.facility, found.due_on) == (Role.GRANDMOTHER, village.station, date(2027, 6, 1))

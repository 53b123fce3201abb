"""Places: saved twice, they are there once."""

from dataclasses import replace

from domain.area import FacilityKind
from domain.identifiers import CommuneId, FacilityId
from domain.reader import Station
from services.messages.read_as import reader_of
from storage.engine import Database
from tests.storage.village import QUANG_NINH, ZONE, Village, add_station, arrive


async def test_a_facility_knows_its_commune_province_and_zone(database: Database, village: Village) -> None:
    async with database.look() as uow:
        station = await uow.area.facility(village.station)
        assert station is not None
        assert (station.name, station.kind) == ("Trạm Y tế Minh Châu", FacilityKind.HEALTH_STATION)
        assert (station.phone, station.hours, station.session_rule) == ("+842033888111", "7:00-16:30", "monthly 25")
        assert (station.commune.name, station.commune.province, station.zone) == ("Minh Châu", QUANG_NINH, ZONE)
        assert await uow.area.facility(FacilityId(99)) is None


async def test_saving_places_again_changes_them_and_adds_none(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        changed = replace(QUANG_NINH, emergency_phone="113", phones_verified_on=None)
        await uow.area.save_province(changed)
        assert await uow.area.save_commune("quang-ninh", "Minh Châu") == village.commune
        assert await add_station(uow, village.commune, "Trạm Y tế Minh Châu") == village.station
        (station,) = await uow.area.facilities()
        assert station.commune.province == changed
        assert len(await uow.area.communes()) == 1


async def test_places_are_listed_by_name_within_the_communes_asked_for(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        other = await uow.area.save_commune("quang-ninh", "Bình Dân")
        await add_station(uow, other, "Trạm Y tế Bình Dân")
        assert [commune.name for commune in await uow.area.communes()] == ["Bình Dân", "Minh Châu"]
        names = [facility.name for facility in await uow.area.facilities()]
        assert names == ["Trạm Y tế Bình Dân", "Trạm Y tế Minh Châu"]
        assert [one.id for one in await uow.area.facilities([village.commune])] == [village.station]
        assert await uow.area.facilities([]) == await uow.area.facilities([CommuneId(99)]) == ()


async def test_a_stranger_is_told_only_the_numbers_that_hold_in_every_province(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        binh = await arrive(uow, "binh")
        assert (await reader_of(uow, binh, ())).station == Station(emergency_phone="115", protection_phone="111")
        huaian = replace(QUANG_NINH, code="huaian", name="Hoài An", protection_phone="12345")
        await uow.area.save_province(huaian)
        assert await uow.area.provinces() == (huaian, QUANG_NINH)
        assert (await reader_of(uow, binh, ())).station == Station(emergency_phone="115")


async def test_each_zone_is_named_once(database: Database) -> None:
    async with database.begin() as uow:
        for code, zone in (("a", ZONE), ("b", ZONE), ("huaian", "Asia/Shanghai")):
            await uow.area.save_province(replace(QUANG_NINH, code=code, zone=zone))
        assert await uow.area.zones() == (ZONE, "Asia/Shanghai")

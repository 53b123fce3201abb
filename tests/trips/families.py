"""Families that were there before a trip begins: kept at once, without the taps of an enrolment."""

from datetime import date

from domain.identifiers import ActorId, ChildId
from domain.reader import Role
from domain.sex import Sex
from services.ports.families import NewChild
from tests.trips.village import Village


async def add_family(village: Village, name: str, phone: str = "+84912345678") -> ChildId:
    """A family of Suối Mơ with one child."""
    at = await village.now()
    async with village.parts.database.begin() as uow:
        station = (await uow.area.facilities())[0]
        family = await uow.families.add_family(station.id, station.zone, by=ActorId(1), at=at)
        mother = await uow.families.add_caregiver(family, Role.MOTHER, "vi", phone)
        child = await uow.families.add_child(family, station.id, NewChild(name, date(2026, 11, 1), Sex.FEMALE))
        await uow.families.add_care(mother, Role.MOTHER, child=child)
    return child

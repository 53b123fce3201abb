"""The Reader of a message: who reads it, in which language, about which children, from which station."""

from collections.abc import Collection, Sequence

from domain.area import Facility
from domain.identifiers import ChildId
from domain.message import Text
from domain.people import ActorRole, Address, Caregiver
from domain.reader import Reader, Station
from services.access import access_facilities
from services.forms.surroundings import DEFAULT_ZONE
from services.ports import UnitOfWork
from services.ports.recipients import Recipients


async def read_as_caregiver(
    uow: UnitOfWork, caregiver: Caregiver, subjects: tuple[ChildId, ...], recipients: Recipients
) -> Reader:
    """She reads in her own language, from the facility of the child or of her family."""
    children = [recipients.children[child] for child in subjects if child in recipients.children]
    family = recipients.families.get(caregiver.family)
    place = children[0].facility if children else family.facility if family and not subjects else None
    facility = recipients.facilities.get(place) if place is not None else None
    return Reader(
        language=caregiver.language,
        zone=facility.zone if facility else DEFAULT_ZONE,
        role=caregiver.role,
        children=tuple(child.name for child in children if child.ended_as is None),
        station=await _station(uow, facility),
    )


async def reader_of(uow: UnitOfWork, address: Address, subjects: tuple[ChildId, ...]) -> Reader:
    """Who reads a reply: in the chat's language, which she may just have changed."""
    own = await uow.families.caregivers_at(address.id)
    facility = await _facility(uow, address, own, subjects)
    return Reader(
        language=address.language,
        zone=facility.zone if facility else DEFAULT_ZONE,
        role=own[0].role if len(own) == 1 else None,
        children=await _names(uow, subjects),
        station=await _station(uow, facility),
    )


async def _names(uow: UnitOfWork, subjects: tuple[ChildId, ...]) -> tuple[str, ...]:
    children = [await uow.families.child(child) for child in subjects]
    return tuple(child.name for child in children if child is not None and child.ended_as is None)


async def _facility(
    uow: UnitOfWork, address: Address, own: Sequence[Caregiver], subjects: tuple[ChildId, ...]
) -> Facility | None:
    """The facility of the child, of the family, or of the one who works there."""
    if subjects:
        child = await uow.families.child(subjects[0])
        return await uow.area.facility(child.facility) if child else None
    if own:
        family = await uow.families.family(own[0].family)
        return await uow.area.facility(family.facility) if family else None
    actor = await uow.people.actor_at(address.id)
    facilities = await access_facilities(uow, actor) if actor and actor.role is not ActorRole.STAFF else ()
    return facilities[0] if facilities else await _of_paper(uow, address)


async def _of_paper(uow: UnitOfWork, address: Address) -> Facility | None:
    """The facility whose card or poster somebody scanned, until her application is settled."""
    place = await uow.cards.facility_at(address.id)
    return await uow.area.facility(place) if place is not None else None


async def _station(uow: UnitOfWork, facility: Facility | None) -> Station:
    """What she can ring. A stranger gets at least the numbers in which all provinces of the programme agree."""
    if facility is None:
        provinces = await uow.area.provinces()
        return Station(
            emergency_phone=_agreed({one.emergency_phone for one in provinces}),
            protection_phone=_agreed({one.protection_phone for one in provinces}),
        )
    province = facility.commune.province
    numbers = province.emergency_phone, province.protection_phone
    return Station(facility.name, facility.phone, facility.hours, *numbers)


def _agreed(numbers: Collection[str]) -> str:
    return next(iter(numbers)) if len(numbers) == 1 else ""


def whom_of(caregiver: Caregiver, children: Sequence[str]) -> Text:
    """For whom a message on a shared chat is: by what she is to whom, as the volunteer would say it."""
    role = Text(f"choice.role.{caregiver.role}")
    names = tuple(name or Text("common.unnamed_child") for name in children)
    return (
        Text("common.whom", {"role": role, "children": names}) if names else Text("common.whom_alone", {"role": role})
    )

"""A family as those see it who work for the programme: who belongs to it and what can be done, never why."""

from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.identifiers import FamilyId
from domain.moment import local_day
from domain.people import Actor, AddressState, Caregiver
from services.access import Permission, access_family
from services.ports import UnitOfWork
from services.turn import Turn


@dataclass(frozen=True)
class Member:
    """A caregiver, and whether messages reach her."""

    caregiver: Caregiver
    reached: bool


@dataclass(frozen=True)
class FamilyPage:
    """One family. Without children and `awaiting`, contact has ended."""

    family: FamilyId
    actor: Actor
    facility: Facility | None
    members: tuple[Member, ...]
    children: tuple[str, ...]
    awaiting: bool
    enrolled_on: date


async def show_family(turn: Turn, family: FamilyId) -> FamilyPage:
    """The family, for an actor in whose places it lives."""
    uow = turn.uow
    actor, found = await access_family(uow, turn.speaker, family, Permission.SEE_FAMILIES)
    members = [await _member(uow, one) for one in await uow.families.caregivers_of_family(family)]
    children = [child.name for child in await uow.lives.children_in(family) if child.ended_as is None]
    awaiting = any(one.ended_as is None for one in await uow.lives.pregnancies_in(family))
    return FamilyPage(
        family,
        actor,
        await uow.area.facility(found.facility),
        tuple(members),
        tuple(children),
        awaiting,
        local_day(found.enrolled_at, found.zone),
    )


async def _member(uow: UnitOfWork, caregiver: Caregiver) -> Member:
    addresses = await uow.people.addresses_of_caregiver(caregiver.id)
    reached = any(one.state is AddressState.ACTIVE and one.unconfirmed_since is None for one in addresses)
    return Member(caregiver, reached and caregiver.joined_at is not None)

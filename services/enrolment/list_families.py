"""A volunteer's list: who has not joined yet and who cannot be reached; whom to help and how, never why."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.identifiers import CaregiverId
from domain.moment import local_day
from services.access import Permission, access_actor, access_caregiver, access_facilities
from services.ports.families import CaregiverOnList
from services.turn import Turn


@dataclass(frozen=True)
class FamilyList:
    """The two parts of the list."""

    not_joined: Sequence[CaregiverOnList]
    unreachable: Sequence[CaregiverOnList]


async def list_families(turn: Turn) -> FamilyList:
    """The families of her places that need her."""
    actor = access_actor(turn.speaker, Permission.SEE_FAMILIES)
    facilities = [facility.id for facility in await access_facilities(turn.uow, actor)]
    return FamilyList(await turn.uow.families.not_joined(facilities), await turn.uow.families.unreachable(facilities))


async def show_on_list(turn: Turn, caregiver: CaregiverId) -> CaregiverOnList:
    """One entry of the list."""
    _actor, found = await access_caregiver(turn.uow, turn.speaker, caregiver, Permission.SEE_FAMILIES)
    children = await turn.uow.families.children_of(found.id)
    family = await turn.uow.families.family(found.family)
    awaiting = bool(await turn.uow.families.pregnancies_of(found.id))
    enrolled_on = local_day(family.enrolled_at, family.zone) if family else turn.moment.today("UTC")
    return CaregiverOnList(found, tuple(child.name for child in children), awaiting, enrolled_on)

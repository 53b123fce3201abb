"""Staff name who at a facility calls a family that wishes to talk."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.area import Facility
from domain.identifiers import ActorId, FacilityId, FamilyId
from services.access import Permission, Refused, access_facility, access_family
from services.ports.contacts import Colleague
from services.turn import Turn


@dataclass(frozen=True)
class Contacts:
    """Who it is now, and who else it may be."""

    facility: Facility
    named: Colleague | None
    workers: Sequence[Colleague]


async def show_contacts(turn: Turn, family: FamilyId) -> Contacts:
    """The people of the facility that cares for a family."""
    _actor, found = await access_family(turn.uow, turn.speaker, family, Permission.NAME_CONTACT)
    return await _contacts(turn, found.facility)


async def name_contact(turn: Turn, facility: FacilityId, actor: ActorId) -> Contacts:
    """From now on it is this one."""
    by, place = await access_facility(turn.uow, turn.speaker, facility, Permission.NAME_CONTACT)
    if not any(one.id == actor for one in await turn.uow.contacts.workers_at(place.id)):
        raise Refused("name_contact", f"actor:{actor}")
    await turn.uow.contacts.name(place.id, actor)
    details = {"named": int(actor)}
    await turn.uow.programme.audit(
        "name_contact", at=turn.moment.now, actor=by.id, subject=f"facility:{place.id}", details=details
    )
    return await _contacts(turn, place.id)


async def _contacts(turn: Turn, facility: FacilityId) -> Contacts:
    _actor, place = await access_facility(turn.uow, turn.speaker, facility, Permission.NAME_CONTACT)
    contacts = turn.uow.contacts
    return Contacts(place, await contacts.named_at(place.id), await contacts.workers_at(place.id))

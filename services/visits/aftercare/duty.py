"""Who of the station is told of a reaction: somebody by name, with a chat that delivers. Never a volunteer."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from domain.area import Facility
from domain.identifiers import ActorId
from domain.people import ActorRole, Address, AddressState
from services.ports import UnitOfWork
from services.ports.contacts import Colleague


@dataclass(frozen=True)
class OnDuty:
    """Somebody, and her chat."""

    colleague: Colleague
    address: Address


async def find_on_duty(uow: UnitOfWork, facility: Facility, *, on_call: bool) -> OnDuty | None:
    """Who is on call there, else the named worker, else a health worker, else staff: the first who can be reached."""
    async for colleague in _in_order(uow, facility, on_call=on_call):
        if colleague.role is ActorRole.VOLUNTEER:
            continue
        for address in await uow.people.addresses_of_actor(colleague.id):
            if address.state is AddressState.ACTIVE:
                return OnDuty(colleague, address)
    return None


async def _in_order(uow: UnitOfWork, facility: Facility, *, on_call: bool) -> AsyncIterator[Colleague]:
    named = await _named(uow, facility.settings.on_call) if on_call else None
    for one in (named, await uow.contacts.named_at(facility.id)):
        if one is not None:
            yield one
    for one in await uow.contacts.workers_at(facility.id):
        yield one
    for staffer in await uow.absences.everybody():
        if staffer.actor.role is ActorRole.STAFF and staffer.left_at is None:
            yield Colleague(staffer.actor.id, staffer.actor.name, staffer.actor.role)


async def _named(uow: UnitOfWork, actor: ActorId | None) -> Colleague | None:
    return await uow.contacts.colleague(actor) if actor is not None else None

"""A caregiver who had joined is in another chat: a new telephone, a new account, or a second one."""

from domain.identifiers import CaregiverId
from domain.message import OutgoingMessage, Text
from domain.people import Address, AddressState
from domain.sending.outbox import Reason
from domain.silence import must_say_who
from services.access import Refused, access_own
from services.messages.reply import reply
from services.turn import Turn

REPLACED = "replaced"


async def reachable_elsewhere(turn: Turn, caregiver: CaregiverId) -> tuple[Address, ...]:
    """Her other chats that deliver and need not say who reads there."""
    return tuple(
        address
        for address in await turn.uow.people.addresses_of_caregiver(caregiver)
        if address.id != turn.speaker.address.id
        and address.state is AddressState.ACTIVE
        and not must_say_who(address, turn.moment.now)
    )


async def tell_of_new_phone(turn: Turn, other: Address) -> None:
    """In the chat that she had: somebody reads her messages elsewhere from now on."""
    await reply(turn, [OutgoingMessage(Text("relink.added"))], to=other.id)


async def may_leave_other_chats(turn: Turn, caregiver: CaregiverId) -> bool:
    """Whether she has others, and this one came by a worker's link or none of the others can be reached."""
    addresses = await turn.uow.people.addresses_of_caregiver(caregiver)
    if all(address.id == turn.speaker.address.id for address in addresses):
        return False
    by_worker = await turn.uow.invites.came_by_worker(caregiver)
    return by_worker or not await reachable_elsewhere(turn, caregiver)


async def leave_other_chats(turn: Turn, caregiver: CaregiverId) -> None:
    """Only this chat is hers from now on: the old telephone is lost, sold or somebody else's."""
    own = access_own(turn.speaker, caregiver)
    if not await may_leave_other_chats(turn, own.id):
        raise Refused("leave_other_chats", f"caregiver:{own.id}")
    for address in await turn.uow.people.addresses_of_caregiver(own.id):
        if address.id != turn.speaker.address.id and len(await turn.uow.families.caregivers_at(address.id)) == 1:
            await turn.uow.outbox.close_replies(address.id, Reason.NO_ADDRESS)
    await turn.uow.people.unlink_caregiver(own.id, turn.moment.now, as_=REPLACED, but=turn.speaker.address.id)
    await turn.uow.programme.audit(
        "leave_other_chats",
        at=turn.moment.now,
        address=turn.speaker.address.id,
        subject=f"caregiver:{own.id}",
    )

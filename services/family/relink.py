"""A caregiver who had joined is in another chat: a new telephone, a new account, or a second one."""

from domain.identifiers import CaregiverId
from domain.sending.outbox import Reason
from services.access import access_own
from services.turn import Turn

REPLACED = "replaced"


async def has_other_chats(turn: Turn, caregiver: CaregiverId) -> bool:
    """Whether she is linked to chats besides this one."""
    addresses = await turn.uow.people.addresses_of_caregiver(caregiver)
    return any(address.id != turn.speaker.address.id for address in addresses)


async def leave_other_chats(turn: Turn, caregiver: CaregiverId) -> None:
    """Only this chat is hers from now on: the old telephone is lost, sold or somebody else's."""
    own = access_own(turn.speaker, caregiver)
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

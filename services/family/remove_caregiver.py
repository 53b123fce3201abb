"""Remove a caregiver at once, for somebody's safety: without notice to the removed, and without a trace in her chat."""

from domain.ends import CaregiverEnd
from domain.forms.joining import JOINING
from domain.identifiers import CaregiverId
from domain.people import Caregiver
from domain.sending.outbox import Lane, Reason
from services.access import REMOVED, Permission, access_caregiver
from services.turn import Turn


async def remove_caregiver(turn: Turn, caregiver: CaregiverId) -> Caregiver:
    """Close whatever waits for her, end her links and invites. A second tap changes nothing.

    What is already on its way (seconds) cannot be called back. Her chat behaves from now on like one to which there is
    nothing to tell; her words of consent stay in the ledger.
    """
    actor, found = await access_caregiver(turn.uow, turn.speaker, caregiver, Permission.ENROL)
    uow, now = turn.uow, turn.moment.now
    addresses = await uow.people.addresses_of_caregiver(found.id)
    await uow.lives.end_caregiver(found.id, CaregiverEnd.REMOVED, now)
    await uow.outbox.close_planned(found.id, Reason.CONTACT_ENDED, tuple(Lane))
    for address in addresses:
        await uow.drafts.drop(address.id, JOINING.name)
        if len(await uow.families.caregivers_at(address.id)) == 0:
            await uow.outbox.close_replies(address.id, Reason.CONTACT_ENDED)
    await uow.people.unlink_caregiver(found.id, now, as_=REMOVED)
    await uow.invites.withdraw_for(found.id, now)
    await uow.programme.audit("remove_caregiver", at=now, actor=actor.id, subject=f"caregiver:{found.id}")
    return found

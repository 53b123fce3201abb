"""Remove a caregiver at once, for somebody's safety: without notice to the removed, and without a trace in her chat."""

from domain.ends import CaregiverEnd
from domain.forms.joining import JOINING
from domain.identifiers import CaregiverId
from domain.people import Caregiver
from domain.sending.outbox import Lane, Reason
from domain.tasks import TaskKind
from services.access import REMOVED, Permission, Refused, access_actor, access_caregiver
from services.turn import Turn


async def remove_caregiver(turn: Turn, caregiver: CaregiverId) -> Caregiver:
    """Close whatever waits for her, end her links and invites. A second tap changes nothing.

    What is already on its way (seconds) cannot be called back. Her chat behaves from now on like one to which there is
    nothing to tell; her words of consent stay in the ledger.
    """
    actor, found = await access_caregiver(turn.uow, turn.speaker, caregiver, Permission.SEE_FAMILIES)
    access_actor(turn.speaker, Permission.ENROL)
    if found.ended_as is CaregiverEnd.REMOVED:
        return found
    if found.ended_as is not None:
        raise Refused("remove_caregiver", f"caregiver:{found.id}")
    await _close_everything(turn, found)
    await turn.uow.programme.audit(
        "remove_caregiver", at=turn.moment.now, actor=actor.id, subject=f"caregiver:{found.id}"
    )
    return found


async def _close_everything(turn: Turn, found: Caregiver) -> None:
    uow, now = turn.uow, turn.moment.now
    addresses = await uow.people.addresses_of_caregiver(found.id)
    await uow.lives.end_caregiver(found.id, CaregiverEnd.REMOVED, now)
    await uow.outbox.close_planned(found.id, Reason.CONTACT_ENDED, tuple(Lane))
    for address in addresses:
        await uow.drafts.drop(address.id, JOINING.name)
        if not await uow.families.caregivers_at(address.id) and await uow.people.actor_at(address.id) is None:
            await uow.outbox.close_replies(address.id, Reason.CONTACT_ENDED)
            await uow.drafts.drop_all(address.id)
    await uow.people.unlink_caregiver(found.id, now, as_=REMOVED)
    await uow.invites.withdraw_for(found.id, now)
    await uow.invites.withdraw_offered_by(found.id, now)
    await uow.tasks.drop(found.id, (TaskKind.REACH, TaskKind.CALL), now)

"""Stop and come back. Stopping closes what is planned at once; the station's record stays, and the text says so."""

from domain.sending.outbox import Lane, Reason
from services.access import anew
from services.messages.plan_day import plan_one
from services.turn import Turn


async def stop(turn: Turn) -> None:
    """Everyone who speaks from this chat gets nothing more, until she comes back."""
    for caregiver in turn.speaker.caregivers:
        await turn.uow.families.stop_caregiver(caregiver.id, turn.moment.now)
        await turn.uow.outbox.close_planned(caregiver.id, Reason.STOPPED, (Lane.VISIT, Lane.TIP, Lane.CAMPAIGN))
        await turn.uow.programme.audit(
            "stop", at=turn.moment.now, address=turn.speaker.address.id, subject=f"caregiver:{caregiver.id}"
        )


async def come_back(turn: Turn) -> None:
    """She is with us again: what is still of use is planned, the rest is past."""
    for caregiver in turn.speaker.caregivers:
        await turn.uow.families.stop_caregiver(caregiver.id, None)
    for caregiver in (await anew(turn.uow, turn.speaker)).caregivers:
        await plan_one(turn, caregiver)
        await turn.uow.outbox.reopen(caregiver.id, turn.moment.now)

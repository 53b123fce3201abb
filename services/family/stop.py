"""Stop and come back. Stopping closes what is planned at once; the station's record stays, and the text says so."""

from domain.people import Caregiver
from domain.sending.outbox import Lane, Reason
from services.access import access_own, anew
from services.family.welcome import Digest, what_matters_now
from services.messages.plan_day import plan_one
from services.turn import Turn


async def stop(turn: Turn, caregiver: Caregiver) -> None:
    """She gets nothing more, until she comes back."""
    await turn.uow.families.stop_caregiver(caregiver.id, turn.moment.now)
    await turn.uow.outbox.close_planned(caregiver.id, Reason.STOPPED, (Lane.VISIT, Lane.TIP, Lane.CAMPAIGN))
    await turn.uow.programme.audit(
        "stop", at=turn.moment.now, address=turn.speaker.address.id, subject=f"caregiver:{caregiver.id}"
    )


async def come_back(turn: Turn, caregiver: Caregiver) -> Digest:
    """She is with us again after a stop or a pause: she hears what matters now, and what was missed is past."""
    await turn.uow.families.stop_caregiver(caregiver.id, None)
    await turn.uow.lives.pause(caregiver.id, None)
    await turn.uow.outbox.supersede(caregiver.id, turn.moment.now)
    back = access_own(await anew(turn.uow, turn.speaker), caregiver.id)
    await plan_one(turn, back)
    await turn.uow.outbox.reopen(back.id, turn.moment.now)
    return await what_matters_now(turn, back)


def is_silent(caregiver: Caregiver) -> bool:
    """Whether she asked for silence, and could come back."""
    return caregiver.stopped_at is not None or caregiver.pause is not None

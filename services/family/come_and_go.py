"""A chat that was unreachable is back: it is told what matters now, and what was missed is past."""

from services.family.welcome import Digest, what_matters_now
from services.messages.plan_day import plan_one
from services.turn import Turn


async def note_return(turn: Turn) -> tuple[Digest, ...]:
    """Plan what is still to come, open again what is said of visits, and give what matters now to each who reads here.

    Nothing for those who have not joined or asked us to stop, or have nobody left of whom we speak.
    """
    digests: list[Digest] = []
    for caregiver in turn.speaker.caregivers:
        if caregiver.joined_at is None or caregiver.stopped_at is not None:
            continue
        await turn.uow.outbox.supersede(caregiver.id, turn.moment.now)
        await plan_one(turn, caregiver)
        await turn.uow.outbox.reopen(caregiver.id, turn.moment.now)
        digest = await what_matters_now(turn, caregiver)
        digests += [] if digest.nobody else [digest]
    return tuple(digests)

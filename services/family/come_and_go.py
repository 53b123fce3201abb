"""A chat that was unreachable is back: what is still of use is planned again, the rest is past."""

from services.messages.plan_day import plan_one
from services.turn import Turn


async def note_return(turn: Turn) -> None:
    """Open again what was closed while nothing could be delivered: tips at her hour, what else there is at once."""
    for caregiver in turn.speaker.caregivers:
        await plan_one(turn, caregiver)
        await turn.uow.outbox.reopen(caregiver.id, turn.moment.now)

"""Plan a caregiver's tips anew: something was told that changes which of them fit, those already planned too."""

from collections.abc import Iterable
from datetime import timedelta

from domain.people import Caregiver
from domain.sending.outbox import Lane, Reason
from services.messages.plan_day import plan_one
from services.turn import Turn

AHEAD = timedelta(days=2)


async def plan_tips_anew(turn: Turn, caregivers: Iterable[Caregiver]) -> None:
    """What waits for them is closed, and what fits now is planned."""
    outbox = turn.uow.outbox
    for caregiver in caregivers:
        await outbox.drop_planned_tips(caregiver.id)
        await outbox.close_planned(caregiver.id, Reason.SUPERSEDED, (Lane.TIP,))
        await outbox.supersede(caregiver.id, turn.moment.now + AHEAD)
        await plan_one(turn, caregiver)

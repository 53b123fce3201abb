"""A caregiver asks for silence: of tips only or of visits too, for a time or until she comes back."""

from datetime import date, timedelta

from domain.pause import Pause, PauseScope
from domain.people import Caregiver
from services.turn import Turn, Work

SPANS = (7, 30, 90)
"""Days that can be chosen; 0 stands for “until I come back”."""


async def pause_messages(turn: Turn, caregiver: Caregiver, scope: PauseScope, days: int) -> Pause:
    """Silence from now on; what falls into it is closed when its hour comes, with its reason."""
    family = await turn.uow.families.family(caregiver.family)
    today = turn.moment.today(family.zone if family else "UTC")
    pause = Pause(scope, today + timedelta(days=days) if days in SPANS else None)
    await turn.uow.lives.pause(caregiver.id, pause)
    await turn.uow.programme.audit(
        "pause", at=turn.moment.now, address=turn.speaker.address.id, subject=f"caregiver:{caregiver.id}"
    )
    return pause


async def end_pause(work: Work, caregiver: Caregiver, today: date) -> None:
    """When the last day of a pause has passed: what fell into it and is still of use is planned again."""
    if caregiver.pause is not None and caregiver.pause.is_over(today):
        await work.uow.lives.pause(caregiver.id, None)
        await work.uow.outbox.reopen(caregiver.id, work.moment.now)

"""A caregiver changes what she chose: language, hour, amount. What is planned follows."""

from domain.forms.joining import HOURS
from domain.journey import Amount
from domain.people import Caregiver
from services.access import Refused, anew
from services.messages.plan_day import plan_one
from services.turn import Turn


async def change_language(turn: Turn, tag: str) -> None:
    """The chat's language, and that of everyone who speaks from it; strangers choose too."""
    if tag not in {language.tag for language in turn.programme.languages}:
        raise Refused("change_language", "language")
    await turn.uow.people.speak_language(turn.speaker.address.id, tag)
    for caregiver in turn.speaker.caregivers:
        await turn.uow.families.change_caregiver(caregiver.id, language=tag)


async def change_hour(turn: Turn, hour: int) -> None:
    """Her hour for tips, 8 to 19."""
    if hour not in HOURS:
        raise Refused("change_hour", "hour")
    for caregiver in turn.speaker.caregivers:
        await turn.uow.families.change_caregiver(caregiver.id, tip_hour=hour)
    await _plan_anew(turn)


async def change_amount(turn: Turn, amount: int) -> None:
    """How much she wants to read."""
    if amount not in set(Amount):
        raise Refused("change_amount", "amount")
    for caregiver in turn.speaker.caregivers:
        await turn.uow.families.change_caregiver(caregiver.id, amount=amount)
    await _plan_anew(turn)


async def _plan_anew(turn: Turn) -> None:
    for caregiver in await _speaking(turn):
        await turn.uow.outbox.drop_planned_tips(caregiver.id)
        await plan_one(turn, caregiver)


async def _speaking(turn: Turn) -> tuple[Caregiver, ...]:
    return (await anew(turn.uow, turn.speaker)).caregivers

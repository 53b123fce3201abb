"""A caregiver changes what she chose: language, hour, amount, visits. What is planned follows."""

from domain.forms.joining import HOURS
from domain.journey import Amount
from domain.people import Caregiver
from services.access import Refused, access_own, anew
from services.messages.plan_day import plan_one
from services.turn import Turn


async def change_language(turn: Turn, tag: str) -> None:
    """The chat's language, and that of everyone who speaks from it; strangers choose too."""
    if tag not in {language.tag for language in turn.programme.languages}:
        raise Refused("change_language", "language")
    await turn.uow.people.speak_language(turn.speaker.address.id, tag)
    for caregiver in turn.speaker.caregivers:
        await turn.uow.families.change_caregiver(caregiver.id, language=tag)


async def change_hour(turn: Turn, caregiver: Caregiver, hour: int) -> None:
    """Her hour for tips, 8 to 19."""
    if hour not in HOURS:
        raise Refused("change_hour", "hour")
    await turn.uow.families.change_caregiver(caregiver.id, tip_hour=hour)
    await _plan_anew(turn, caregiver)


async def change_amount(turn: Turn, caregiver: Caregiver, amount: int) -> None:
    """How much she wants to read."""
    if amount not in set(Amount):
        raise Refused("change_amount", "amount")
    await turn.uow.families.change_caregiver(caregiver.id, amount=amount)
    await _plan_anew(turn, caregiver)


async def change_visits(turn: Turn, caregiver: Caregiver, *, wanted: bool) -> None:
    """Whether she wants to be reminded of visits."""
    await turn.uow.families.change_caregiver(caregiver.id, wants_visits=wanted)
    await _plan_anew(turn, caregiver)


async def _plan_anew(turn: Turn, caregiver: Caregiver) -> None:
    await turn.uow.outbox.drop_planned_tips(caregiver.id)
    await turn.uow.outbox.reopen(caregiver.id, turn.moment.now)
    await plan_one(turn, access_own(await anew(turn.uow, turn.speaker), caregiver.id))

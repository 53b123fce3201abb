"""A tip now: the newest message for the child's age, and on asking again the ones before it."""

from dataclasses import dataclass

from domain.births import Birth, births_of
from domain.identifiers import CaregiverId, ChildId
from domain.journey import Standing, is_older_than, reached_steps
from domain.people import Caregiver
from services.turn import Turn


@dataclass(frozen=True)
class TipFound:
    """A message that a caregiver may read now; `place` counts back from the newest."""

    caregiver: CaregiverId
    children: tuple[ChildId, ...]
    key: str
    place: int
    more: bool


@dataclass(frozen=True)
class NoTip:
    """Nothing to read: the child is older than our messages, not born yet, or nothing is released so far."""

    reason: str


async def find_tip(turn: Turn, place: int = 0) -> TipFound | NoTip:
    """The tip at this place, for the youngest child of the one who speaks."""
    for caregiver in turn.speaker.caregivers:
        births = births_of(await turn.uow.families.children_of(caregiver.id))
        if births:
            return await _tip(turn, caregiver, births[-1], place)
    return NoTip("not_born")


async def _tip(turn: Turn, caregiver: Caregiver, birth: Birth, place: int) -> TipFound | NoTip:
    family = await turn.uow.families.family(caregiver.family)
    today = turn.moment.today(family.zone if family else "UTC")
    if is_older_than(turn.programme.journey, birth_date=birth.born_on, today=today):
        return NoTip("older")
    standing = Standing(birth.born_on, today, caregiver.role, birth.tracks)
    steps = [
        step
        for step in reached_steps(turn.programme.journey, standing)
        if turn.programme.may_send(step.key, caregiver.language)
    ]
    if not steps:
        return NoTip("not_released")
    place = place % len(steps)
    return TipFound(caregiver.id, birth.child_ids, steps[place].key, place, more=len(steps) > 1)

"""A tip now: the newest message for the child's age, and on asking again the ones before it."""

from dataclasses import dataclass

from domain.identifiers import CaregiverId, ChildId
from domain.journey import is_older_than, reached_steps
from domain.people import Caregiver, Child
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
        children = await turn.uow.families.children_of(caregiver.id)
        if children:
            twins = tuple(child for child in children if child.birth_date == children[-1].birth_date)
            return await _tip(turn, caregiver, twins, place)
    return NoTip("not_born")


async def _tip(turn: Turn, caregiver: Caregiver, twins: tuple[Child, ...], place: int) -> TipFound | NoTip:
    born = twins[0].birth_date
    family = await turn.uow.families.family(caregiver.family)
    today = turn.moment.today(family.zone if family else "UTC")
    if is_older_than(turn.programme.journey, birth_date=born, today=today):
        return NoTip("older")
    steps = [
        step
        for step in reached_steps(turn.programme.journey, birth_date=born, today=today, role=caregiver.role)
        if turn.programme.may_send(step.key, caregiver.language)
    ]
    if not steps:
        return NoTip("not_released")
    place = place % len(steps)
    return TipFound(caregiver.id, tuple(child.id for child in twins), steps[place].key, place, more=len(steps) > 1)

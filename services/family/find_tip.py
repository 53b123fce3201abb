"""A tip now: the newest message for the child's age, and on asking again the ones before it."""

from dataclasses import dataclass

from domain.births import births_of
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
    """Nothing to read: the child is too old for our messages or not born yet, nobody is there, nothing is released."""

    reason: str


async def find_tip(turn: Turn, caregiver: Caregiver, place: int = 0, *, shared: bool = False) -> TipFound | NoTip:
    """The tip at this place, for her youngest child; nothing private where others read too."""
    births = births_of(await turn.uow.families.children_of(caregiver.id))
    if not births:
        awaited = await turn.uow.families.pregnancies_of(caregiver.id)
        return NoTip("not_born" if awaited else "nobody")
    birth = births[-1]
    family = await turn.uow.families.family(caregiver.family)
    today = turn.moment.today(family.zone if family else "UTC")
    if is_older_than(turn.programme.journey, birth_date=birth.born_on, today=today):
        return NoTip("older")
    standing = Standing(birth.born_on, today, caregiver.role, birth.tracks)
    steps = [
        step
        for step in reached_steps(turn.programme.journey, standing)
        if turn.programme.may_send(step.key, caregiver.language) and not (shared and step.private)
    ]
    if not steps:
        return NoTip("not_released")
    place = place % len(steps)
    return TipFound(caregiver.id, birth.child_ids, steps[place].key, place, more=len(steps) > 1)

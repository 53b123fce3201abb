"""A tip now: the newest message for her youngest child or her pregnancy, and on asking again the ones before it."""

from dataclasses import dataclass
from datetime import date

from domain.identifiers import CaregiverId, ChildId
from domain.people import Caregiver
from services.family.journeys import HerJourney, find_journeys
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
    """Nothing to read: the child is too old for our messages, it is too early in pregnancy, nobody is there, or nothing
    is released."""

    reason: str


async def find_tip(turn: Turn, caregiver: Caregiver, place: int = 0, *, shared: bool = False) -> TipFound | NoTip:
    """The tip at this place; nothing private where others read too."""
    family = await turn.uow.families.family(caregiver.family)
    children = await turn.uow.families.children_of(caregiver.id)
    journeys = await find_journeys(turn, caregiver, children, family.zone if family else "UTC")
    going_on = [one for one in journeys if not one.is_over]
    tips = _newest_first(turn, caregiver, going_on, shared=shared)
    if not tips:
        return NoTip(_why_none(journeys, going_on))
    place = place % len(tips)
    _, key, concerned = tips[place]
    return TipFound(caregiver.id, concerned, key, place, more=len(tips) > 1)


def _newest_first(
    turn: Turn, caregiver: Caregiver, journeys: list[HerJourney], *, shared: bool
) -> list[tuple[date, str, tuple[ChildId, ...]]]:
    """Since when, which, and about whom."""
    found = [
        (step.starts_on(one.standing.begins_on), step.key, tuple(child.id for child in one.children))
        for one in journeys
        for step in one.reached()
        if turn.programme.may_send(step.key, caregiver.language) and not (shared and step.private)
    ]
    return sorted(found, key=lambda tip: tip[0], reverse=True)


def _why_none(journeys: tuple[HerJourney, ...], going_on: list[HerJourney]) -> str:
    if not journeys:
        return "nobody"
    if not going_on:
        return "older" if journeys[0].children else "not_born"
    return "not_released" if any(one.reached() for one in going_on) or going_on[0].children else "not_born"

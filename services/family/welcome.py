"""What matters now, said once: to the one who just joined, perhaps late, and to the one who is back."""

from dataclasses import dataclass

from domain.people import Caregiver, Child
from services.family.journeys import find_journeys
from services.turn import Turn
from services.visits.find_visits import FamilyVisit, find_family_visits, may_show_visits


@dataclass(frozen=True)
class Digest:
    """The essential message of the children's age, the next visit, and whether a child is older than our messages.

    `nobody`: there is neither a child nor a pregnancy of which we speak to her.
    """

    caregiver: Caregiver
    children: tuple[Child, ...]
    tip: str | None
    tip_for: tuple[Child, ...]
    visit: FamilyVisit | None
    shows_visits: bool
    older: bool
    awaiting: bool
    nobody: bool = False


async def what_matters_now(turn: Turn, caregiver: Caregiver) -> Digest:
    """One digest instead of all that was missed."""
    family = await turn.uow.families.family(caregiver.family)
    zone = family.zone if family else "UTC"
    children = await turn.uow.families.children_of(caregiver.id)
    shows_visits = await may_show_visits(turn, caregiver)
    visits = await find_family_visits(turn, caregiver.id, children) if shows_visits else ()
    journeys = await find_journeys(turn, caregiver, children, zone)
    first = journeys[0] if journeys else None
    step = first.essential() if first else None
    tip = step.key if step and turn.programme.may_send(step.key, caregiver.language) else None
    awaiting = not children and bool(journeys)
    return Digest(
        caregiver=caregiver,
        children=children,
        tip=tip,
        tip_for=first.children if first else (),
        visit=visits[0] if visits else None,
        shows_visits=shows_visits,
        older=first is not None and not awaiting and first.is_over,
        awaiting=awaiting,
        nobody=not children and not awaiting,
    )

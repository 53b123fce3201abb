"""My child and next visit: each child's age and the next visits, or how far a pregnancy is."""

from dataclasses import dataclass
from datetime import date

from domain.calendar import age_in_days, age_in_months, gestation_in_weeks
from domain.identifiers import ChildId, PregnancyId
from domain.people import Caregiver
from services.turn import Turn
from services.visits.find_visits import FamilyVisit, find_family_visits, may_show_visits

OLDEST_IN_DAYS = 60  # younger than this, people count in days and weeks


@dataclass(frozen=True)
class ChildAge:
    """A child's name and age in completed months, and in days for the youngest."""

    child: ChildId
    name: str
    months: int
    days: int

    @property
    def in_days(self) -> bool:
        """Whether people would count in days."""
        return self.days < OLDEST_IN_DAYS


@dataclass(frozen=True)
class Awaited:
    """A pregnancy: its completed weeks and the day on which 40 are full."""

    pregnancy: PregnancyId
    weeks: int
    due_on: date


@dataclass(frozen=True)
class FamilyView:
    """What a caregiver sees of her children. Without `shows_visits` it is the station that tells her of visits."""

    caregiver: Caregiver
    children: tuple[ChildAge, ...]
    awaited: tuple[Awaited, ...]
    visits: tuple[FamilyVisit, ...]
    shows_visits: bool


async def show_children(turn: Turn) -> tuple[FamilyView, ...]:
    """One view for each caregiver who speaks from this chat."""
    return tuple([await view_of(turn, caregiver) for caregiver in turn.speaker.caregivers])


async def view_of(turn: Turn, caregiver: Caregiver) -> FamilyView:
    """What one of the speaking caregivers sees."""
    family = await turn.uow.families.family(caregiver.family)
    today = turn.moment.today(family.zone if family else "UTC")
    children = await turn.uow.families.children_of(caregiver.id)
    pregnancies = await turn.uow.families.pregnancies_of(caregiver.id)
    shows_visits = await may_show_visits(turn, caregiver)
    return FamilyView(
        caregiver,
        tuple(
            ChildAge(child.id, child.name, age_in_months(child.birth_date, today), age_in_days(child.birth_date, today))
            for child in children
        ),
        tuple(Awaited(one.id, gestation_in_weeks(one.due_on, today), one.due_on) for one in pregnancies),
        await find_family_visits(turn, caregiver.id, children, pregnancies) if shows_visits else (),
        shows_visits,
    )

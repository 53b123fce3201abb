"""A child is ill before a visit: with a sign of danger they go now, otherwise they come and the nurse decides."""

from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.calendar import age_in_months
from domain.identifiers import CaregiverId, FacilityId
from domain.people import Caregiver, Child
from domain.tasks import TaskKind
from services.ports.contacts import Colleague
from services.ports.tasks import NewTask
from services.ports.visits import VisitAnswer
from services.turn import Turn
from services.visits.aftercare.alarm import raise_alarm
from services.visits.answer_reminder import Stands, access_visit, concerned_on, how_it_stands, next_of
from services.visits.find_visits import FamilyVisit

YOUNG_UNTIL_MONTHS = 2
"""Younger children have signs of danger of their own. Source: WHO and UNICEF, IMCI chart booklet, 2014."""


@dataclass(frozen=True)
class ChildIsIll:
    """Whom it concerns, whether one of them is a young infant, and whether the session is still to come."""

    caregiver: Caregiver
    facility: Facility
    on: date
    children: tuple[Child, ...]
    is_young: bool
    stands: Stands
    danger: bool = False
    next_visit: FamilyVisit | None = None


async def tell_ill(turn: Turn, whose: CaregiverId, facility: FacilityId, on: date) -> ChildIsIll:
    """She says that a child is ill. Signs of danger are asked for however old the button is."""
    ill = await _ill(turn, whose, facility, on)
    answers = await turn.uow.visits.answers_of(whose)
    if ill.stands is Stands.KEPT and answers.get((facility, on)) is not VisitAnswer.VACCINATED:
        await turn.uow.visits.answer(whose, facility, on, VisitAnswer.ILL, turn.moment.now)
    return ill


async def answer_danger(
    turn: Turn, whose: CaregiverId, facility: FacilityId, on: date, *, danger: bool
) -> tuple[ChildIsIll, Colleague | None]:
    """Whether one of the signs is there: then who is on call is told, and the volunteer asked to call, never why."""
    ill = await _ill(turn, whose, facility, on, danger=danger)
    if not danger:
        return ill, None
    await _have_called(turn, ill)
    told = await raise_alarm(turn, ill.caregiver, ill.children, ill.facility) if ill.children else None
    return ill, told


async def _ill(turn: Turn, whose: CaregiverId, facility: FacilityId, on: date, *, danger: bool = False) -> ChildIsIll:
    caregiver, place = await access_visit(turn, whose, facility)
    concerned = await concerned_on(turn, caregiver, place, on)
    every = [one for one in await turn.uow.families.children_of(caregiver.id) if one.facility == facility]
    children = [one for one, _needs in concerned if isinstance(one, Child)] or every
    today = turn.moment.today(place.zone)
    stands = await how_it_stands(turn, place, on, concerned)
    return ChildIsIll(
        caregiver,
        place,
        on,
        tuple(children),
        is_young=any(age_in_months(one.birth_date, today) < YOUNG_UNTIL_MONTHS for one in children),
        stands=stands,
        danger=danger,
        next_visit=await next_of(turn, caregiver) if stands is not Stands.KEPT else None,
    )


async def _have_called(turn: Turn, ill: ChildIsIll) -> None:
    today = turn.moment.today(ill.facility.zone)
    task = NewTask(
        TaskKind.CALL,
        f"ill:{ill.caregiver.id}:{today.isoformat()}",
        ill.caregiver.family,
        due_on=today,
        caregiver=ill.caregiver.id,
    )
    await turn.uow.tasks.add(task, at=turn.moment.now)
    await turn.uow.programme.audit(
        "sign_of_danger",
        at=turn.moment.now,
        address=turn.speaker.address.id,
        subject=f"caregiver:{ill.caregiver.id}",
    )

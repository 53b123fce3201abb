"""A caregiver answers a reminder: we'll come, can't come that day, already vaccinated."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

from domain.area import Facility
from domain.identifiers import CaregiverId, FacilityId
from domain.people import Caregiver, Child
from domain.session_days import next_session_day
from domain.vaccination.forecast import DoseForecast, due_doses
from services.access import Refused, access_own
from services.ports.visits import Vaccination, VaccinationSource, VisitAnswer
from services.turn import Turn
from services.visits.find_visits import FamilyVisit, cannot_come, find_family_visits, rule_of


@dataclass(frozen=True)
class ReminderAnswered:
    """What was understood; for *can't come* the next session day instead.

    `past`: the day is over, nothing was kept, and `next_visit` is what comes now.
    """

    caregiver: CaregiverId
    answer: VisitAnswer
    facility: Facility
    on: date
    instead: date | None = None
    children: tuple[str, ...] = ()
    past: bool = False
    next_visit: FamilyVisit | None = None


async def answer_reminder(
    turn: Turn, whose: CaregiverId, facility: FacilityId, on: date, answer: VisitAnswer
) -> ReminderAnswered:
    """Keep her answer. The same tap twice gives the same answer; her word on vaccinations is kept as *reported*.

    A button may be tapped long after its day, and after another one: what counts is what was still due on that day.
    Who says after the day that she comes, or cannot, is told that it is over.
    """
    caregiver, place = await access_visit(turn, whose, facility)
    if answer is not VisitAnswer.VACCINATED and on < turn.moment.today(place.zone):
        visits = await find_family_visits(turn, caregiver.id, await turn.uow.families.children_of(caregiver.id))
        return ReminderAnswered(caregiver.id, answer, place, on, past=True, next_visit=visits[0] if visits else None)
    if answer is VisitAnswer.VACCINATED:
        await _report(turn, caregiver, place, on)
    await turn.uow.visits.answer(caregiver.id, facility, on, answer, turn.moment.now)
    instead = await _instead(turn, caregiver, place, on) if answer is VisitAnswer.CANNOT else None
    concerned = await _due_on(turn, caregiver, place, on, {VaccinationSource.RECORD})
    names = tuple(child.name for child, _doses in concerned)
    return ReminderAnswered(caregiver.id, answer, place, on, instead, names)


async def access_visit(turn: Turn, whose: CaregiverId, facility: FacilityId) -> tuple[Caregiver, Facility]:
    """One of those who speak from this chat, and a facility that cares for a child of hers."""
    caregiver = access_own(turn.speaker, whose)
    children = await turn.uow.families.children_of(caregiver.id)
    place = await turn.uow.area.facility(facility)
    if place is None or not any(child.facility == facility for child in children):
        raise Refused("answer_reminder", f"facility:{facility}")
    return caregiver, place


async def _instead(turn: Turn, caregiver: Caregiver, place: Facility, on: date) -> date | None:
    """The next session day on which she did not say that she cannot come."""
    rule = rule_of(place)
    if rule is None:
        return None
    after = max(on, turn.moment.today(place.zone)) + timedelta(days=1)
    return next_session_day(rule, after, cancelled=await cannot_come(turn, caregiver.id, place.id))


async def _due_on(
    turn: Turn, caregiver: Caregiver, place: Facility, on: date, believed: Set[VaccinationSource]
) -> tuple[tuple[Child, tuple[DoseForecast, ...]], ...]:
    """Her children at this facility who lack something on that day, by the sources that are believed."""
    forecaster = turn.programme.forecasters.get(place.commune.province.country)
    if forecaster is None:
        return ()
    children = [child for child in await turn.uow.families.children_of(caregiver.id) if child.facility == place.id]
    given = await turn.uow.visits.vaccinations_of([child.id for child in children])
    found = []
    for child in children:
        history = [dose for dose in given[child.id] if dose.source in believed]
        doses = due_doses(forecaster.forecast(child, history, turn.moment.today(place.zone)), on)
        found += [(child, doses)] if doses else []
    return tuple(found)


async def _report(turn: Turn, caregiver: Caregiver, place: Facility, on: date) -> None:
    given_on = min(turn.moment.today(place.zone), on)
    reported = [
        Vaccination(child.id, dose.vaccine, given_on, VaccinationSource.REPORTED)
        for child, doses in await _due_on(turn, caregiver, place, on, set(VaccinationSource))
        for dose in doses
    ]
    await turn.uow.visits.record(reported, at=turn.moment.now, caregiver=caregiver.id)

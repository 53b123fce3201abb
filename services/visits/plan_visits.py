"""Plan the reminders of one caregiver's next visits: seven days and one day before, each while it is of use."""

from collections.abc import Iterable
from datetime import date, timedelta

from domain.identifiers import CaregiverId, FacilityId
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.moment import Moment
from domain.people import Caregiver
from domain.sending.hours import end_of_visit_reminders, start_of_day, visit_instant
from domain.sending.outbox import Lane, PlannedMessage
from domain.visit_occasion import VisitOccasion
from domain.visits import VISIT_STEPS
from services.ports.visits import VisitAnswer
from services.visits.find_visits import FamilyVisit


def plan_reminders(caregiver: Caregiver, visits: Iterable[FamilyVisit], moment: Moment) -> tuple[PlannedMessage, ...]:
    """The reminders that are to go today, or were to go since she joined and are still of use."""
    return tuple(
        _reminder(caregiver, visit, step)
        for visit in visits
        for step, next_step in zip(VISIT_STEPS, (*VISIT_STEPS[1:], 0), strict=True)
        if _is_open(caregiver, visit, step, next_step, moment.today(visit.facility.zone))
    )


def _is_open(caregiver: Caregiver, visit: FamilyVisit, step: int, next_step: int, today: date) -> bool:
    day = visit.on - timedelta(days=step)
    if caregiver.joined_on is None or day < caregiver.joined_on:
        return False
    return day <= today < max(visit.on - timedelta(days=next_step), day + timedelta(days=1))


def _reminder(caregiver: Caregiver, visit: FamilyVisit, step: int) -> PlannedMessage:
    zone = visit.facility.zone
    occasion = VisitOccasion(visit.facility.id, visit.on, step)
    later = [other for other in VISIT_STEPS if other < step]
    ends = start_of_day(visit.on - timedelta(days=later[0]), zone) if later else None
    return PlannedMessage(
        lane=Lane.VISIT,
        message=reminder_message(visit, step, caregiver.id),
        occasion=str(occasion),
        send_from=visit_instant(visit.on - timedelta(days=step), zone, f"{caregiver.id}:{occasion}"),
        expires_at=ends or end_of_visit_reminders(visit.on, zone),
        caregiver=caregiver.id,
        subjects=visit.child_ids,
    )


def reminder_message(visit: FamilyVisit, step: int, caregiver: CaregiverId, *, comes: bool = False) -> OutgoingMessage:
    """What is said before a visit: place, day, hours, what is given, what to bring; and three answers.

    Who said that she comes is not asked again.
    """
    values: dict[str, Value] = {
        "on": visit.on,
        "hours": visit.hours or Text("common.station_hours_unknown"),
        "vaccines": tuple(Text(f"vaccine.{code.lower()}.short") for code in visit.vaccines),
    }
    if comes:
        change = answer_choice(VisitAnswer.CANNOT, visit.facility.id, visit.on, caregiver)
        return OutgoingMessage(Text("visit.reminder.coming", values), ((change,),), names_child=True)
    choices = answer_choices(visit.facility.id, visit.on, caregiver)
    return OutgoingMessage(Text(f"visit.reminder.{step}", values), choices, names_child=True)


def answer_choices(facility: FacilityId, on: date, caregiver: CaregiverId) -> tuple[tuple[Choice, ...], ...]:
    """The answers to a reminder, a button each."""
    return tuple((answer_choice(answer, facility, on, caregiver),) for answer in VisitAnswer)


def answer_choice(answer: str, facility: FacilityId, on: date, caregiver: CaregiverId) -> Choice:
    """One answer. The button says whose it is: on a shared phone two mothers have reminders of one day."""
    payload = f"v1:visit:{caregiver}:{facility}:{on.isoformat()}:{answer}"
    return Choice(Text(f"visit.choice.{answer}"), payload)

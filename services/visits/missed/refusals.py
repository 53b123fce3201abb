"""A family does not want what was due: its word is kept, nobody reminds of it, and a health worker offers a talk."""

from collections.abc import Sequence
from datetime import date

from domain.area import Facility
from domain.attendance import AttendanceSource, Outcome
from domain.identifiers import CaregiverId, ChildId
from domain.people import Child
from domain.tasks import TaskKind
from domain.vaccination.engine import Exemption
from domain.vaccination.forecast import DoseForecast
from services.ports.attendances import Attendance
from services.ports.care import NewExemption
from services.ports.tasks import NewTask
from services.ports.visits import ON_RECORD, Vaccination
from services.turn import Work
from services.visits.find_needs import find_child_needs, place_of
from services.visits.missed.climb_ladder import find_nurse, tell_colleague
from services.visits.missed.past_sessions import Lacking


def talk_occasion(child: ChildId, on: date) -> str:
    """The occasion of the talk that is offered: one for each visit that was not wanted."""
    return f"refusal:{child}:{on.isoformat()}"


async def keep_refusal(work: Work, lacking: Lacking, caregiver: CaregiverId) -> None:
    """Only what was due on that day is asked for no more, until it is taken back, by her or by the nurse."""
    for child, doses in lacking.items():
        for dose in doses:
            refused = NewExemption(child, dose.group, Exemption.REFUSED)
            await work.uow.care.exempt(refused, at=work.moment.now, caregiver=caregiver)


async def offer_talk(work: Work, facility: Facility, on: date, child: Child, caregiver: CaregiverId) -> None:
    """A health worker is asked for a personal talk; her list never says why."""
    nurse = await find_nurse(work, facility)
    talk = NewTask(
        kind=TaskKind.CALL,
        occasion=talk_occasion(child.id, on),
        family=child.family,
        due_on=work.moment.today(facility.zone),
        caregiver=caregiver,
        actor=nurse.id if nurse else None,
        child=child.id,
    )
    if nurse is not None and await work.uow.tasks.add(talk, at=work.moment.now):
        await tell_colleague(work, facility, nurse, on)


async def take_back_refusal(work: Work, facility: Facility, on: date, children: Sequence[Child]) -> None:
    """The family changed its mind about that visit: its doses are asked for again, but what a nurse noted stands."""
    needs = await find_child_needs(work, await place_of(work, facility), children)
    for child in children:
        for dose in needs[child.id].doses:
            if _was_due(dose, on):
                await work.uow.care.take_back_refusal(child.id, dose.group, work.moment.now)
        await work.uow.tasks.drop_occasion(talk_occasion(child.id, on), work.moment.now)


def _was_due(dose: DoseForecast, on: date) -> bool:
    return dose.refused and dose.due is not None and dose.due <= on


async def end_refusals(work: Work, doses: Sequence[Vaccination]) -> None:
    """A dose that a family had not wanted was given after all: the following ones are asked for as usual."""
    written = [dose for dose in doses if dose.source in ON_RECORD and dose.date_known]
    said = await work.uow.attendances.of_children(list({dose.child for dose in written}))
    for child, words in said.items():
        days = [word.on for word in words if _is_refusal(word)]
        given = [dose for dose in written if dose.child == child and days and dose.given_on >= max(days)]
        if given:
            await _end(work, child, frozenset(dose.vaccine for dose in given))
            for on in days:
                await work.uow.tasks.drop_occasion(talk_occasion(child, on), work.moment.now)


def _is_refusal(word: Attendance) -> bool:
    return (word.outcome, word.source) == (Outcome.REFUSED, AttendanceSource.REPORTED)


async def _end(work: Work, number: ChildId, vaccines: frozenset[str]) -> None:
    child = await work.uow.families.child(number)
    facility = await work.uow.area.facility(child.facility) if child else None
    if facility is None:
        return
    place = await place_of(work, facility)
    groups = place.forecaster.schedule.groups if place.forecaster else ()
    kinds = (await work.uow.care.exemptions_of([number], work.moment.today(facility.zone)))[number]
    for group in groups:
        if group.vaccines & vaccines and kinds.get(group.key) is Exemption.REFUSED:
            await work.uow.care.end_exemption(number, group.key, work.moment.now)

"""The families whom no message reaches before a session day, and who asked neither for silence nor for another day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.consent import Purpose, stands_for_child
from domain.identifiers import CaregiverId, FamilyId
from domain.people import AddressState, Caregiver, Child, Family, Pregnancy
from domain.silence import must_say_who
from services.ports.families import Household, Member
from services.ports.visits import VisitAnswer
from services.turn import Work
from services.visits.find_visits import (
    FamilyVisit,
    Subject,
    SubjectVisit,
    find_child_visits,
    find_pregnancy_visits,
    together,
)

SPOKEN_FOR = frozenset({VisitAnswer.CANNOT, VisitAnswer.MOVED})


@dataclass(frozen=True)
class ToCall:
    """A family out of reach that is expected, and whom of it to ask for (None: nobody is left to name)."""

    family: Family
    caregiver: Caregiver | None
    visit: FamilyVisit


ByDay = Mapping[date, tuple[ToCall, ...]]


async def find_out_of_reach(work: Work, facility: Facility, subjects: Sequence[Subject], days: Sequence[date]) -> ByDay:
    """Whom of these to call before each of the days, those enrolled first at the front.

    How a family is reached is asked first: what is due is computed only for those of whom nobody reads.
    """
    households = await _unread(work, subjects) if days else {}
    found = await _visits(work, facility, [one for one in subjects if one.family in households])
    by_day = {on: [one for one in found if one.visit is not None and one.visit.on == on] for on in days}
    return {on: await _of_day(work, facility, on, expected, households=households) for on, expected in by_day.items()}


async def _unread(work: Work, subjects: Sequence[Subject]) -> Mapping[FamilyId, Household]:
    households = await work.uow.families.households({one.family for one in subjects})
    return {
        number: household
        for number, household in households.items()
        if not any(_reads_or_is_silent(work, member) for member in household.members)
    }


def _reads_or_is_silent(work: Work, member: Member) -> bool:
    caregiver = member.caregiver
    if caregiver.stopped_at is not None or not caregiver.wants_visits:
        return True
    chats = member.chats if caregiver.joined_at is not None else ()
    return any(chat.state is AddressState.ACTIVE and not must_say_who(chat, work.moment.now) for chat in chats)


async def _visits(work: Work, facility: Facility, subjects: Sequence[Subject]) -> tuple[SubjectVisit, ...]:
    children = [one for one in subjects if isinstance(one, Child)]
    awaited = [one for one in subjects if isinstance(one, Pregnancy)]
    return (
        *await find_child_visits(work, facility, children),
        *await find_pregnancy_visits(work, facility, awaited),
    )


async def _of_day(
    work: Work, facility: Facility, on: date, found: Sequence[SubjectVisit], *, households: Mapping[FamilyId, Household]
) -> tuple[ToCall, ...]:
    if not found:
        return ()
    answers = await work.uow.visits.answers_for(facility.id, on)
    to_call = []
    for number in sorted({one.subject.family for one in found}):
        household = households[number]
        if not _is_spoken_for(household, on, answers) and await _may_be_called(work, number):
            (visit,) = together([one for one in found if one.subject.family == number])
            to_call.append(ToCall(household.family, _whom(household), visit))
    return tuple(to_call)


def _is_spoken_for(household: Household, on: date, answers: Mapping[CaregiverId, VisitAnswer]) -> bool:
    """Whether one of them asked for silence on that day, or said that they do not come."""
    caregivers = [member.caregiver for member in household.members]
    paused = any(one.pause is not None and one.pause.silences_visits(on) for one in caregivers)
    return paused or any(answers.get(one.id) in SPOKEN_FOR for one in caregivers)


async def _may_be_called(work: Work, family: FamilyId) -> bool:
    """Unless the child's file may not be used; who was never asked is called."""
    words = await work.uow.consents.about_family(family)
    asked = any(one.purpose is Purpose.FILE for _role, one in words)
    return not asked or stands_for_child(words, Purpose.FILE)


def _whom(household: Household) -> Caregiver | None:
    caregivers = [member.caregiver for member in household.members]
    return min(caregivers, key=lambda one: one.phone is None, default=None)

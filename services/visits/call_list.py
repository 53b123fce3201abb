"""Whom no message reaches is called before a session day; a call that has lost its reason is dropped by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from domain.area import Facility
from domain.call_list import (
    CALLED_BEFORE,
    MOST_CALLS,
    CallOccasion,
    caller_of,
    calls_of_facility,
    calls_of_session,
    parse_call_occasion,
    share_calls,
)
from domain.consent import Purpose, stands_for_child
from domain.farewell import born_after
from domain.identifiers import ActorId, FacilityId, FamilyId
from domain.people import ActorRole, AddressState, Caregiver, Family
from domain.session_calendar import SessionDay
from domain.silence import must_say_who
from domain.tasks import Task, TaskKind
from domain.visits import is_over
from services.ports.contacts import Colleague
from services.ports.tasks import NewTask
from services.ports.visits import Vaccination, VisitAnswer
from services.turn import Work
from services.visits.find_visits import FamilyVisit, SubjectVisit, find_child_visits, find_pregnancy_visits, together
from services.visits.may_remind import may_remind

SPOKEN_FOR = frozenset({VisitAnswer.CANNOT, VisitAnswer.MOVED})


@dataclass(frozen=True)
class ToCall:
    """A family out of reach that is expected, and whom of it to ask for (None: nobody is left to name)."""

    family: Family
    caregiver: Caregiver | None
    visit: FamilyVisit


async def make_call_lists(work: Work, zone: str) -> None:
    """The calls of the session days of the next three days. A second time adds only who became due since."""
    for facility in await work.uow.area.facilities():
        if facility.zone == zone:
            await settle_facility_calls(work, facility)
            await _make(work, facility)


async def _make(work: Work, facility: Facility) -> None:
    today = work.moment.today(facility.zone)
    calendar = await work.uow.sessions.calendar(facility)
    days = calendar.days(today + timedelta(days=1), today + CALLED_BEFORE)
    if not days or not await may_remind(work, facility):
        return
    found = await _all_visits(work, facility)
    for day in days:
        await _share(work, facility, day.on, await _out_of_reach(work, found, day.on))


async def find_to_call(work: Work, facility: Facility, on: date) -> tuple[ToCall, ...]:
    """The families out of reach who are expected on a session day, those enrolled first at the front."""
    return await _out_of_reach(work, await _all_visits(work, facility), on)


async def _all_visits(work: Work, facility: Facility) -> tuple[SubjectVisit, ...]:
    born = born_after(work.moment.today(facility.zone))
    children = await work.uow.families.children_at(facility.id, born_after=born)
    awaited = await work.uow.families.pregnancies_at(facility.id)
    return (
        *await find_child_visits(work, facility, children),
        *await find_pregnancy_visits(work, facility, awaited),
    )


async def _out_of_reach(work: Work, found: Sequence[SubjectVisit], on: date) -> tuple[ToCall, ...]:
    of_day = [one for one in found if one.visit is not None and one.visit.on == on]
    families = sorted({one.subject.family for one in of_day})
    to_call = []
    for number in families:
        family = await work.uow.families.family(number)
        if family is not None and await _is_out_of_reach(work, number, of_day[0].facility.id, on):
            (visit,) = together([one for one in of_day if one.subject.family == number])
            to_call.append(ToCall(family, await _whom(work, number), visit))
    return tuple(to_call)


async def _whom(work: Work, family: FamilyId) -> Caregiver | None:
    caregivers = await work.uow.families.caregivers_of_family(family)
    return min(caregivers, key=lambda one: one.phone is None, default=None)


async def _is_out_of_reach(work: Work, family: FamilyId, facility: FacilityId, on: date) -> bool:
    """Whether nobody of the family reads, and nobody of it asked for silence or answered already."""
    caregivers = await work.uow.families.caregivers_of_family(family)
    if any([await _reads_or_is_silent(work, one, facility, on) for one in caregivers]):
        return False
    words = await work.uow.consents.about_family(family)
    asked = any(one.purpose is Purpose.FILE for _role, one in words)
    return not asked or stands_for_child(words, Purpose.FILE)


async def _reads_or_is_silent(work: Work, caregiver: Caregiver, facility: FacilityId, on: date) -> bool:
    if caregiver.stopped_at is not None or not caregiver.wants_visits:
        return True
    if caregiver.pause is not None and caregiver.pause.silences_visits(on):
        return True
    if (await work.uow.visits.answers_of(caregiver.id)).get((facility, on)) in SPOKEN_FOR:
        return True
    chats = await work.uow.people.addresses_of_caregiver(caregiver.id) if caregiver.joined_at else ()
    return any(chat.state is AddressState.ACTIVE and not must_say_who(chat, work.moment.now) for chat in chats)


async def _share(work: Work, facility: Facility, on: date, to_call: Sequence[ToCall]) -> None:
    every = await work.uow.tasks.about(calls_of_session(facility.id, on))
    made = [one for one in every if not one.dropped]
    known = {one.task.family for one in made}
    new = {one.family.id: one for one in to_call if one.family.id not in known}
    if not new:
        return
    today = work.moment.today(facility.zone)
    duties = await work.uow.absences.duties({facility.commune.id}, now=work.moment.now, today=today)
    given = [one.task.actor for one in made]
    here = {duty.actor for duty in duties if caller_of(duty.actor, duties) == duty.actor}
    room = {actor: MOST_CALLS - given.count(actor) for actor in sorted(here)}
    families = [(number, caller_of(one.family.volunteer, duties)) for number, one in new.items()]
    await _add(work, new, share_calls(families, room), facility=facility, on=on)


async def _add(
    work: Work,
    to_call: Mapping[FamilyId, ToCall],
    shared: Mapping[FamilyId, ActorId | None],
    *,
    facility: Facility,
    on: date,
) -> None:
    station = await station_worker(work, facility.id)
    for number, one in to_call.items():
        task = NewTask(
            TaskKind.REMIND_VISIT,
            str(CallOccasion(facility.id, on, number)),
            number,
            due_on=work.moment.today(facility.zone),
            caregiver=one.caregiver.id if one.caregiver else None,
            actor=shared[number] or (station.id if station else None),
        )
        if not await work.uow.tasks.add(task, at=work.moment.now):
            await work.uow.tasks.open_again(task)


async def station_worker(work: Work, facility: FacilityId) -> Colleague | None:
    """Whom staff named at the facility, unless it is a volunteer; else its first health worker."""
    named = await work.uow.contacts.named_at(facility)
    if named is not None and named.role is not ActorRole.VOLUNTEER:
        return named
    workers = await work.uow.contacts.workers_at(facility)
    return next((one for one in workers if one.role is ActorRole.HEALTH_WORKER), None)


async def settle_facility_calls(work: Work, facility: Facility) -> None:
    """Drop the calls of a facility that nobody need make any more."""
    open_ = await work.uow.tasks.about(calls_of_facility(facility.id), still_open=True)
    for one in open_:
        await _settle(work, one.task, facility)


async def settle_family_calls(work: Work, family: FamilyId) -> None:
    """The same for one family: somebody of it reads again, a child was vaccinated, they have moved."""
    for task in await work.uow.tasks.open_in([family], date.max):
        occasion = parse_call_occasion(task.occasion)
        facility = await work.uow.area.facility(occasion.facility) if occasion else None
        if facility is not None:
            await _settle(work, task, facility)


async def settle_calls_after_doses(work: Work, doses: Sequence[Vaccination]) -> None:
    """The same for the families of children who got something."""
    children = [await work.uow.families.child(number) for number in dict.fromkeys(dose.child for dose in doses)]
    for family in dict.fromkeys(child.family for child in children if child is not None):
        await settle_family_calls(work, family)


async def _settle(work: Work, task: Task, facility: Facility) -> None:
    occasion = parse_call_occasion(task.occasion)
    if occasion is None:
        return
    session = (await work.uow.sessions.calendar(facility)).day(occasion.on)
    if not await _is_needed(work, facility, occasion, session):
        await work.uow.tasks.drop_occasion(task.occasion, work.moment.now)


async def _is_needed(work: Work, facility: Facility, occasion: CallOccasion, session: SessionDay | None) -> bool:
    if session is None or is_over(session, work.moment.now.astimezone(ZoneInfo(facility.zone))):
        return False
    children = await work.uow.lives.children_in(occasion.family)
    awaited = await work.uow.lives.pregnancies_in(occasion.family)
    here = [child for child in children if child.facility == facility.id and child.ended_as is None]
    awaited_here = [one for one in awaited if one.facility == facility.id and one.ended_as is None]
    found = (
        *await find_child_visits(work, facility, here),
        *await find_pregnancy_visits(work, facility, awaited_here),
    )
    is_expected = any(one.visit is not None and one.visit.on == occasion.on for one in found)
    return is_expected and await _is_out_of_reach(work, occasion.family, facility.id, occasion.on)

"""Whom no message reaches is called before a session day; a call that has lost its reason is dropped by itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
from domain.farewell import born_after
from domain.identifiers import ActorId, FacilityId, FamilyId
from domain.people import ActorRole
from domain.session_calendar import SessionCalendar
from domain.tasks import Task, TaskKind
from domain.visits import is_over
from services.ports.contacts import Colleague
from services.ports.tasks import NewTask
from services.ports.visits import Vaccination
from services.turn import Work
from services.visits.find_visits import Subject
from services.visits.may_remind import may_remind
from services.visits.out_of_reach import ByDay, ToCall, find_out_of_reach
from services.visits.zone_now import ZoneNow, look_at_zone

Calls = Sequence[CallOccasion]


async def make_call_lists(work: Work, zone: str, here: ZoneNow | None = None) -> None:
    """The calls of the session days of the next three days. A second time adds only who became due since."""
    here = here or await look_at_zone(work, zone)
    today = work.moment.today(zone)
    coming = dict(_coming(here, today))
    every = _by_facility(await work.uow.tasks.open_of(TaskKind.REMIND_VISIT))
    asked = {number: calls for number, calls in every.items() if number in here.calendars}
    last = max([today + CALLED_BEFORE, *(call.on for calls in asked.values() for call in calls)])
    subjects = await _subjects(work, coming.keys() | asked.keys(), by=last, today=today)
    for facility in here.facilities:
        if facility.id in coming or facility.id in asked:
            calendar, days = here.calendars[facility.id], coming.get(facility.id, [])
            calls = asked.get(facility.id, [])
            to_look = sorted({*days, *_still_to_come(work, facility, calendar, calls)})
            found = await find_out_of_reach(work, facility, subjects[facility.id], to_look)
            await _drop_needless(work, calls, found)
            await _make(work, facility, days, found)


def _coming(here: ZoneNow, today: date) -> Iterable[tuple[FacilityId, list[date]]]:
    for facility, days in here.sessions(today + timedelta(days=1), today + CALLED_BEFORE):
        yield facility.id, [day.on for day in days]


def _by_facility(tasks: Iterable[Task]) -> Mapping[FacilityId, list[CallOccasion]]:
    calls: defaultdict[FacilityId, list[CallOccasion]] = defaultdict(list)
    for task in tasks:
        call = parse_call_occasion(task.occasion)
        if call is not None:
            calls[call.facility].append(call)
    return dict(calls)


async def _subjects(
    work: Work, facilities: Iterable[FacilityId], *, by: date, today: date
) -> Mapping[FacilityId, Sequence[Subject]]:
    """For each facility who may have something due by then."""
    found: defaultdict[FacilityId, list[Subject]] = defaultdict(list)
    wanted = sorted(facilities)
    if wanted:
        for child in await work.uow.forecasts.due_at(wanted, born_after=born_after(today), by=by):
            found[child.facility].append(child)
        for one in await work.uow.families.awaited_at(wanted):
            found[one.facility].append(one)
    return found


def _still_to_come(work: Work, facility: Facility, calendar: SessionCalendar, calls: Calls) -> set[date]:
    """The days of these calls on which a session stands that is not over."""
    local = work.moment.now.astimezone(ZoneInfo(facility.zone))
    sessions = [calendar.day(call.on) for call in calls]
    return {session.on for session in sessions if session is not None and not is_over(session, local)}


async def _drop_needless(work: Work, calls: Calls, found: ByDay) -> None:
    for call in calls:
        if all(one.family.id != call.family for one in found.get(call.on, ())):
            await work.uow.tasks.drop_occasion(str(call), work.moment.now)


async def _make(work: Work, facility: Facility, days: Sequence[date], found: ByDay) -> None:
    if any(found[on] for on in days) and await may_remind(work, facility):
        for on in days:
            await _share(work, facility, on, found[on])


async def find_to_call(work: Work, facility: Facility, on: date) -> tuple[ToCall, ...]:
    """The families out of reach who are expected on a session day, those enrolled first at the front."""
    subjects = await _subjects(work, [facility.id], by=on, today=work.moment.today(facility.zone))
    return (await find_out_of_reach(work, facility, subjects[facility.id], [on]))[on]


async def _share(work: Work, facility: Facility, on: date, to_call: Sequence[ToCall]) -> None:
    every = await work.uow.tasks.about(calls_of_session(facility.id, on)) if to_call else ()
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
    calls = [call for one in open_ if (call := parse_call_occasion(one.task.occasion)) is not None]
    if calls:
        today, last = work.moment.today(facility.zone), max(call.on for call in calls)
        subjects = await _subjects(work, [facility.id], by=last, today=today)
        families = {call.family for call in calls}
        await _settle(work, facility, calls, [one for one in subjects[facility.id] if one.family in families])


async def settle_family_calls(work: Work, family: FamilyId) -> None:
    """The same for one family: somebody of it reads again, a child was vaccinated, they have moved."""
    calls = _by_facility(await work.uow.tasks.open_in([family], date.max))
    if not calls:
        return
    children = await work.uow.lives.children_in(family)
    awaited = await work.uow.lives.pregnancies_in(family)
    subjects: list[Subject] = [*children, *awaited]
    going_on = [one for one in subjects if one.ended_as is None]
    for number, of_facility in calls.items():
        facility = await work.uow.area.facility(number)
        if facility is not None:
            await _settle(work, facility, of_facility, [one for one in going_on if one.facility == number])


async def settle_calls_after_doses(work: Work, doses: Sequence[Vaccination]) -> None:
    """The same for the families of children who got something."""
    children = await work.uow.families.children_with({dose.child for dose in doses})
    open_ = await work.uow.tasks.open_in({child.family for child in children}, date.max)
    for family in dict.fromkeys(task.family for task in open_ if task.kind is TaskKind.REMIND_VISIT):
        await settle_family_calls(work, family)


async def _settle(work: Work, facility: Facility, calls: Calls, subjects: Sequence[Subject]) -> None:
    calendar = await work.uow.sessions.calendar(facility)
    to_look = sorted(_still_to_come(work, facility, calendar, calls))
    await _drop_needless(work, calls, await find_out_of_reach(work, facility, subjects, to_look))

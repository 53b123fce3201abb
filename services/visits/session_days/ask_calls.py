"""Calls about a changed session day: for families without a chat, and for all when there is no time for messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from domain.absence import Duty
from domain.area import Facility
from domain.call_list import caller_of
from domain.identifiers import ActorId, CaregiverId, FamilyId
from domain.message import Text, Value
from domain.people import Actor, ActorRole
from domain.session_notice import (
    ChangeCall,
    Word,
    is_short_notice,
    parse_change_call,
    shared_out,
    whom_to_call,
)
from domain.tasks import Task, TaskKind
from services.ports.tasks import NewTask
from services.turn import Work
from services.visits.call_list import station_worker
from services.visits.session_days.find_concerned import Concerned
from services.visits.zone_now import ZoneNow, look_at_zone

OTHER_DAY = frozenset({Word.MOVED, Word.NO_DAY, Word.AGAIN, Word.CHANGED})
"""Who comes in vain, or to the wrong place, is called; a vaccine that has to wait is said at the station."""


@dataclass(frozen=True)
class Calls:
    """How many calls there are, and how many of them are of the one who changed the day, or of her colleague."""

    all: int = 0
    of_station: int = 0


NO_CALLS = Calls()


@dataclass(frozen=True)
class _Call:
    family: FamilyId
    caregiver: CaregiverId
    occasion: ChangeCall
    is_reached: bool


async def ask_calls(work: Work, facility: Facility, concerned: Sequence[Concerned], *, number: int, by: Actor) -> Calls:
    """A task for each family that must be called: its volunteer's, at most ten each, the rest the station's."""
    calls = [
        call
        for family, members in groupby(concerned, key=lambda one: one.caregiver.family)
        if (call := _call(work, facility, family, tuple(members), number=number)) is not None
    ]
    calls.sort(key=lambda one: one.is_reached)
    today = work.moment.today(facility.zone)
    duties = await work.uow.absences.duties({facility.commune.id}, now=work.moment.now, today=today)
    volunteers = [(one.family, await _volunteer(work, one.family, duties)) for one in calls]
    rest = await _nurse(work, facility, by)
    asked = dict(shared_out(volunteers, rest))
    for one in calls:
        await _ask(work, facility, one, asked[one.family])
    return Calls(len(calls), sum(actor == rest for actor in asked.values()))


def _call(
    work: Work, facility: Facility, family: FamilyId, members: Sequence[Concerned], *, number: int
) -> _Call | None:
    told = [one for one in members if one.notice.word in OTHER_DAY]
    listeners = [one.known.listener for one in told]
    days = [visit.day for one in told for visit in (one.shift.before, one.shift.after) if visit is not None]
    caregiver = whom_to_call(listeners, short_notice=is_short_notice(days, facility.zone, work.moment.now))
    if caregiver is None:
        return None
    notice = told[0].notice
    occasion = ChangeCall(facility.id, notice.on, family, number, notice.to)
    return _Call(family, caregiver, occasion, any(one.reached and not one.silent for one in listeners))


async def _ask(work: Work, facility: Facility, call: _Call, actor: ActorId) -> None:
    task = NewTask(
        TaskKind.TELL_CHANGE,
        str(call.occasion),
        call.family,
        due_on=work.moment.today(facility.zone),
        caregiver=call.caregiver,
        actor=actor,
    )
    await work.uow.tasks.add(task, at=work.moment.now)


async def _volunteer(work: Work, number: FamilyId, duties: Sequence[Duty]) -> ActorId | None:
    """Who looks after the family now."""
    family = await work.uow.families.family(number)
    return caller_of(family.volunteer, duties) if family is not None else None


async def _nurse(work: Work, facility: Facility, by: Actor) -> ActorId:
    """The one who changed the day; where that was staff, the one who works at the station."""
    worker = await station_worker(work, facility.id) if by.role is not ActorRole.HEALTH_WORKER else None
    return worker.id if worker is not None else by.id


async def let_calls_go(work: Work, zone: str, here: ZoneNow | None = None) -> None:
    """Daily: who was not called in time is not called afterwards; the day that was given up is over."""
    here = here or await look_at_zone(work, zone)
    today = work.moment.today(zone)
    for task in await work.uow.tasks.open_of(TaskKind.TELL_CHANGE):
        call = parse_change_call(task.occasion)
        if call is not None and call.facility in here.calendars and min(call.on, call.to or call.on) < today:
            await work.uow.tasks.drop_occasion(task.occasion, work.moment.now)


async def day_to_tell(_work: Work, task: Task) -> Mapping[str, Value]:
    """The values of tasks.detail.tell_change: the day given up, and the new one."""
    call = parse_change_call(task.occasion)
    if call is None or call.to is None:
        return {"what": Text("tasks.tell_change.off", {"old": call.on if call else task.due_on})}
    word = "moved" if call.on != call.to else "stands"
    return {"what": Text(f"tasks.tell_change.{word}", {"old": call.on, "on": call.to})}

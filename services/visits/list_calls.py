"""Whom to call before a facility's next session day, for those who hold it: to be printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.identifiers import FacilityId
from domain.session_calendar import SessionDay
from services.access import Permission, access_facility
from services.enrolment.list_families import Entry, Part, entry_of
from services.ports.families import CaregiverOnList
from services.turn import Turn
from services.visits.call_list import find_to_call
from services.visits.find_visits import closed_today
from services.visits.out_of_reach import ToCall


@dataclass(frozen=True)
class CallList:
    """The next session day, None when none is known, and the families whom no message reaches before it."""

    facility: Facility
    day: SessionDay | None
    made_on: date
    entries: tuple[Entry, ...] = ()


async def list_calls(turn: Turn, facility: FacilityId) -> CallList:
    """The list of the next session day: today's own, as long as nobody closed it."""
    _actor, place = await access_facility(turn.uow, turn.speaker, facility, Permission.RECORD_VISITS)
    today = turn.moment.today(place.zone)
    closed = await closed_today(turn, place)
    day = (await turn.uow.sessions.calendar(place)).next_day(today, unless=closed)
    if day is None:
        return CallList(place, None, today)
    to_call = await find_to_call(turn, place, day.on)
    return CallList(place, day, today, await _entries(turn, place, to_call))


async def _entries(turn: Turn, place: Facility, to_call: Sequence[ToCall]) -> tuple[Entry, ...]:
    on_list = await turn.uow.families.on_list([one.caregiver.id for one in to_call if one.caregiver is not None])
    known = {one.caregiver.id: one for one in on_list}
    return tuple(_entry(turn, place, one, known.get(one.caregiver.id) if one.caregiver else None) for one in to_call)


def _entry(turn: Turn, place: Facility, one: ToCall, known: CaregiverOnList | None) -> Entry:
    if known is not None:
        return entry_of(Part.TO_CALL, known)
    names = tuple(child.name for child in one.visit.children)
    on = turn.moment.today(place.zone)
    return Entry(Part.TO_CALL, one.family.id, on, children=names, commune=place.commune.name)

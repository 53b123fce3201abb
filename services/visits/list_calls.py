"""Whom to call before a facility's next session day, for those who hold it: to be printed."""

from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.identifiers import FacilityId
from domain.session_calendar import SessionDay
from services.access import Permission, access_facility
from services.enrolment.list_families import Entry, Part, entry_of
from services.turn import Turn
from services.visits.call_list import ToCall, find_to_call


@dataclass(frozen=True)
class CallList:
    """The next session day, None when none is known, and the families whom no message reaches before it."""

    facility: Facility
    day: SessionDay | None
    made_on: date
    entries: tuple[Entry, ...] = ()


async def list_calls(turn: Turn, facility: FacilityId) -> CallList:
    """The list of the next session day that is still to come."""
    _actor, place = await access_facility(turn.uow, turn.speaker, facility, Permission.RECORD_VISITS)
    today = turn.moment.today(place.zone)
    day = (await turn.uow.sessions.calendar(place)).next_day(today)
    if day is None:
        return CallList(place, None, today)
    to_call = await find_to_call(turn, place, day.on)
    return CallList(place, day, today, tuple([await _entry(turn, place, one) for one in to_call]))


async def _entry(turn: Turn, place: Facility, one: ToCall) -> Entry:
    found = await turn.uow.families.on_list([one.caregiver.id]) if one.caregiver is not None else ()
    if found:
        return entry_of(Part.TO_CALL, found[0])
    names = tuple(child.name for child in one.visit.children)
    on = turn.moment.today(place.zone)
    return Entry(Part.TO_CALL, one.family.id, on, children=names, commune=place.commune.name)

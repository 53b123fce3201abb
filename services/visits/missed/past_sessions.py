"""A session day that is over: which doses were due on it and are lacking still, and of whom nobody knows anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from domain.area import Facility
from domain.attendance import TURNED_AWAY, AttendanceSource, Outcome
from domain.identifiers import ChildId
from domain.missed import is_lacking_still
from domain.moment import Moment
from domain.people import Caregiver, Child
from domain.sending.hours import start_of_day
from domain.vaccination.forecast import DoseForecast
from domain.visits import Needs
from services.turn import Work
from services.visits.find_needs import find_child_needs, place_of
from services.visits.missed.misses import Words, find_excuses, words_about

Lacking: TypeAlias = Mapping[ChildId, tuple[DoseForecast, ...]]


@dataclass(frozen=True)
class PastSession:
    """A session day that is over; `closed` once its staff said what became of everybody."""

    facility: Facility
    on: date
    closed: bool


async def lacked_on(work: Work, facility: Facility, children: Sequence[Child], on: date) -> Lacking:
    """For each child the doses that were due and to be had on that session day, and were not made good since."""
    lacking = await lacked_at(work, facility, children, on)
    return {child: needs.doses for child, needs in lacking.items()}


async def lacked_at(work: Work, facility: Facility, children: Sequence[Child], on: date) -> Mapping[ChildId, Needs]:
    """The same with the check-ups of that day that are open still."""
    calendar = await work.uow.sessions.calendar(facility)
    place = await place_of(work, facility)
    then = await find_child_needs(as_of(work, facility, on), place, children)
    now = await find_child_needs(work, place, children)
    found = {}
    for child in children:
        by_group = {dose.group: dose for dose in now[child.id].doses}
        due, open_care = then[child.id].due(on), {one.key for one in now[child.id].care}
        lacking = (dose for dose in due.doses if is_lacking_still(dose, by_group))
        found[child.id] = Needs(
            tuple(dose for dose in lacking if not calendar.is_short_of(dose.vaccine, on)),
            tuple(one for one in due.care if one.key in open_care),
        )
    return found


def as_of(work: Work, facility: Facility, on: date) -> Work:
    """The same work as if that day had just begun."""
    begins = start_of_day(on, facility.zone)
    return replace(work, moment=Moment(begins, work.moment.wall))


async def whom_to_ask(work: Work, session: PastSession, children: Sequence[Child]) -> tuple[Child, ...]:
    """Expected, lacking a dose still, not excused; and nobody said more of them than that they did not come."""
    if not children:
        return ()
    lacking = await lacked_on(work, session.facility, children, session.on)
    allowed = {AttendanceSource.RECORD: Outcome.NOT_COME} if session.closed else {}
    said = await _words(work, session, [child for child in children if lacking[child.id]])
    open_ = [child for child, words in said if words == allowed]
    served = await _got_some(work, open_, session)
    excuses = await find_excuses(work, open_)
    return tuple(child for child in open_ if child.id not in served and not excuses[child.id].hold_on(session.on))


async def those_in_vain(work: Work, session: PastSession, children: Sequence[Child]) -> tuple[Child, ...]:
    """Turned away by the word of the staff, and lacking a dose still."""
    lacking = await lacked_on(work, session.facility, children, session.on)
    found = await _words(work, session, [child for child in children if lacking[child.id]])
    return tuple(child for child, words in found if words.get(AttendanceSource.RECORD) in TURNED_AWAY)


async def _words(work: Work, session: PastSession, children: Sequence[Child]) -> list[tuple[Child, Words]]:
    said = await work.uow.attendances.of_children([child.id for child in children])
    return [(child, words_about(said[child.id], session.facility.id).get(session.on, {})) for child in children]


async def _got_some(work: Work, children: Sequence[Child], session: PastSession) -> frozenset[ChildId]:
    """Those of them who got something on that day, wherever."""
    given = await work.uow.visits.vaccinations_of([child.id for child in children])
    return frozenset(child for child, doses in given.items() if any(dose.given_on == session.on for dose in doses))


def was_with_us(caregiver: Caregiver, session: PastSession) -> bool:
    """Whether she had joined by that day."""
    return caregiver.joined_on is not None and caregiver.joined_on <= session.on

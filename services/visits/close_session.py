"""A session day is closed: everything goes on record in one transaction. It can be opened again the same day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.area import Facility
from domain.attendance import AttendanceSource, Outcome
from domain.identifiers import FacilityId
from domain.moment import local_day
from domain.people import Actor
from domain.session_closing import Tally, stamp_of, tally_of
from services.access import Permission, access_facility
from services.ports.attendances import Attendance
from services.ports.care import CareDone
from services.ports.session_marks import SessionMark
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Turn
from services.visits.after_closing import AFTER_CLOSING
from services.visits.follow_up import follow_up
from services.visits.keep_doses import Teller, keep_doses
from services.visits.list_session import SessionList, is_open, list_session
from services.visits.session.entries import Entry, is_record, who_came


@dataclass(frozen=True)
class ClosingPlan:
    """What closing would put on record, or did (`session` says which), in numbers of everybody on the list.

    `changed`: it is not what was confirmed. `may_be_reopened`: it was closed today.
    """

    session: SessionList
    tally: Tally
    stamp: int
    changed: bool = False
    may_be_reopened: bool = False


async def plan_closing(turn: Turn, facility: FacilityId, on: date) -> ClosingPlan:
    """The summary that is to be confirmed, or of what is on record."""
    session = await list_session(turn, facility, on)
    to_come = [(one.who, one.record) for one in session.waiting]
    tally = tally_of(one.record for one in session.expected)
    return ClosingPlan(session, tally, stamp_of(to_come), may_be_reopened=was_closed_today(turn, session))


async def close_session(turn: Turn, facility: FacilityId, on: date, stamp: int) -> ClosingPlan:
    """Close it, if what was confirmed is what would go on record now. Closing twice changes nothing."""
    actor, found = await access_facility(turn.uow, turn.speaker, facility, Permission.RECORD_VISITS)
    sessions, at = turn.uow.sessions, turn.moment.now
    # Of two who close at once, or close and mark, the second waits here, and then reads what the first has kept.
    await turn.uow.marks.hold(facility, on)
    if not await is_open(turn, found, on) or not await sessions.close(facility, on, by=actor.id, at=at):
        return await plan_closing(turn, facility, on)
    plan = await plan_closing(turn, facility, on)
    if plan.stamp != stamp:
        await sessions.reopen(facility, on)
        return replace(await plan_closing(turn, facility, on), changed=True)
    await _record(turn, actor, plan.session, on)
    await _audit(turn, actor, "close_session", found, on)
    for follow in AFTER_CLOSING:
        await follow_up(follow, turn, found, on)
    return await plan_closing(turn, facility, on)


async def reopen_session(turn: Turn, facility: FacilityId, on: date) -> SessionList:
    """Open it again, on the day on which it was closed. What was given stays on record; all else can be said anew."""
    actor, found = await access_facility(turn.uow, turn.speaker, facility, Permission.RECORD_VISITS)
    await turn.uow.marks.hold(facility, on)
    session = await list_session(turn, facility, on)
    if was_closed_today(turn, session) and await turn.uow.sessions.reopen(facility, on):
        words = [one for one in await turn.uow.attendances.at_session(facility, on) if is_record(one)]
        others = [one for one in words if one.outcome is not Outcome.CAME]
        in_vain = [one for one in others if not await _got_something(turn, one)]
        await turn.uow.attendances.take_back(in_vain, turn.moment.now)
        for one in in_vain:
            mark = SessionMark(facility, on, who_came(one), one.outcome, why=one.why)
            await turn.uow.marks.put(mark, by=actor.id, at=turn.moment.now)
        await _audit(turn, actor, "reopen_session", found, on)
    return await list_session(turn, facility, on)


def was_closed_today(turn: Turn, session: SessionList) -> bool:
    """Whether it was closed today."""
    closed_at, zone = session.closing.closed_at if session.closing else None, session.facility.zone
    return closed_at is not None and local_day(closed_at, zone) == turn.moment.today(zone)


async def _got_something(turn: Turn, word: Attendance) -> bool:
    if word.child is None:
        return False
    return word.child in await turn.uow.visits.recorded_on(word.facility, word.on)


async def _record(turn: Turn, actor: Actor, session: SessionList, on: date) -> None:
    """Doses, care and a word for each; those of whom something was on record get the word alone."""
    facility, uow, at = session.facility.id, turn.uow, turn.moment.now
    said = {who_came(one) for one in await uow.attendances.at_session(facility, on) if is_record(one)}
    words = [_word(facility, on, one, actor) for one in session.expected if one.who not in said]
    await uow.attendances.note(words, at)
    await uow.care.note_done(_care(session.waiting, on), at=at, actor=actor.id, facility=facility)
    await keep_doses(turn, _doses(session.waiting, on), Teller(actor=actor.id, facility=facility))
    await uow.marks.drop_session(facility, on)


def _word(facility: FacilityId, on: date, entry: Entry, actor: Actor) -> Attendance:
    return Attendance(
        facility,
        on,
        entry.record.outcome,
        AttendanceSource.RECORD,
        child=entry.who.child,
        pregnancy=entry.who.pregnancy,
        why=entry.record.why,
        actor=actor.id,
    )


def _doses(entries: Sequence[Entry], on: date) -> list[Vaccination]:
    return [
        Vaccination(one.who.child, vaccine, on, VaccinationSource.RECORD)
        for one in entries
        if one.who.child is not None
        for vaccine in one.record.vaccines
    ]


def _care(entries: Sequence[Entry], on: date) -> list[CareDone]:
    return [
        CareDone(item, on, VaccinationSource.RECORD, child=one.who.child, pregnancy=one.who.pregnancy)
        for one in entries
        for item in one.record.care
    ]


async def _audit(turn: Turn, actor: Actor, action: str, facility: Facility, on: date) -> None:
    await turn.uow.programme.audit(
        action, at=turn.moment.now, actor=actor.id, subject=f"facility:{facility.id}", details={"on": on.isoformat()}
    )

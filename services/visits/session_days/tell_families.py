"""Tell the families that a changed session day concerns, and no others, at once; and look again when a message goes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.area import Facility
from domain.people import Actor, Caregiver
from domain.sending.hours import start_of_day
from domain.sending.outbox import Lane, OutboxRow, PlannedMessage, Reason
from domain.session_notice import SessionOccasion, Word, parse_session_occasion
from services.turn import Work
from services.visits.call_list import settle_facility_calls
from services.visits.find_visits import FamilyVisit, find_family_visits
from services.visits.session_days.ask_calls import NO_CALLS, Calls, ask_calls
from services.visits.session_days.find_concerned import CalendarChange, Concerned, Findings, find_concerned
from services.visits.session_days.notice_messages import notice_message

CHANGED = "change_session"
"""How a change stands in the audit log; their count numbers the changes."""


@dataclass(frozen=True)
class Reach:
    """How many families it concerns, how many read it in a chat, how many are called; and on which day they come now.

    A day that is None: no other day is known yet.
    """

    families: int = 0
    by_chat: int = 0
    calls: Calls = NO_CALLS
    days: Mapping[date | None, int] = field(default_factory=dict)


NOBODY = Reach()


def reach_of(concerned: Sequence[Concerned], calls: Calls = NO_CALLS) -> Reach:
    """The same people, counted as families."""
    listening = (one for one in concerned if one.known.listener.reached and not one.known.listener.silent)
    families = {one.caregiver.family: one.notice.to for one in concerned}
    by_chat = {one.caregiver.family for one in listening}
    return Reach(len(families), len(by_chat), calls, dict(Counter(families.values())))


async def preview(work: Work, facility: Facility, change: CalendarChange) -> Reach:
    """Whom it would concern; nothing is kept and nobody is told."""
    return reach_of((await find_concerned(work, facility, change)).concerned)


async def tell_families(
    work: Work, facility: Facility, change: CalendarChange, *, by: Actor, details: Mapping[str, str | int]
) -> Reach:
    """Put it into the outbox and onto the lists of those who call, and note who changed what."""
    number = await work.uow.programme.audited(CHANGED) + 1
    found = await find_concerned(work, facility, change)
    concerned = found.concerned
    await _give_up(work, facility, found)
    rows = [_row(work, facility, one, number, change.what.vaccine) for one in concerned if one.known.may_be_written_to]
    await work.uow.outbox.plan(rows, work.moment.now)
    reach = reach_of(concerned, await ask_calls(work, facility, concerned, number=number, by=by))
    told = {**details, "families": reach.families, "calls": reach.calls.all}
    subject = f"facility:{facility.id}"
    await work.uow.programme.audit(CHANGED, at=work.moment.now, actor=by.id, subject=subject, details=told)
    return reach


async def _give_up(work: Work, facility: Facility, found: Findings) -> None:
    """What is on its way and no longer true does not go, and nobody makes such a call."""
    for caregiver, occasion in sorted(found.needless_messages):
        await work.uow.outbox.close_occasion(caregiver, occasion, Reason.SUPERSEDED)
    for occasion in sorted(found.needless_calls):
        await work.uow.tasks.drop_occasion(occasion, work.moment.now)
    await settle_facility_calls(work, facility)


def _row(work: Work, facility: Facility, one: Concerned, number: int, vaccine: str) -> PlannedMessage:
    notice = one.notice
    return PlannedMessage(
        lane=Lane.VISIT,
        message=notice_message(facility, one, vaccine),
        occasion=str(SessionOccasion(facility.id, notice.on, number, notice.to, vaccine)),
        send_from=work.moment.now,
        expires_at=_end(facility, one),
        caregiver=one.caregiver.id,
        subjects=tuple(child.id for child in one.children),
    )


def _end(facility: Facility, one: Concerned) -> datetime:
    """After the day that is given up, or the new one if that is earlier, it is of no use."""
    days = (one.notice.on, one.notice.to or one.notice.on)
    return start_of_day(min(days) + timedelta(days=1), facility.zone)


async def session_settled(work: Work, row: OutboxRow, caregiver: Caregiver) -> Reason | None:
    """Before it goes: is it still so? A later change, or a dose given meanwhile, makes it needless."""
    occasion = parse_session_occasion(row.planned.occasion)
    facility = await work.uow.area.facility(occasion.facility) if occasion else None
    if occasion is None or facility is None:
        return Reason.SUPERSEDED
    families = work.uow.families
    children = [one for one in await families.children_of(caregiver.id) if one.id in row.planned.subjects]
    awaited = () if row.planned.subjects else await families.pregnancies_of(caregiver.id)
    visits = await find_family_visits(work, caregiver.id, children, awaited)
    days = {visit.on: visit for visit in visits if visit.facility.id == facility.id}
    if occasion.to is None:
        return Reason.SUPERSEDED if days else None
    return None if occasion.to in days and _is_so(occasion, row, days[occasion.to]) else Reason.SUPERSEDED


def _is_so(occasion: SessionOccasion, row: OutboxRow, visit: FamilyVisit) -> bool:
    """For a vaccine: whether it is still missing, or still there."""
    word = row.planned.message.body.key.rpartition(".")[2]
    if word == Word.WAITS:
        return occasion.vaccine not in visit.vaccines
    return word != Word.THERE or occasion.vaccine in visit.vaccines

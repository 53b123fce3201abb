"""A family answers what became of a session day. Its word is kept as *reported*, beside the facility's.

A button may be tapped late, twice, or after another one: the last word stands, and never against the record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.attendance import TURNED_AWAY, AttendanceSource, Outcome, Why
from domain.identifiers import CaregiverId, ChildId, FacilityId
from domain.missed import Answer, SessionOccasion, reported_as
from domain.people import Caregiver, Child
from services.access import Refused, access_own
from services.ports.attendances import Attendance
from services.ports.visits import Vaccination, VaccinationSource, Withdrawal
from services.turn import Turn, Work
from services.visits.find_visits import find_family_visits
from services.visits.keep_doses import Teller, keep_doses
from services.visits.missed.climb_ladder import climb_ladder
from services.visits.missed.past_sessions import Lacking, lacked_on
from services.visits.missed.questions import was_asked
from services.visits.missed.refusals import keep_refusal, offer_talk, take_back_refusal
from services.visits.settle import settle_children

BY_RECORD = frozenset({None, Outcome.NOT_COME})
"""Where the record says more than that they did not come, the family's word adds nothing."""


@dataclass(frozen=True)
class YesterdayAnswered:
    """What was understood. Without `children` nothing was kept: it is known already. `next_on`: the next visit."""

    caregiver: Caregiver
    facility: Facility
    on: date
    answer: Answer
    reason: str = ""
    children: tuple[str, ...] = ()
    next_on: date | None = None


@dataclass(frozen=True)
class _Told:
    """Whom an answer is about: her children who were expected, with what they lack and what was said before."""

    caregiver: Caregiver
    facility: Facility
    on: date
    children: tuple[Child, ...]
    lacking: Lacking
    said: Mapping[ChildId, Attendance]


async def answer_yesterday(
    turn: Turn, whose: CaregiverId, about: SessionOccasion, answer: Answer, reason: str = ""
) -> YesterdayAnswered:
    """Keep her answer. The same tap twice keeps the same; a reason may follow in a second one."""
    outcome, why = _read(answer, reason)
    caregiver, facility = await access_question(turn, whose, about)
    told = await _whom(turn, caregiver, facility, about.on, answer)
    if told.children:
        await _note(turn, told, outcome, why)
        await _follow(turn, told, answer)
        await settle_children(turn, [child.id for child in told.children])
    visits = await find_family_visits(turn, caregiver.id, await turn.uow.families.children_of(caregiver.id))
    return YesterdayAnswered(
        caregiver=caregiver,
        facility=facility,
        on=about.on,
        answer=answer,
        reason=reason,
        children=tuple(child.name for child in told.children),
        next_on=visits[0].on if visits else None,
    )


def _read(answer: Answer, reason: str) -> tuple[Outcome, Why | None]:
    try:
        return reported_as(answer, reason)
    except ValueError as error:
        raise Refused("answer_yesterday", f"reason:{reason[:20]}") from error


async def access_question(turn: Turn, whose: CaregiverId, about: SessionOccasion) -> tuple[Caregiver, Facility]:
    """One who speaks from this chat and was asked about that session day."""
    caregiver = access_own(turn.speaker, whose)
    facility = await turn.uow.area.facility(about.facility)
    if facility is None or not await was_asked(turn, caregiver.id, about):
        raise Refused("answer_yesterday", f"facility:{about.facility}")
    return caregiver, facility


async def _whom(turn: Turn, caregiver: Caregiver, facility: Facility, on: date, answer: Answer) -> _Told:
    """Those of whom only the family's word is known; an earlier word of it is taken back as far as it differs."""
    hers = await turn.uow.families.children_of(caregiver.id)
    here = [child for child in hers if child.facility == facility.id] or list(hers)
    words = await turn.uow.attendances.of_children([child.id for child in here])
    said = {child: _of_day(found, facility.id, on) for child, found in words.items()}
    open_ = [child for child in here if _outcome(said[child.id], AttendanceSource.RECORD) in BY_RECORD]
    before = {child.id: said[child.id][AttendanceSource.REPORTED] for child in open_ if _has_reported(said[child.id])}
    await _take_back(turn, facility, on, [child for child in open_ if child.id in before], answer)
    lacking = await lacked_on(turn, facility, open_, on)
    concerned = tuple(child for child in open_ if lacking[child.id] or child.id in before)
    return _Told(caregiver, facility, on, concerned, lacking, before)


def _of_day(words: Sequence[Attendance], facility: FacilityId, on: date) -> Mapping[AttendanceSource, Attendance]:
    return {word.source: word for word in words if (word.facility, word.on) == (facility, on)}


def _outcome(said: Mapping[AttendanceSource, Attendance], source: AttendanceSource) -> Outcome | None:
    return said[source].outcome if source in said else None


def _has_reported(said: Mapping[AttendanceSource, Attendance]) -> bool:
    return AttendanceSource.REPORTED in said


async def _take_back(work: Work, facility: Facility, on: date, children: Sequence[Child], answer: Answer) -> None:
    if answer is not Answer.UNWANTED:
        await take_back_refusal(work, facility, on, children)
    if answer is not Answer.VACCINATED:
        for child in children:
            for row in await work.uow.visits.history_of(child.id):
                dose = row.vaccination
                if row.withdrawn_at is None and (dose.source, dose.given_on) == (VaccinationSource.REPORTED, on):
                    await work.uow.visits.withdraw_row(row.id, why=Withdrawal.MISTAKE, by=None, at=work.moment.now)


async def _note(work: Work, told: _Told, outcome: Outcome, why: Why | None) -> None:
    words = [
        Attendance(
            facility=told.facility.id,
            on=told.on,
            outcome=outcome,
            source=AttendanceSource.REPORTED,
            child=child.id,
            why=why,
            caregiver=told.caregiver.id,
        )
        for child in told.children
    ]
    await work.uow.attendances.note([word for word in words if not _stands(told, word)], work.moment.now)


def _stands(told: _Told, word: Attendance) -> bool:
    """The same tap again changes nothing, and a word without a reason takes no reason away."""
    earlier = told.said.get(word.child) if word.child is not None else None
    if earlier is None:
        return False
    is_bare = (word.outcome, word.why) == (Outcome.POSTPONED, None)
    return (is_bare and earlier.outcome in TURNED_AWAY) or (
        earlier.outcome is word.outcome and word.why in (None, earlier.why)
    )


async def _follow(turn: Turn, told: _Told, answer: Answer) -> None:
    """What comes of it: doses as reported, a call, or a talk."""
    match answer:
        case Answer.VACCINATED:
            await keep_doses(turn, _doses(told), Teller(caregiver=told.caregiver.id))
        case Answer.STAYED:
            await climb_ladder(turn, told.facility, told.on, told.children)
        case Answer.UNWANTED:
            await keep_refusal(turn, told.lacking, told.caregiver.id)
            await offer_talk(turn, told.facility, told.on, told.children[0], told.caregiver.id)


def _doses(told: _Told) -> list[Vaccination]:
    return [
        Vaccination(child.id, dose.vaccine, told.on, VaccinationSource.REPORTED)
        for child in told.children
        for dose in told.lacking[child.id]
    ]

"""What a caregiver knows of a facility's session days: what she was told, what is on its way, how she is reached."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from domain.area import Facility
from domain.consent import Purpose
from domain.identifiers import FacilityId, FamilyId
from domain.people import AddressState, Caregiver
from domain.sending.outbox import OutboxState
from domain.session_notice import (
    Heard,
    Listener,
    SessionOccasion,
    Word,
    change_calls_of,
    parse_change_call,
    parse_session_occasion,
)
from domain.silence import must_say_who
from domain.tasks import TaskOutcome
from domain.visit_occasion import parse_visit_occasion
from services.ports.outbox import OutboxEntry
from services.ports.tasks import FoundTask
from services.turn import Work
from services.visits.find_visits import cannot_come, left_facilities

SAID = frozenset({OutboxState.SENT, OutboxState.UNCERTAIN, OutboxState.SENDING})
TEXT = "session_change."
"""How the keys of what is said begin; the word follows."""
Calls: TypeAlias = Mapping[FamilyId, Sequence[FoundTask]]


@dataclass(frozen=True)
class Known:
    """How a caregiver is reached, when she cannot come, and what she has heard.

    `may_be_written_to`: reminders are hers; a pause is looked at when the message goes. `waiting` are messages that
    have not gone yet, each with the day of which it speaks; `called` the same for calls that nobody has made yet.
    """

    listener: Listener
    may_be_written_to: bool
    unless: frozenset[date]
    heard: Heard
    waiting: tuple[tuple[date, str], ...] = ()
    called: tuple[tuple[date, str], ...] = ()


async def find_calls(work: Work, facility: Facility) -> Calls:
    """Every call about a changed day of a facility, by family; without those that nobody needed to make."""
    found: dict[FamilyId, tuple[FoundTask, ...]] = {}
    for one in await work.uow.tasks.about(change_calls_of(facility.id)):
        if not one.dropped:
            found[one.task.family] = (*found.get(one.task.family, ()), one)
    return found


async def know_caregiver(work: Work, facility: Facility, caregiver: Caregiver, calls: Sequence[FoundTask]) -> Known:
    """Everything that matters for telling her; `calls` are those to her family."""
    timeline = await work.uow.outbox.timeline(caregiver.id)
    asked_for_silence = await _asked_for_silence(work, facility, caregiver)
    listener = await _listener(work, facility, caregiver, asked_for_silence=asked_for_silence)
    waiting = _waiting(timeline, facility.id)
    open_calls = [call for one in calls if one.outcome is None and (call := parse_change_call(one.task.occasion))]
    heard = _heard(timeline, facility.id)
    heard = replace(heard, unsaid={one.to: one.on for one in waiting if one.to not in (None, one.on)})
    return Known(
        listener=listener,
        may_be_written_to=caregiver.joined_at is not None and not asked_for_silence,
        unless=await cannot_come(work, caregiver.id, facility.id),
        heard=heard if listener.reached else _by_hand(heard, calls),
        waiting=tuple((one.to or one.on, str(one)) for one in waiting),
        called=tuple((one.to or one.on, str(one)) for one in open_calls),
    )


async def _asked_for_silence(work: Work, facility: Facility, caregiver: Caregiver) -> bool:
    """Whether reminders are not hers: she stopped, wants none of visits, or said that they moved away."""
    left = facility.id in await left_facilities(work, caregiver.id)
    return caregiver.stopped_at is not None or not caregiver.wants_visits or left


async def _listener(work: Work, facility: Facility, caregiver: Caregiver, *, asked_for_silence: bool) -> Listener:
    today = work.moment.today(facility.zone)
    paused = caregiver.pause is not None and caregiver.pause.silences_visits(today)
    return Listener(
        caregiver.id,
        silent=asked_for_silence or paused,
        reached=await _is_reached(work, caregiver),
        has_phone=caregiver.phone is not None,
    )


async def _is_reached(work: Work, caregiver: Caregiver) -> bool:
    consents = await work.uow.consents.of(caregiver.id)
    agrees = any(one.stands and one.purpose is Purpose.MESSAGES for one in consents)
    addresses = await work.uow.people.addresses_of_caregiver(caregiver.id)
    delivers = [one for one in addresses if one.state is AddressState.ACTIVE]
    heard = any(not must_say_who(one, work.moment.now) for one in delivers)
    return caregiver.joined_at is not None and agrees and heard


def _waiting(timeline: Iterable[OutboxEntry], facility: FacilityId) -> list[SessionOccasion]:
    planned = (row.occasion for row in timeline if row.state is OutboxState.PLANNED)
    parsed = (parse_session_occasion(occasion) for occasion in planned)
    return [one for one in parsed if one is not None and one.facility == facility]


def _heard(timeline: Iterable[OutboxEntry], facility: FacilityId) -> Heard:
    heard = Heard()
    for row in sorted(timeline, key=lambda one: one.id):
        visit, session = parse_visit_occasion(row.occasion), parse_session_occasion(row.occasion)
        if row.state in SAID and visit is not None and visit.facility == facility:
            heard = replace(heard, reminded=heard.reminded | {visit.on})
        if session is not None and session.facility == facility and row.state in (*SAID, OutboxState.PLANNED):
            word = Word(row.message_key.removeprefix(TEXT))
            heard = heard.with_word(word, session.on, session.to, said=row.state in SAID)
    return heard


def _by_hand(heard: Heard, calls: Iterable[FoundTask]) -> Heard:
    """Without a chat she heard what she was called about, and only that."""
    for one in calls:
        call = parse_change_call(one.task.occasion)
        if call is not None and one.outcome in (None, TaskOutcome.REACHED):
            word = Word.MOVED if call.to is not None else Word.NO_DAY
            heard = heard.with_word(word, call.on, call.to, said=one.outcome is TaskOutcome.REACHED)
            if one.outcome is None and call.to is not None:
                heard = replace(heard, unsaid={**heard.unsaid, call.to: call.on})
    return heard

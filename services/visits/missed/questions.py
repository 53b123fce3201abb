"""What is said after a session day: the question, the kinder one once the session is closed, and the apology."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from domain.identifiers import CaregiverId, FacilityId
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.missed import ASKED_FOR, MISSED, TURNED, Answer, SessionOccasion, session_occasion
from domain.moment import Moment
from domain.people import Caregiver, Child
from domain.sending.hours import start_of_day, visit_instant
from domain.sending.outbox import Lane, OutboxState, PlannedMessage
from services.turn import Work
from services.visits.find_visits import find_family_visits
from services.visits.missed.past_sessions import PastSession, as_of

ASK, WE_MISSED, SORRY = "missed.ask", "missed.we_missed", "missed.sorry"
DAY = timedelta(days=1)
SAID = frozenset({OutboxState.SENDING, OutboxState.SENT, OutboxState.UNCERTAIN})


def first_question(session: PastSession, caregiver: Caregiver) -> OutgoingMessage:
    """As long as the staff said nothing: what became of it?"""
    return question(ASK, caregiver.id, session.facility.id, {"on": session.on})


def is_first_question(message: OutgoingMessage) -> bool:
    """Whether it was written while the session was open."""
    return message.body.key == ASK


async def kind_question(
    work: Work, session: PastSession, caregiver: Caregiver, children: Sequence[Child]
) -> OutgoingMessage:
    """The staff said that they did not come: we missed you, what kept you, and the next day."""
    values = {"on": session.on, **await _next_day(work, session, caregiver, children)}
    return question(WE_MISSED, caregiver.id, session.facility.id, values)


async def apology(work: Work, session: PastSession, caregiver: Caregiver, children: Sequence[Child]) -> OutgoingMessage:
    """They came in vain: we are sorry, and the next day. Never why: that is told by the nurse."""
    values = {"on": session.on, **await _next_day(work, session, caregiver, children)}
    return OutgoingMessage(Text(SORRY, values), names_child=True)


async def _next_day(
    work: Work, session: PastSession, caregiver: Caregiver, children: Sequence[Child]
) -> dict[str, Value]:
    """The next session day after today that is offered to her for these children, in a sentence of its own."""
    tomorrow = work.moment.today(session.facility.zone) + DAY
    visits = await find_family_visits(as_of(work, session.facility, tomorrow), caregiver.id, children)
    if not visits:
        return {"next": Text("missed.no_next")}
    return {"next": Text("missed.next", {"next_on": visits[0].on})}


async def was_asked(
    work: Work, caregiver: CaregiverId, about: SessionOccasion, *, said: frozenset[OutboxState] = frozenset(OutboxState)
) -> bool:
    """Whether a question about that session day stands in her timeline, in one of these states."""
    return any(
        entry.occasion.startswith(f"{MISSED}:") and session_occasion(entry.occasion) == about and entry.state in said
        for entry in await work.uow.outbox.timeline(caregiver)
    )


def question(key: str, caregiver: CaregiverId, facility: FacilityId, values: Mapping[str, Value]) -> OutgoingMessage:
    """A question about a session day with its answers, a button each; the button says whose it is."""
    on = values["on"]
    choices = tuple(
        (Choice(Text(f"missed.choice.{answer}"), f"v1:missed:{caregiver}:{facility}:{on}:{answer}"),)
        for answer in Answer
    )
    return OutgoingMessage(Text(key, values), choices, names_child=True)


def row_of(
    moment: Moment, session: PastSession, caregiver: Caregiver, children: Sequence[Child], message: OutgoingMessage
) -> PlannedMessage:
    """The row of a message: the apology goes on the evening of the day itself, a question on the next one."""
    is_sorry = message.body.key == SORRY
    kind = TURNED if is_sorry else MISSED
    occasion = f"{kind}:{session.facility.id}:{session.on.isoformat()}"
    first = session.on if is_sorry else session.on + DAY
    zone = session.facility.zone
    return PlannedMessage(
        lane=Lane.VISIT,
        message=message,
        occasion=occasion,
        send_from=_evening(first, zone, f"{caregiver.id}:{occasion}", moment),
        expires_at=start_of_day(max(session.on, moment.today(zone)) + ASKED_FOR, zone),
        caregiver=caregiver.id,
        subjects=tuple(child.id for child in children),
    )


def _evening(first: date, zone: str, seed: str, moment: Moment) -> datetime:
    """Her minute of the first evening from that day on that is still to come."""
    day = max(first, moment.today(zone))
    at = visit_instant(day, zone, seed)
    return at if at >= moment.now else visit_instant(day + DAY, zone, seed)

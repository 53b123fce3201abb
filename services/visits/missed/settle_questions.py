"""Asked again at sending: a question or an apology about a session day may be needless by now, or say too much."""

from collections.abc import Sequence
from dataclasses import replace

from domain.message import OutgoingMessage
from domain.missed import SessionOccasion, session_occasion
from domain.people import Caregiver, Child
from domain.sending.outbox import OutboxRow, OutboxState, Reason
from services.turn import Work
from services.visits.missed.past_sessions import PastSession, those_in_vain, whom_to_ask
from services.visits.missed.questions import apology, first_question, is_first_question, kind_question, was_asked

TOLD = frozenset({OutboxState.SENT, OutboxState.UNCERTAIN})
"""The question was asked already, in these words or in others: the row that asks is not among these."""


async def settled_question(work: Work, row: OutboxRow, caregiver: Caregiver) -> Reason | None:
    """Not when the session was closed or opened meanwhile (other words go then), nor when it is known or was asked."""
    session = await _session_of(work, row)
    if session is None or is_first_question(row.planned.message) is session.closed:
        return Reason.NOT_SO_NOW
    if await was_asked(work, caregiver.id, SessionOccasion(session.facility.id, session.on), said=TOLD):
        return Reason.SUPERSEDED
    children = await whom_to_ask(work, session, await _children(work, row, session, caregiver))
    if not children:
        return Reason.ANSWERED
    if not session.closed:
        return await _as_it_is_now(work, row, children, first_question(session, caregiver))
    return await _as_it_is_now(work, row, children, await kind_question(work, session, caregiver, children))


async def settled_apology(work: Work, row: OutboxRow, caregiver: Caregiver) -> Reason | None:
    """Not when the child got everything meanwhile, or the staff corrected their word."""
    session = await _session_of(work, row)
    if session is None:
        return Reason.SUPERSEDED
    children = await those_in_vain(work, session, await _children(work, row, session, caregiver))
    if not children:
        return Reason.VACCINATED
    return await _as_it_is_now(work, row, children, await apology(work, session, caregiver, children))


async def _session_of(work: Work, row: OutboxRow) -> PastSession | None:
    occasion = session_occasion(row.planned.occasion)
    facility = await work.uow.area.facility(occasion.facility) if occasion else None
    if occasion is None or facility is None:
        return None
    closing = await work.uow.sessions.closing(facility.id, occasion.on)
    return PastSession(facility, occasion.on, closing.closed_at is not None)


async def _children(work: Work, row: OutboxRow, session: PastSession, caregiver: Caregiver) -> list[Child]:
    hers = await work.uow.families.children_of(caregiver.id)
    return [child for child in hers if child.id in row.planned.subjects and child.facility == session.facility.id]


async def _as_it_is_now(
    work: Work, row: OutboxRow, children: Sequence[Child], message: OutgoingMessage
) -> Reason | None:
    """The row may go when it says what is true now; otherwise another one takes its place at once."""
    subjects = tuple(child.id for child in children)
    if set(subjects) == set(row.planned.subjects) and message.body == row.planned.message.body:
        return None
    whom = "+".join(str(child) for child in subjects)
    apart = f"{row.planned.occasion}:{whom}:{work.moment.now:%Y%m%d%H%M}"
    anew = replace(row.planned, message=message, subjects=subjects, occasion=apart, send_from=work.moment.now)
    await work.uow.outbox.plan([anew], work.moment.now)
    return Reason.SUPERSEDED

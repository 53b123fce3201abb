"""After a visit that was missed: its own kind words, above the question what kept them."""

from dataclasses import replace

from domain.message import OutgoingMessage, Text
from domain.missed import session_occasion
from domain.people import Caregiver
from domain.sending.outbox import OutboxRow
from domain.visit_texts import ChildAtVisit, VisitStep
from services.turn import Work
from services.visits.missed.past_sessions import lacked_at
from services.visits.missed.questions import WE_MISSED
from services.visits.visit_words import paragraph_of, words_of


async def with_kind_words(work: Work, row: OutboxRow, caregiver: Caregiver) -> OutgoingMessage:
    """The message as it was planned, with the words of the youngest visit among what the children still lack.

    Only where the staff said that they did not come: nobody else is told that a day was missed.
    """
    message = row.planned.message
    if message.body.key != WE_MISSED:
        return message
    values = {**message.body.values, "words": paragraph_of(await _words(work, row, caregiver))}
    return replace(message, body=Text(WE_MISSED, values))


async def _words(work: Work, row: OutboxRow, caregiver: Caregiver) -> Text | None:
    occasion = session_occasion(row.planned.occasion)
    facility = await work.uow.area.facility(occasion.facility) if occasion is not None else None
    if occasion is None or facility is None or not work.programme.visit_texts.written:
        return None
    hers = await work.uow.families.children_of(caregiver.id)
    children = [child for child in hers if child.id in row.planned.subjects]
    needs = await lacked_at(work, facility, children, occasion.on)
    lacking = [ChildAtVisit(child.birth_date, occasion.on, needs[child.id]) for child in children if child.id in needs]
    return words_of(work.programme, facility, lacking, VisitStep.MISSED, caregiver.language)

"""What makes a planned message needless before it goes, by the first word of its occasion; asked at sending."""

from collections.abc import Awaitable, Callable, Mapping

from domain.aftercare import AFTER
from domain.missed import CARD, MISSED, TURNED
from domain.people import Caregiver
from domain.sending.outbox import OutboxRow, Reason
from domain.session_notice import SESSION
from domain.topics import TOPIC
from services.turn import Work
from services.visits.aftercare.plan_aftercare import settled_aftercare
from services.visits.missed.ask_for_card import settled_request
from services.visits.missed.settle_questions import settled_apology, settled_question
from services.visits.session_days.tell_families import session_settled
from services.visits.topics.follow_topic import settled_topic

Settled = Callable[[Work, OutboxRow, Caregiver], Awaitable[Reason | None]]

SETTLED_BY: Mapping[str, Settled] = {
    AFTER: settled_aftercare,
    TOPIC: settled_topic,
    MISSED: settled_question,
    TURNED: settled_apology,
    CARD: settled_request,
    SESSION: session_settled,
}
"""A message whose occasion begins with one of these words asks here; None: it may go."""

"""The words of a visit in what is said after it, by the first word of its occasion; looked up at sending."""

from collections.abc import Awaitable, Callable, Mapping

from domain.aftercare import AFTER
from domain.message import OutgoingMessage
from domain.missed import MISSED
from domain.people import Caregiver
from domain.sending.outbox import OutboxRow
from services.turn import Work
from services.visits.aftercare.own_advice import with_own_advice
from services.visits.missed.kind_words import with_kind_words

Worded = Callable[[Work, OutboxRow, Caregiver], Awaitable[OutgoingMessage]]

WORDED_BY: Mapping[str, Worded] = {AFTER: with_own_advice, MISSED: with_kind_words}
"""A row whose occasion begins with one of these words gets them here; planning, which knows them not, costs nothing."""

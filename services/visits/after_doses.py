"""What follows when doses get into a child's record, in the same transaction."""

from collections.abc import Awaitable, Callable, Sequence

from services.ports.visits import Vaccination
from services.turn import Work
from services.visits.aftercare.plan_aftercare import plan_after_doses
from services.visits.call_list import settle_calls_after_doses
from services.visits.missed.refusals import end_refusals
from services.visits.tell_urgent import settle_urgent_after_doses

AFTER_DOSES: tuple[Callable[[Work, Sequence[Vaccination]], Awaitable[None]], ...] = (
    settle_calls_after_doses,
    settle_urgent_after_doses,
    plan_after_doses,
    end_refusals,
)
"""Each may be told the same dose twice, and adds nothing the second time."""

"""What follows when a session day is closed, in the same transaction."""

from collections.abc import Awaitable, Callable
from datetime import date

from domain.area import Facility
from services.turn import Work
from services.visits.missed.follow_closing import follow_closing
from services.visits.topics.follow_topic import tell_attenders

AFTER_CLOSING: tuple[Callable[[Work, Facility, date], Awaitable[None]], ...] = (
    tell_attenders,
    follow_closing,
)
"""Each may run again when the session is reopened and closed once more, and adds nothing the second time."""

"""What is planned, counted by minute: for whoever wants to know how long an hour's line will be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.sending.popular_hours import Place


@dataclass(frozen=True)
class PlannedMinute:
    """So many rows of a bot in one zone are planned for this minute, aware UTC. Without a known bot it is empty."""

    bot: str
    zone: str
    minute: datetime
    rows: int


class PopularHourPort(Protocol):
    """Reads the outbox; replies are never planned."""

    async def planned_minutes(self, first: datetime, last: datetime) -> Sequence[PlannedMinute]:
        """Of everything that is planned from `first` until before `last`, in order of time."""
        ...

    async def places_in(self, bot: str, zone: str, first: datetime, last: datetime) -> Sequence[Place]:
        """One by one what one bot is to say in this span, the minutes counted from its beginning."""
        ...

"""Rows of the outbox, many and quickly: one for each mother, all of them due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.households import AT_ONCE
from content.library import Library
from domain.identifiers import CaregiverId, ChildId
from domain.message import OutgoingMessage, Text
from domain.sending.outbox import Lane, PlannedMessage
from storage.engine import Database


@dataclass(frozen=True)
class Queue:
    """A message of this lane for so many mothers, due on this day."""

    lane: Lane
    count: int
    day: datetime

    def rows(self, key: str, numbers: range) -> Sequence[PlannedMessage]:
        """Those for the mothers with these numbers."""
        return [
            PlannedMessage(
                self.lane,
                OutgoingMessage(Text(key)),
                f"child:{number}:{self.day:%Y%m%d}",
                send_from=self.day - timedelta(minutes=5),
                expires_at=self.day + timedelta(days=1),
                caregiver=CaregiverId(number),
                subjects=(ChildId(number),),
            )
            for number in numbers
        ]


async def queue_for_all(database: Database, library: Library, queue: Queue) -> None:
    """Plan them."""
    key = library.catalogue.steps()[0].key
    for first in range(1, queue.count + 1, AT_ONCE):
        async with database.begin() as uow:
            numbers = range(first, min(first + AT_ONCE, queue.count + 1))
            await uow.outbox.plan(queue.rows(key, numbers), queue.day)

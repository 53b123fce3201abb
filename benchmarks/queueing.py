"""Rows of the outbox, many and quickly: one for each mother, all of them due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.households import AT_ONCE
from content.library import Library
from domain.campaigns.campaign import MESSAGE_KEY, Campaign, CampaignContent, CampaignState
from domain.identifiers import ActorId, CampaignId, CaregiverId, ChildId
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
                "campaign:1" if self.lane is Lane.CAMPAIGN else f"child:{number}:{self.day:%Y%m%d}",
                send_from=self.day - timedelta(minutes=5),
                expires_at=self.day + timedelta(days=1),
                caregiver=CaregiverId(number),
                subjects=(ChildId(number),),
            )
            for number in numbers
        ]


async def queue_for_all(database: Database, library: Library, queue: Queue) -> None:
    """Plan them; rows of a campaign are those of one that is under way, and whose words are its own."""
    key = library.catalogue.steps()[0].key
    if queue.lane is Lane.CAMPAIGN:
        key = MESSAGE_KEY
        async with database.begin() as uow:
            await uow.campaigns.add(_under_way(queue.day))
    for first in range(1, queue.count + 1, AT_ONCE):
        async with database.begin() as uow:
            numbers = range(first, min(first + AT_ONCE, queue.count + 1))
            await uow.outbox.plan(queue.rows(key, numbers), queue.day)


def _under_way(day: datetime) -> Campaign:
    content = CampaignContent({"vi": "Ngày mai trạm cho trẻ uống vitamin A. Mời cả nhà đưa bé đến trạm từ 7 giờ 30."})
    return Campaign(CampaignId(1), ActorId(1), day, state=CampaignState.RUNNING, content=content, ended_at=day)

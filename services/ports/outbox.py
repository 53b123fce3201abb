"""The outbox: planned, claimed, sent or not, and why."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.identifiers import AddressId, CaregiverId, ChildId, OutboxId
from domain.sending.outbox import Lane, OutboxRow, OutboxState, PlannedMessage, Reason, SentMessage, Share


@dataclass(frozen=True)
class OutboxEntry:
    """A row as a timeline shows it."""

    id: OutboxId
    lane: Lane
    state: OutboxState
    reason: Reason | None
    message_key: str
    occasion: str
    send_from: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class Attempt:
    """What the channel said to one try."""

    row: OutboxId
    result: str
    detail: str | None = None


EVERYTHING = Share()


class OutboxPort(Protocol):
    """The unique keys live in the database; every change of state is conditional on the state before."""

    async def plan(self, messages: Iterable[PlannedMessage], at: datetime) -> int:
        """Insert what is not there yet; reopen what was closed for a passing reason. Gives how many rows that made."""
        ...

    async def closed_for_now(self, zone: str, now: datetime) -> Sequence[CaregiverId]:
        """Who of a zone has a tip that was closed for a reason that passes by itself, and is still of use."""
        ...

    async def claim(
        self, share: Share = EVERYTHING, *, now: datetime, wall: datetime, lease_until: datetime, limit: int
    ) -> Sequence[OutboxRow]:
        """Rows that are due, lowest lane first, at most one a recipient; held until the lease ends.

        A row that cannot be read is closed with its reason, and is not among them.
        """
        ...

    async def is_due(self, share: Share, *, now: datetime, wall: datetime) -> bool:
        """Whether anything of this share waits to be claimed; a look that keeps no writer waiting."""
        ...

    async def leave(
        self, rows: Collection[OutboxId], *, claimed_until: datetime, lease_until: datetime
    ) -> set[OutboxId]:
        """These rows are on their way now; not what was closed or claimed anew since `claimed_until` was set."""
        ...

    async def hand_on(self, row: OutboxId, bot: str) -> None:
        """The row waits for this bot, whose sender claims it."""
        ...

    async def give_back(
        self, rows: Collection[OutboxId], *, claimed_until: datetime, retry_at: datetime | None = None
    ) -> None:
        """Claimed and not sent after all: they may be claimed again, not before `retry_at` of real time.

        What was closed or claimed anew since `claimed_until` was set stays.
        """
        ...

    async def lapsed(self, wall: datetime) -> Sequence[OutboxRow]:
        """Rows in `sending` whose lease ran out: their fate is uncertain. One that cannot be read is recorded so."""
        ...

    async def record_sent(self, sent: Sequence[SentMessage], at: datetime) -> None: ...

    async def record_postponed(self, row: OutboxId, *, until: datetime, reason: Reason) -> None:
        """Planned again, for a later hour of the programme."""
        ...

    async def record_retry(
        self, row: OutboxId, *, retry_at: datetime, counted: bool, resent: bool, not_found_on: date | None
    ) -> None:
        """Planned again, after a wait of real time."""
        ...

    async def put_off(self, row: OutboxId, *, until: datetime) -> None:
        """A planned row goes no earlier than this, in the programme's time."""
        ...

    async def record_closed(self, row: OutboxId, reason: Reason) -> None: ...

    async def record_uncertain(self, row: OutboxId) -> None: ...

    async def note_attempts(self, tried: Sequence[Attempt], at: datetime) -> None: ...

    async def sent_between(
        self, caregiver: CaregiverId, lanes: Collection[Lane], first: datetime, last: datetime
    ) -> int:
        """How many messages of these lanes were sent (or are uncertain) from `first` until before `last`."""
        ...

    async def visits_due_between(self, caregiver: CaregiverId, first: datetime, last: datetime) -> int:
        """Visit messages sent in, or still planned for, this span."""
        ...

    async def reopen(self, caregiver: CaregiverId, now: datetime) -> int:
        """Plan again what was closed for a passing reason and is still of use."""
        ...

    async def close_planned(self, caregiver: CaregiverId, reason: Reason, lanes: Collection[Lane]) -> int:
        """Close what is still planned for her, at once."""
        ...

    async def close_replies(self, address: AddressId, reason: Reason) -> int:
        """Close the replies that still wait for this chat."""
        ...

    async def close_about(self, caregiver: CaregiverId, children: Collection[ChildId], reason: Reason) -> int:
        """Close what is planned for her that concerns nobody but these children."""
        ...

    async def close_occasion(self, caregiver: CaregiverId, occasion: str, reason: Reason) -> int:
        """Close what is planned for her on one occasion."""
        ...

    async def reopen_ended(self, caregiver: CaregiverId, now: datetime) -> int:
        """Contact goes on after all: plan again what was closed for its end and whose time is still to come."""
        ...

    async def settled(self, key: str, caregivers: Collection[CaregiverId]) -> Mapping[tuple[CaregiverId, str], bool]:
        """On which occasions this text was planned for whom, and whether it neither waits nor may open again."""
        ...

    async def supersede(self, caregiver: CaregiverId, now: datetime) -> int:
        """Give up the tips that were closed for a passing reason and whose time was before now."""
        ...

    async def drop_planned_tips(self, caregiver: CaregiverId) -> int:
        """Remove tips that are planned and were never tried, so that they are planned anew with what she chose."""
        ...

    async def timeline(self, caregiver: CaregiverId) -> Sequence[OutboxEntry]: ...

    async def count_uncertain(self) -> int: ...

    async def last_reply_to(self, address: AddressId) -> str | None:
        """The channel's id of the newest reply that was sent to this chat."""
        ...

    async def said_as(self, address: AddressId, occasion: str) -> str | None:
        """The channel's id of the reply that was sent to this chat on an occasion."""
        ...

    async def next_send_from(self, after: datetime) -> datetime | None:
        """When the next message is to go that is planned for later than this."""
        ...

    async def count_sent(self) -> int:
        """How many messages were sent in all, replies left out."""
        ...

    async def waiting(self, now: datetime) -> int:
        """How many rows are due or on their way right now."""
        ...

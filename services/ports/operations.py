"""What the database knows of how the programme does, and the state of alarms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.alarms import Alarm
from domain.identifiers import UpdateId
from domain.moment import Moment
from domain.operations import BotState, Inbound, Queue, Tally


@dataclass(frozen=True)
class ParkedUpdate:
    """An update that waits for a person: never what somebody wrote, nor who."""

    id: UpdateId
    received_at: datetime
    tries: int
    problem: str


class OperationsPort(Protocol):
    """Everything here is cheap however much is stored: it costs by what waits, and by what happened lately."""

    async def ping(self) -> None:
        """A trivial question."""
        ...

    async def queues(self, now: datetime) -> tuple[Queue, ...]:
        """Every lane."""
        ...

    async def tally_since(self, since: datetime, now: datetime) -> Tally:
        """What was sent and what failed from `since` on; uncertain is what was to go in that time."""
        ...

    async def total(self, now: datetime) -> Tally:
        """The same since the beginning."""
        ...

    async def settle_total(self, until: datetime) -> None:
        """Remember the counts until this instant, so that nobody counts these rows again."""
        ...

    async def tick_runs(self) -> Mapping[str, tuple[datetime, datetime]]:
        """The last run of each tick: programme's time and real time."""
        ...

    async def inbound(self, wall: datetime) -> Inbound: ...

    async def bots(self, wall: datetime) -> Sequence[BotState]: ...

    async def note_bot(self, bot: str, *, refused_as: str | None, wall: datetime) -> None:
        """A process of the bot asked Telegram whether the bot is accepted; `refused_as` empty: it is.

        None: Telegram did not say.
        """
        ...

    async def hold(self) -> None:
        """Until this transaction ends nobody else changes alarms."""
        ...

    async def alarms(self) -> Sequence[Alarm]:
        """Every alarm that was ever noticed."""
        ...

    async def keep_alarm(self, alarm: Alarm) -> None: ...

    async def parked(self, limit: int) -> Sequence[ParkedUpdate]:
        """The updates that wait for a person, the oldest first."""
        ...

    async def retry(self, update: UpdateId) -> bool:
        """It waits in its chat again, as if it had just come; False when it is parked no more."""
        ...

    async def leave(self, update: UpdateId, moment: Moment) -> bool:
        """Nobody will answer it: its words are let go. False when it is parked no more."""
        ...

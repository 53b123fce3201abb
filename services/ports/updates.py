"""What came in, and whose turn it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.identifiers import UpdateId


@dataclass(frozen=True)
class StoredUpdate:
    """An update as it was received, at an instant of real time: `body` is the channel's own JSON text."""

    id: UpdateId
    bot: str
    update_id: int
    chat: str
    body: str
    attempts: int
    received_at: datetime


class UpdatePort(Protocol):
    """Inserted raw under (bot, update_id) before it is acknowledged, then processed per chat in order."""

    async def store(self, *, bot: str, update_id: int, chat: str, body: str, at: datetime) -> bool:
        """False when it was here already."""
        ...

    async def take_turn(self, bot: str, *, wall: datetime, lease_until: datetime) -> str | None:
        """A chat with waiting updates that nobody serves, held until the lease runs out; None when there is none."""
        ...

    async def next_of(self, bot: str, chat: str) -> StoredUpdate | None:
        """The oldest waiting update of a chat."""
        ...

    async def came_before(self, update: StoredUpdate, since: datetime, *, at_most: int) -> int:
        """How many of its chat were processed before it that came in since then; counted no further than `at_most`."""
        ...

    async def done(self, update: UpdateId, at: datetime) -> None:
        """Processed: its words are let go."""
        ...

    async def failed(self, update: UpdateId, *, problem: str, parked: bool, at: datetime) -> None: ...

    async def end_turn(self, bot: str, chat: str, *, retry_at: datetime | None) -> None: ...

    async def parked(self) -> int:
        """How many updates could not be processed."""
        ...

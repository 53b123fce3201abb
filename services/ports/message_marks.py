"""What caregivers made of messages: one mark for each of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.identifiers import CaregiverId


@dataclass(frozen=True)
class Votes:
    """How many said of a message that it helped, and that it did not."""

    helpful: int = 0
    not_helpful: int = 0


class MessageMarkPort(Protocol):
    """The latest word counts."""

    async def vote(self, caregiver: CaregiverId, key: str, *, helpful: bool, at: datetime) -> None: ...

    async def answer(self, caregiver: CaregiverId, key: str, answer: int, at: datetime) -> None:
        """Keep what she answered to a quiz."""
        ...

    async def keep(self, caregiver: CaregiverId, key: str, at: datetime | None) -> None:
        """She keeps it from then on; None: no more."""
        ...

    async def kept(self, caregiver: CaregiverId) -> Sequence[str]:
        """The keys of what she keeps, the latest first."""
        ...

    async def votes(self) -> Mapping[str, Votes]:
        """By key, of every message that anybody spoke of."""
        ...

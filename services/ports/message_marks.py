"""What caregivers made of messages: one mark for each of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.identifiers import CaregiverId


@dataclass(frozen=True)
class MarkCount:
    """What readers of one language made of a message; `answers` are how many gave each answer to its quiz."""

    key: str
    language: str
    helpful: int = 0
    not_helpful: int = 0
    kept: int = 0
    answers: Mapping[int, int] = field(default_factory=dict)


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

    async def count(self) -> Sequence[MarkCount]:
        """Sums by message and language, of every message that anybody marked, in the order of keys."""
        ...

"""What the programme notes about itself, and the candidates of a day's planning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.identifiers import ActorId, AddressId
from domain.people import Caregiver, Child, Pregnancy


@dataclass(frozen=True)
class Candidate:
    """A caregiver and her children of an age that the planning of a day is about."""

    caregiver: Caregiver
    children: tuple[Child, ...]


@dataclass(frozen=True)
class Awaiting:
    """A caregiver and a pregnancy that a day's planning is about."""

    caregiver: Caregiver
    pregnancy: Pregnancy


class ProgrammePort(Protocol):
    """Audit, heartbeats, candidates."""

    async def audit(
        self,
        action: str,
        *,
        at: datetime,
        actor: ActorId | None = None,
        address: AddressId | None = None,
        subject: str | None = None,
        details: Mapping[str, str | int] | None = None,
    ) -> None: ...

    async def audited(self, action: str) -> int:
        """How often something was noted."""
        ...

    async def note_tick(self, tick: str, *, ran_at: datetime, wall_at: datetime) -> None: ...

    async def last_tick(self, tick: str) -> datetime | None:
        """The programme's time of its last run."""
        ...

    async def candidates(self, zone: str, *, born_from: date, born_to: date) -> Sequence[Candidate]:
        """Joined caregivers of a zone, not stopped, with their children born within these days.

        Children about whom contact ended are among them: a twin's messages keep the occasion that both had.
        """
        ...

    async def awaiting(self, zone: str, *, due_from: date, due_to: date) -> Sequence[Awaiting]:
        """Joined caregivers of a zone, not stopped, with a pregnancy due within these days that has not ended."""
        ...

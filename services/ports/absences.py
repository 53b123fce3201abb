"""Who works for the programme: seen when, away until when, and who has left."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.absence import Absence, Duty
from domain.identifiers import ActorId, AddressId, CommuneId
from domain.people import Actor


@dataclass(frozen=True)
class Staffer:
    """Somebody who works here or did, when she was last seen, and how much still hangs on her."""

    actor: Actor
    last_seen_at: datetime | None
    left_at: datetime | None
    families: int
    tasks: int


class AbsencePort(Protocol):
    """An absence ends by itself on its day; who has left is never given as a volunteer."""

    async def duties(self, communes: Collection[CommuneId], *, now: datetime, today: date) -> Sequence[Duty]:
        """The volunteers of these communes, and who of them is here."""
        ...

    async def current(self, actor: ActorId, today: date) -> Absence | None:
        """Her absence of today."""
        ...

    async def note(self, absence: Absence, *, from_on: date, at: datetime) -> None:
        """She is away; what she said before no longer counts."""
        ...

    async def end(self, actor: ActorId, at: datetime) -> int:
        """She is back."""
        ...

    async def everybody(self) -> Sequence[Staffer]:
        """All who work here, by role and name, and those who left while families or tasks of theirs still wait."""
        ...

    async def staffer(self, actor: ActorId) -> Staffer | None:
        """One of them, also one who has left."""
        ...

    async def revoke(self, actor: ActorId, *, by: ActorId, at: datetime) -> bool:
        """She has left: her chats know her no longer, her open invites of colleagues are withdrawn.

        False when she had left already, or `by` has herself in the meantime.
        """
        ...

    async def chats_of_leaver(self, actor: ActorId) -> Sequence[AddressId]:
        """The chats from which she spoke."""
        ...

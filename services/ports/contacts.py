"""Who at a facility calls a family that wishes to talk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.identifiers import ActorId, FacilityId
from domain.people import ActorRole


@dataclass(frozen=True)
class Colleague:
    """Somebody who works for the programme, by name."""

    id: ActorId
    name: str
    role: ActorRole


class ContactPort(Protocol):
    """Nobody who was revoked is ever given."""

    async def named_at(self, facility: FacilityId) -> Colleague | None:
        """The one whom staff named."""
        ...

    async def name(self, facility: FacilityId, actor: ActorId) -> None:
        """From now on it is this one."""
        ...

    async def workers_at(self, facility: FacilityId) -> Sequence[Colleague]:
        """The facility's health workers, then the volunteers of its commune, each in the order in which they came."""
        ...

    async def staff(self) -> Sequence[Colleague]:
        """The people of the health department, in the order in which they came."""
        ...

    async def colleague(self, actor: ActorId) -> Colleague | None: ...

"""About whom contact has ended by a loss, a farewell or a move: the same word for all of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from domain.identifiers import AddressId, CaregiverId, FacilityId, FamilyId
from domain.loss import Subject


@dataclass(frozen=True)
class Ended:
    """About whom, of which family, and since which day of its zone; never why.

    `name` is a child's; `family_names` tell families apart where there is none.
    """

    subject: Subject
    family: FamilyId
    facility: FacilityId
    since: date
    name: str
    family_names: tuple[str, ...] = ()


class EndingPort(Protocol):
    """What can be begun again by a person. Who was removed or erased is not among it."""

    async def ended_in(self, facilities: Collection[FacilityId], *, skip: int, limit: int) -> Sequence[Ended]:
        """In the families of these facilities, the newest first."""
        ...

    async def ended(self, subject: Subject) -> Ended | None:
        """One of them; None when contact goes on."""
        ...

    async def has_loss(self, caregiver: CaregiverId) -> bool:
        """Whether a child or a pregnancy of hers is lost, or the mother of her family."""
        ...

    async def has_lost(self, family: FamilyId) -> bool:
        """Whether a family has lost a child, a pregnancy or its mother."""
        ...

    async def chats_of_dead(self, caregiver: CaregiverId) -> Sequence[AddressId]:
        """The chats whose link ended with her."""
        ...

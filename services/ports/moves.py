"""Families that change hands: to another volunteer, to another facility, to another province."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.identifiers import ActorId, AddressId, CaregiverId, FacilityId, FamilyId, MoveId


@dataclass(frozen=True)
class Move:
    """A question to a family: may another facility take over? Without one it leaves for another province.

    `agreed` is None until somebody answered; on paper nobody of the family did so in a chat.
    """

    id: MoveId
    family: FamilyId
    origin: FacilityId
    to: FacilityId | None
    asked_by: ActorId | None
    asked_at: datetime
    agreed: bool | None
    answered_by: CaregiverId | None


class MovePort(Protocol):
    """Hand-overs, and the consent to a move."""

    async def give_family(self, family: FamilyId, to: ActorId | None) -> None:
        """She looks after this family from now on; None: nobody yet."""
        ...

    async def give_families(self, of: ActorId, to: ActorId, facilities: Collection[FacilityId]) -> int:
        """The same for all families of these facilities that somebody looked after; how many they are."""
        ...

    async def give_tasks(self, of: ActorId, to: ActorId, facilities: Collection[FacilityId]) -> int:
        """What somebody was asked to do by name in families of these facilities is asked of another one."""
        ...

    async def release_tasks(self, family: FamilyId) -> None:
        """The open tasks of a family are nobody's by name any more."""
        ...

    async def set_drafts_aside(self, chat: AddressId) -> None:
        """Who left cannot go on with what she began: her enrolment waits for another, the rest is forgotten."""
        ...

    async def give_draft(self, chat: AddressId, to: AddressId) -> bool:
        """The enrolment that was set aside goes to another chat, unless one lies there already."""
        ...

    async def drafts_aside(self, actor: ActorId) -> int:
        """How many enrolments of one who left wait for another."""
        ...

    async def ask(
        self, family: FamilyId, origin: FacilityId, to: FacilityId | None, *, by: ActorId, at: datetime
    ) -> MoveId:
        """A new question to a family; it takes the place of one that is open."""
        ...

    async def move(self, move: MoveId) -> Move | None: ...

    async def waiting(self, family: FamilyId) -> Move | None:
        """The question that the family has not answered yet."""
        ...

    async def answer(self, move: MoveId, *, agreed: bool, by: CaregiverId | None, at: datetime) -> bool:
        """Keep the answer; False when there is one already."""
        ...

    async def settle_in(self, family: FamilyId, zone: str) -> None:
        """The family lives in this zone now, and nobody there looks after it yet."""
        ...

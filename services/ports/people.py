"""Addresses and actors."""

from datetime import datetime
from typing import Protocol

from domain.identifiers import ActorId, AddressId, CaregiverId
from domain.invite import ActorPlace
from domain.people import Actor, Address, AddressState


class PeoplePort(Protocol):
    """Whom we can reach, and who works for the programme."""

    async def arrive(
        self, *, channel: str, bot: str, external_id: str, language: str, at: datetime
    ) -> tuple[Address, Address | None]:
        """Note a sign of life from an address, new or known; a known one that was unreachable is active again.

        Gives the address as it is now and as it was before (None when it is new).
        """
        ...

    async def address(self, address: AddressId) -> Address | None:
        """The address, or None."""
        ...

    async def find_address(self, *, channel: str, bot: str, external_id: str) -> Address | None:
        """The address of a chat, or None when it never wrote."""
        ...

    async def speak_language(self, address: AddressId, language: str) -> None:
        """Keep the language chosen in a chat."""
        ...

    async def mark_address(
        self,
        address: AddressId,
        *,
        state: AddressState,
        reason: str | None,
        at: datetime,
    ) -> None:
        """Keep what the channel said of the address."""
        ...

    async def move_address(self, address: AddressId, external_id: str) -> None:
        """The chat has a new id."""
        ...

    async def ask_who(self, address: AddressId, since: datetime | None) -> None:
        """The chat must say who it is before anything private is said there; None: it has."""
        ...

    async def unlink_caregiver(
        self, caregiver: CaregiverId, at: datetime, *, as_: str, but: AddressId | None = None
    ) -> None:
        """End her links to chats (all but one, if one is named) and keep how they ended."""
        ...

    async def unlink_address(self, address: AddressId, at: datetime, *, as_: str) -> None:
        """End every caregiver's link to a chat."""
        ...

    async def addresses_of_caregiver(self, caregiver: CaregiverId) -> tuple[Address, ...]:
        """Her living links, the one that wrote last first."""
        ...

    async def addresses_of_actor(self, actor: ActorId) -> tuple[Address, ...]:
        """The chats of an actor, the one that wrote last first."""
        ...

    async def link_caregiver(self, caregiver: CaregiverId, address: AddressId, at: datetime) -> None:
        """Bind a caregiver to a chat; binding twice changes nothing."""
        ...

    async def unlink_actors(self, address: AddressId, at: datetime) -> None:
        """End every actor's link to a chat."""
        ...

    async def link_actor(self, actor: ActorId, address: AddressId, at: datetime) -> None:
        """Bind an actor to a chat; binding twice changes nothing."""
        ...

    async def actor_at(self, address: AddressId) -> Actor | None:
        """The actor who speaks from this address, unless revoked."""
        ...

    async def add_actor(self, place: ActorPlace, *, by: ActorId | None, at: datetime) -> ActorId:
        """A new actor with her places."""
        ...

    async def actors_called(self, name: str) -> tuple[Actor, ...]:
        """Everybody of exactly this name who is not revoked, in the order of joining."""
        ...

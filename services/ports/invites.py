"""Invites, codes, and requests that a volunteer confirms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.identifiers import ActorId, AddressId, CaregiverId, InviteId
from domain.invite import ActorPlace, Invite


@dataclass(frozen=True)
class NewInvite:
    """An invite as it is made: only the hashes of its token and code are kept."""

    token_hash: str
    code_hash: str | None
    caregiver: CaregiverId | None
    actor_place: ActorPlace | None
    expires_at: datetime
    code_expires_at: datetime | None
    offered_by: CaregiverId | None = None


class InvitePort(Protocol):
    """A token or code is shown once; what is kept cannot be turned back into it."""

    async def add(self, invite: NewInvite, *, by: ActorId | None, at: datetime) -> InviteId | None:
        """A new invite; None when a living one has the same code."""
        ...

    async def by_token(self, token_hash: str) -> Invite | None: ...

    async def by_code(self, code_hash: str) -> Invite | None:
        """The living invite with this code, or the newest that had it."""
        ...

    async def claim(self, invite: InviteId, at: datetime) -> bool:
        """Use it up; False when somebody was faster."""
        ...

    async def withdraw_for(self, caregiver: CaregiverId, at: datetime) -> None:
        """Withdraw her unused invites: a newer one takes their place."""
        ...

    async def withdraw_offered_by(self, caregiver: CaregiverId, at: datetime) -> None:
        """Withdraw the unused invites that she made for others of her family."""
        ...

    async def came_by_worker(self, caregiver: CaregiverId) -> bool:
        """Whether the newest invite that was claimed for her was made by somebody who works for the programme."""
        ...

    async def retire_codes(self, now: datetime) -> None:
        """Let go of the codes whose day is over, so that their digits can be given again."""
        ...

    async def note_try(self, address: AddressId, at: datetime) -> None: ...

    async def tries_since(self, address: AddressId, since: datetime) -> int: ...

    async def request(self, address: AddressId, number: str, *, at: datetime, expires_at: datetime) -> None:
        """A chat asks to be let in by a volunteer, who will type this number."""
        ...

    async def requester(self, number: str, now: datetime) -> AddressId | None:
        """Whose number this is, while it lives; None when nobody's or two chats share it."""
        ...

    async def close_request(self, number: str, at: datetime) -> None: ...

"""Invites, codes, and requests that a volunteer confirms, in rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, select, update

from domain.identifiers import ActorId, AddressId, CaregiverId, CommuneId, FacilityId, InviteId
from domain.invite import ActorPlace, Invite
from domain.people import ActorRole
from services.ports.invites import NewInvite
from storage.statements import Statements
from storage.tables import code_tries, invites, join_requests

_LIVING = invites.c.claimed_at.is_(None) & invites.c.withdrawn_at.is_(None)


class InviteRows:
    """A token or code is shown once; only its hash is kept."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def add(self, invite: NewInvite, *, by: ActorId | None, at: datetime) -> InviteId | None:
        """A new invite; None when a living one has the same code."""
        insert = self._statements.insert(invites).values(
            token_hash=invite.token_hash,
            code_hash=invite.code_hash,
            caregiver_id=invite.caregiver,
            actor_place=_encode_place(invite.actor_place) if invite.actor_place else None,
            created_by=by,
            offered_by=invite.offered_by,
            created_at=at,
            expires_at=invite.expires_at,
            code_expires_at=invite.code_expires_at,
        )
        unless_taken = insert.on_conflict_do_nothing(index_elements=[invites.c.code_hash], index_where=_LIVING)
        added = await self._statements.value(unless_taken.returning(invites.c.id))
        return InviteId(added) if added is not None else None

    async def by_token(self, token_hash: str) -> Invite | None:
        """The invite with this token."""
        row = await self._statements.first(select(invites).where(invites.c.token_hash == token_hash))
        return _invite(row) if row else None

    async def by_code(self, code_hash: str) -> Invite | None:
        """The living invite with this code, or the newest that had it."""
        found = select(invites).where(invites.c.code_hash == code_hash)
        row = await self._statements.first(found.order_by(_LIVING.desc(), invites.c.id.desc()).limit(1))
        return _invite(row) if row else None

    async def claim(self, invite: InviteId, at: datetime) -> bool:
        """Use it up; False when somebody was faster."""
        return await self._statements.run(_change(invites.c.id == invite).values(claimed_at=at)) == 1

    async def withdraw_for(self, caregiver: CaregiverId, at: datetime) -> None:
        """Withdraw her unused invites: a newer one takes their place."""
        await self._statements.run(_change(invites.c.caregiver_id == caregiver).values(withdrawn_at=at))

    async def withdraw_offered_by(self, caregiver: CaregiverId, at: datetime) -> None:
        """Withdraw the unused invites that she made for others of her family."""
        hers = (invites.c.offered_by == caregiver) & _LIVING
        await self._statements.run(update(invites).where(hers).values(withdrawn_at=at))

    async def came_by_worker(self, caregiver: CaregiverId) -> bool:
        """Whether the newest invite that was claimed for her was made by somebody who works for the programme."""
        claimed = (invites.c.caregiver_id == caregiver) & invites.c.claimed_at.is_not(None)
        newest = select(invites.c.created_by).where(claimed).order_by(invites.c.claimed_at.desc(), invites.c.id.desc())
        row = await self._statements.first(newest.limit(1))
        return row is not None and row[invites.c.created_by] is not None

    async def retire_codes(self, now: datetime) -> None:
        """Let go of the codes whose day is over, so that their digits can be given again."""
        await self._statements.run(_change(invites.c.code_expires_at <= now).values(code_hash=None))

    async def note_try(self, address: AddressId, at: datetime) -> None:
        """Keep that a chat tried a code in vain."""
        await self._statements.run(self._statements.insert(code_tries).values(address_id=address, at=at))

    async def tries_since(self, address: AddressId, since: datetime) -> int:
        """How many codes a chat tried in vain since then."""
        tries = select(func.count()).where(code_tries.c.address_id == address, code_tries.c.at >= since)
        return int(await self._statements.value(tries))

    async def request(self, address: AddressId, number: str, *, at: datetime, expires_at: datetime) -> None:
        """A chat asks to be let in by a volunteer, who will type this number."""
        asked = {"address_id": address, "number": number, "created_at": at, "expires_at": expires_at}
        await self._statements.run(self._statements.insert(join_requests).values(asked))

    async def requester(self, number: str, now: datetime) -> AddressId | None:
        """Whose number this is, while it lives; None when nobody's or two chats share it."""
        living = join_requests.c.used_at.is_(None) & (join_requests.c.expires_at > now)
        whose = select(join_requests.c.address_id).where(join_requests.c.number == number, living).distinct()
        rows = await self._statements.all(whose)
        return AddressId(rows[0][join_requests.c.address_id]) if len(rows) == 1 else None

    async def close_request(self, number: str, at: datetime) -> None:
        """The number was used."""
        is_open = (join_requests.c.number == number) & join_requests.c.used_at.is_(None)
        await self._statements.run(update(join_requests).where(is_open).values(used_at=at))


def _change(which: ColumnElement[bool]) -> Any:
    return update(invites).where(which, _LIVING)


def _invite(row: RowMapping) -> Invite:
    place = row[invites.c.actor_place]
    return Invite(
        id=InviteId(row[invites.c.id]),
        caregiver=row[invites.c.caregiver_id],
        actor_place=_decode_place(place) if place is not None else None,
        created_by=row[invites.c.created_by],
        expires_at=row[invites.c.expires_at],
        code_expires_at=row[invites.c.code_expires_at],
        claimed_at=row[invites.c.claimed_at],
        withdrawn_at=row[invites.c.withdrawn_at],
    )


def _encode_place(place: ActorPlace) -> dict[str, Any]:
    return {
        "name": place.name,
        "role": place.role.value,
        "communes": list(place.communes),
        "facility": place.facility,
    }


def _decode_place(stored: Mapping[str, Any]) -> ActorPlace:
    facility = stored["facility"]
    return ActorPlace(
        name=stored["name"],
        role=ActorRole(stored["role"]),
        communes=tuple(CommuneId(commune) for commune in stored["communes"]),
        facility=FacilityId(facility) if facility is not None else None,
    )

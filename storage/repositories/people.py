"""Addresses and actors in rows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, Table, exists, select, update

from domain.identifiers import ActorId, AddressId, CaregiverId, CommuneId, FacilityId
from domain.invite import ActorPlace
from domain.people import Actor, ActorRole, Address, AddressState
from storage.statements import Statements
from storage.tables import actor_addresses, actor_places, actors, addresses, caregiver_addresses


class PeopleRows:
    """Whom we can reach, and who works for the programme."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def arrive(
        self, *, channel: str, bot: str, external_id: str, language: str, at: datetime
    ) -> tuple[Address, Address | None]:
        """Note a sign of life; give the address as it is now and as it was before (None when it is new)."""
        chat = {"channel": channel, "bot": bot, "external_id": external_id}
        before = await self._hold(chat)
        if before is None:
            state = {"language": language, "state": AddressState.ACTIVE.value, "last_inbound_at": at}
            insert = self._statements.insert(addresses).values(**chat, **state)
            new = await self._statements.first(insert.on_conflict_do_nothing().returning(addresses))
            if new:
                return address_of(new), None
            before = await self._hold(chat)  # somebody else was faster
        if before is None:
            raise LookupError("the address was removed while it was writing")
        return await self._return(before, at), before

    async def _hold(self, chat: Mapping[str, str]) -> Address | None:
        row = await self._statements.first(select(addresses).where(_is_chat(**chat)).with_for_update())
        return address_of(row) if row else None

    async def _return(self, before: Address, at: datetime) -> Address:
        change = update(addresses).where(addresses.c.id == before.id).values(last_inbound_at=at)
        if before.state is not AddressState.ACTIVE:
            change = change.values(state=AddressState.ACTIVE.value, state_reason=None, state_at=at)
        await self._statements.run(change)
        return replace(before, state=AddressState.ACTIVE, state_reason=None, last_inbound_at=at)

    async def address(self, address: AddressId) -> Address | None:
        """The address, or None."""
        row = await self._statements.first(select(addresses).where(addresses.c.id == address))
        return address_of(row) if row else None

    async def find_address(self, *, channel: str, bot: str, external_id: str) -> Address | None:
        """The address of a chat, or None when it never wrote."""
        chat = _is_chat(channel=channel, bot=bot, external_id=external_id)
        row = await self._statements.first(select(addresses).where(chat))
        return address_of(row) if row else None

    async def speak_language(self, address: AddressId, language: str) -> None:
        """Keep the language chosen in a chat."""
        await self._statements.run(update(addresses).where(addresses.c.id == address).values(language=language))

    async def mark_address(
        self,
        address: AddressId,
        *,
        state: AddressState,
        reason: str | None,
        at: datetime,
    ) -> None:
        """Keep what the channel said of the address."""
        change = update(addresses).where(addresses.c.id == address)
        await self._statements.run(change.values(state=state.value, state_reason=reason, state_at=at))

    async def move_address(self, address: AddressId, external_id: str) -> None:
        """The chat has a new id. One that wrote under it already stands, and this one stays as it is."""
        change = update(addresses).where(addresses.c.id == address, ~_is_taken(external_id))
        await self._statements.run(change.values(external_id=external_id))

    async def ask_who(self, address: AddressId, since: datetime | None) -> None:
        """The chat must say who it is before anything private is said there; None: it has."""
        change = update(addresses).where(addresses.c.id == address)
        await self._statements.run(change.values(unconfirmed_since=since))

    async def unlink_caregiver(
        self, caregiver: CaregiverId, at: datetime, *, as_: str, but: AddressId | None = None
    ) -> None:
        """End her links to chats (all but one, if one is named) and keep how they ended."""
        links = caregiver_addresses
        ended = (links.c.caregiver_id == caregiver) & links.c.revoked_at.is_(None)
        others = ended if but is None else ended & (links.c.address_id != but)
        await self._statements.run(update(links).where(others).values(revoked_at=at, revoked_as=as_))

    async def unlink_address(self, address: AddressId, at: datetime, *, as_: str) -> None:
        """End every caregiver's link to a chat."""
        links = caregiver_addresses
        living = (links.c.address_id == address) & links.c.revoked_at.is_(None)
        await self._statements.run(update(links).where(living).values(revoked_at=at, revoked_as=as_))

    async def addresses_of_caregiver(self, caregiver: CaregiverId) -> tuple[Address, ...]:
        """Her living links, the one that wrote last first."""
        return await self._linked(caregiver_addresses, caregiver_addresses.c.caregiver_id == caregiver)

    async def addresses_of_actor(self, actor: ActorId) -> tuple[Address, ...]:
        """The chats of an actor, the one that wrote last first."""
        return await self._linked(actor_addresses, actor_addresses.c.actor_id == actor)

    async def _linked(self, links: Table, whose: ColumnElement[bool]) -> tuple[Address, ...]:
        found = select(addresses).join(links).where(whose, links.c.revoked_at.is_(None))
        last_first = found.order_by(addresses.c.last_inbound_at.desc().nulls_last(), addresses.c.id.desc())
        return tuple(address_of(row) for row in await self._statements.all(last_first))

    async def link_caregiver(self, caregiver: CaregiverId, address: AddressId, at: datetime) -> None:
        """Bind a caregiver to a chat; binding twice changes nothing."""
        link = {"caregiver_id": caregiver, "address_id": address, "linked_at": at}
        await self._statements.run(self._statements.insert(caregiver_addresses).values(link).on_conflict_do_nothing())

    async def unlink_actors(self, address: AddressId, at: datetime) -> None:
        """End every actor's link to a chat."""
        living = (actor_addresses.c.address_id == address) & actor_addresses.c.revoked_at.is_(None)
        await self._statements.run(update(actor_addresses).where(living).values(revoked_at=at))

    async def link_actor(self, actor: ActorId, address: AddressId, at: datetime) -> None:
        """Bind an actor to a chat; binding twice changes nothing."""
        link = {"actor_id": actor, "address_id": address, "linked_at": at}
        await self._statements.run(self._statements.insert(actor_addresses).values(link).on_conflict_do_nothing())

    async def actor_at(self, address: AddressId) -> Actor | None:
        """The actor who speaks from this address, unless revoked; the newest when several did."""
        links = actor_addresses
        living = (links.c.address_id == address, links.c.revoked_at.is_(None), actors.c.revoked_at.is_(None))
        found = select(actors).join(links, links.c.actor_id == actors.c.id).where(*living)
        row = await self._statements.first(found.order_by(links.c.linked_at.desc(), links.c.id.desc()).limit(1))
        return await self._with_places(row) if row else None

    async def actors_called(self, name: str) -> tuple[Actor, ...]:
        """Everybody of exactly this name who is not revoked."""
        found = select(actors).where(actors.c.name == name, actors.c.revoked_at.is_(None)).order_by(actors.c.id)
        return tuple([await self._with_places(row) for row in await self._statements.all(found)])

    async def _with_places(self, row: RowMapping) -> Actor:
        of_actor = select(actor_places).where(actor_places.c.actor_id == row[actors.c.id])
        places = await self._statements.all(of_actor)
        communes = (place[actor_places.c.commune_id] for place in places)
        facilities = (place[actor_places.c.facility_id] for place in places)
        return Actor(
            id=ActorId(row[actors.c.id]),
            name=row[actors.c.name],
            role=ActorRole(row[actors.c.role]),
            communes=frozenset(CommuneId(number) for number in communes if number is not None),
            facilities=frozenset(FacilityId(number) for number in facilities if number is not None),
        )

    async def add_actor(self, place: ActorPlace, *, by: ActorId | None, at: datetime) -> ActorId:
        """A new actor with her places."""
        values = {"name": place.name, "role": place.role.value, "created_by": by, "created_at": at}
        insert = self._statements.insert(actors).values(values).returning(actors.c.id)
        actor = ActorId(await self._statements.value(insert))
        rows: list[dict[str, int | None]] = [
            {"actor_id": actor, "commune_id": commune, "facility_id": None} for commune in place.communes
        ]
        if place.facility is not None:
            rows.append({"actor_id": actor, "commune_id": None, "facility_id": place.facility})
        await self._statements.run_many(self._statements.insert(actor_places).returning(actor_places.c.id), rows)
        return actor


def _is_chat(*, channel: str, bot: str, external_id: str) -> ColumnElement[bool]:
    ours = (addresses.c.channel == channel) & (addresses.c.bot == bot)
    return ours & (addresses.c.external_id == external_id)


def _is_taken(external_id: str) -> ColumnElement[bool]:
    other = addresses.alias("other")
    same_bot = (other.c.channel == addresses.c.channel) & (other.c.bot == addresses.c.bot)
    return exists().where(same_bot, other.c.external_id == external_id)


def address_of(row: RowMapping) -> Address:
    """The chat in a row."""
    return Address(
        id=AddressId(row[addresses.c.id]),
        channel=row[addresses.c.channel],
        bot=row[addresses.c.bot],
        external_id=row[addresses.c.external_id],
        language=row[addresses.c.language],
        state=AddressState(row[addresses.c.state]),
        state_reason=row[addresses.c.state_reason],
        last_inbound_at=row[addresses.c.last_inbound_at],
        unconfirmed_since=row[addresses.c.unconfirmed_since],
    )

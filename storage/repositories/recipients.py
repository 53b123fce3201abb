"""Those whom a batch of messages is for, in a handful of statements."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from domain.consent import Consent
from domain.identifiers import AddressId, CaregiverId, ChildId, FacilityId, FamilyId
from domain.people import Address, Caregiver, Child
from domain.reader import Role
from domain.sending.outbox import Lane, OutboxState
from services.ports.recipients import Recipients, Said, Span
from storage.repositories.area import facility_of, select_facilities
from storage.repositories.family_rows import caregiver_of, child_of, consent_of, family_of
from storage.repositories.people import address_of
from storage.statements import Statements
from storage.tables import (
    addresses,
    care_roles,
    caregiver_addresses,
    caregivers,
    children,
    consents,
    facilities,
    families,
    outbox,
)

Key = TypeVar("Key")
Value = TypeVar("Value")

_IS_VISIT = outbox.c.lane == Lane.VISIT.value
_COUNTED = outbox.c.lane.in_([Lane.VISIT.value, Lane.TIP.value, Lane.CAMPAIGN.value])
_PERHAPS_SENT = outbox.c.state.in_([OutboxState.SENT.value, OutboxState.UNCERTAIN.value])
_STILL_DUE = outbox.c.state.in_([OutboxState.PLANNED.value, OutboxState.SENDING.value])


class RecipientRows:
    """Each statement asks for all of them."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def look_up(
        self, caregivers: Collection[CaregiverId], *, addresses: Collection[AddressId], children: Collection[ChildId]
    ) -> Recipients:
        """These caregivers with their families, children, chats and consents; these chats; these children."""
        people = await self._caregivers(caregivers)
        chats_of = await self._addresses_of(people)
        chats = await self._addresses(addresses) | {one.id: one for of in chats_of.values() for one in of}
        children_of = await self._children_of(people)
        known = {one.id: one for of in children_of.values() for one in of}
        wanted = await self._children([child for child in children if child not in known]) | known
        theirs = await self._families({one.family for one in people.values()})
        places = {one.facility for one in theirs.values()} | {one.facility for one in wanted.values()}
        return Recipients(
            caregivers=people,
            families=theirs,
            facilities=await self._facilities(places),
            children=wanted,
            children_of=children_of,
            addresses=chats,
            addresses_of=chats_of,
            shared=await self._shared(chats),
            consents=await self._consents(theirs),
        )

    async def said_to(self, caregivers: Collection[CaregiverId], span: Span) -> Mapping[CaregiverId, Said]:
        """What each of them was told; who was told nothing is left out."""
        sent_at = func.coalesce(outbox.c.sent_at, outbox.c.send_from)
        sent = and_(_PERHAPS_SENT, sent_at >= span.week_begins, sent_at < span.day_ends)
        due = and_(_STILL_DUE, outbox.c.send_from >= span.day_begins, outbox.c.send_from < span.day_ends)
        today = and_(_PERHAPS_SENT, sent_at >= span.day_begins)
        hers = and_(
            self._statements.among(outbox.c.caregiver_id, caregivers), _COUNTED, or_(sent, and_(due, _IS_VISIT))
        )
        found = select(
            outbox.c.caregiver_id,
            _sum(and_(today, ~_IS_VISIT)).label("today"),
            _sum(and_(_IS_VISIT, or_(today, _STILL_DUE))).label("visits_today"),
            _sum(_PERHAPS_SENT).label("this_week"),
        )
        rows = await self._statements.all(found.where(hers).group_by(outbox.c.caregiver_id)) if caregivers else ()
        return {
            CaregiverId(row[outbox.c.caregiver_id]): Said(row["today"], row["visits_today"], row["this_week"])
            for row in rows
        }

    async def _caregivers(self, wanted: Collection[CaregiverId]) -> dict[CaregiverId, Caregiver]:
        found = await self._read(select(caregivers), caregivers.c.id, wanted, caregiver_of)
        return {one.id: one for one in found}

    async def _families(self, wanted: Collection[FamilyId]) -> dict[FamilyId, Any]:
        return {one.id: one for one in await self._read(select(families), families.c.id, wanted, family_of)}

    async def _facilities(self, wanted: Collection[FacilityId]) -> dict[FacilityId, Any]:
        found = await self._read(select_facilities(), facilities.c.id, wanted, facility_of)
        return {one.id: one for one in found}

    async def _children(self, wanted: Collection[ChildId]) -> dict[ChildId, Child]:
        return {one.id: one for one in await self._read(select(children), children.c.id, wanted, child_of)}

    async def _children_of(self, whose: Collection[CaregiverId]) -> dict[CaregiverId, Sequence[Child]]:
        living = select(children, care_roles.c.caregiver_id).join(care_roles).where(children.c.ended_at.is_(None))
        in_order = living.order_by(children.c.birth_date, children.c.id)
        return _by(await self._pairs(in_order, care_roles.c.caregiver_id, whose, child_of))

    async def _addresses(self, wanted: Collection[AddressId]) -> dict[AddressId, Address]:
        return {one.id: one for one in await self._read(select(addresses), addresses.c.id, wanted, address_of)}

    async def _addresses_of(self, whose: Collection[CaregiverId]) -> dict[CaregiverId, Sequence[Address]]:
        links = caregiver_addresses.c
        living = select(addresses, links.caregiver_id).join(caregiver_addresses).where(links.revoked_at.is_(None))
        in_order = living.order_by(addresses.c.last_inbound_at.desc().nulls_last(), addresses.c.id.desc())
        return _by(await self._pairs(in_order, links.caregiver_id, whose, address_of))

    async def _shared(self, chats: Collection[AddressId]) -> frozenset[AddressId]:
        links = caregiver_addresses.c
        living = and_(
            self._statements.among(links.address_id, chats), links.revoked_at.is_(None), caregivers.c.ended_at.is_(None)
        )
        found = select(links.address_id).join(caregivers).where(living).group_by(links.address_id)
        several = found.having(func.count(caregivers.c.id.distinct()) > 1)
        rows = await self._statements.all(several) if chats else ()
        return frozenset(AddressId(row[links.address_id]) for row in rows)

    async def _consents(self, whose: Collection[FamilyId]) -> dict[FamilyId, Sequence[tuple[Role, Consent]]]:
        asked = select(consents, caregivers.c.role, caregivers.c.family_id).join(caregivers)
        in_order = asked.order_by(consents.c.at, consents.c.id)
        pairs = await self._pairs(
            in_order, caregivers.c.family_id, whose, lambda row: (Role(row[caregivers.c.role]), consent_of(row))
        )
        return {family: _latest(answers) for family, answers in _by(pairs).items()}

    async def _read(
        self, found: Select[Any], key: ColumnElement[Any], wanted: Collection[Any], of: Callable[[Any], Value]
    ) -> Sequence[Value]:
        if not wanted:
            return ()
        return [of(row) for row in await self._statements.all(found.where(self._statements.among(key, wanted)))]

    async def _pairs(
        self, found: Select[Any], key: ColumnElement[Any], wanted: Collection[Any], of: Callable[[Any], Value]
    ) -> Sequence[tuple[Any, Value]]:
        if not wanted:
            return ()
        return [
            (row[key], of(row)) for row in await self._statements.all(found.where(self._statements.among(key, wanted)))
        ]


def _by(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, Sequence[Value]]:
    grouped: defaultdict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return dict(grouped)


def _latest(answers: Iterable[tuple[Role, Consent]]) -> Sequence[tuple[Role, Consent]]:
    """The last word of each for each purpose."""
    return tuple({(one.caregiver, one.purpose): (role, one) for role, one in answers}.values())


def _sum(of: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((of, 1), else_=0))

"""Export and erasure in rows: what the registry of personal columns says, carried out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Integer,
    RowMapping,
    String,
    UniqueConstraint,
    cast,
    delete,
    exists,
    false,
    literal,
    null,
    or_,
    select,
    update,
)

from domain.erasure import Erasure, last_word_occasion
from domain.identifiers import AddressId, CaregiverId, ErasureId
from domain.merging import GOES_ON_FOR
from domain.sending.outbox import OutboxState, Reason
from services.ports.privacy import Record
from storage.personal_columns import Entry, Rule, Tie
from storage.personal_registry import REGISTRY
from storage.statements import Statements
from storage.tables import (
    actor_addresses,
    addresses,
    applications,
    care_roles,
    caregiver_addresses,
    caregivers,
    consents,
    erasures,
    merges,
    outbox,
)

Ties: TypeAlias = Mapping[Tie, Sequence[int | str]]
_OPEN = erasures.c.cancelled_at.is_(None) & erasures.c.done_at.is_(None)
_UNSENT = outbox.c.state.in_([OutboxState.PLANNED.value, OutboxState.SENDING.value])


class PrivacyRows:
    """What is known of one caregiver, and how it is forgotten."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def known_of(self, caregiver: CaregiverId) -> Mapping[str, Sequence[Record]]:
        """Everything of hers and of her children that the registry lets her see, by table."""
        ties = await self._told_ties(caregiver)
        return {entry.table.name: await self._told(entry, ties) for entry in REGISTRY if entry.told}

    async def _told_ties(self, caregiver: CaregiverId) -> Ties:
        hers = care_roles.c.caregiver_id == caregiver
        agreed = consents.c.caregiver_id == caregiver
        linked = caregiver_addresses.c.caregiver_id == caregiver
        return {
            Tie.CAREGIVER: [caregiver],
            Tie.CHILD: await self._numbers(care_roles.c.child_id, hers),
            Tie.PREGNANCY: await self._numbers(care_roles.c.pregnancy_id, hers),
            Tie.ADDRESS: await self._numbers(caregiver_addresses.c.address_id, linked),
            Tie.ACTOR: await self._numbers(consents.c.witness_id, agreed),
        }

    async def _numbers(self, column: Column[Any], condition: ColumnElement[bool]) -> list[int]:
        found = select(column).where(condition, column.is_not(None)).distinct().order_by(column)
        return [row[column] for row in await self._statements.all(found)]

    async def _told(self, entry: Entry, ties: Ties) -> Sequence[Record]:
        if entry.told_by is None:
            return ()
        whose = entry.told_by.in_(ties[entry.told_tie])
        names = [column.name for column in entry.table.columns if column.name in entry.told or _is_number(column)]
        found = select(*(entry.table.c[name] for name in names)).where(whose).order_by(entry.table.c.id)
        return [{name: row[entry.table.c[name]] for name in names} for row in await self._statements.all(found)]

    async def ask(self, caregiver: CaregiverId, *, at: datetime, due_at: datetime, receipt: str) -> Erasure:
        """Her wish to be forgotten; the one that is open already, when there is one."""
        values = {"caregiver_id": caregiver, "asked_at": at, "due_at": due_at, "receipt": receipt}
        insert = self._statements.insert(erasures).values(values)
        key = [erasures.c.caregiver_id]
        await self._statements.run(insert.on_conflict_do_nothing(index_elements=key, index_where=_OPEN))
        asked = await self.open_of(caregiver)
        if asked is None:
            raise LookupError("the wish was carried out while it was asked")
        return asked

    async def open_of(self, caregiver: CaregiverId) -> Erasure | None:
        """Her wish that waits to be carried out."""
        row = await self._statements.first(select(erasures).where(erasures.c.caregiver_id == caregiver, _OPEN))
        return _erasure(row) if row else None

    async def cancel(self, erasure: ErasureId, at: datetime) -> bool:
        """She changed her mind; False when it was too late."""
        change = update(erasures).where(erasures.c.id == erasure, _OPEN).values(cancelled_at=at)
        return await self._statements.run(change) == 1

    async def due(self, now: datetime) -> Sequence[Erasure]:
        """The wishes that are to be carried out now."""
        found = select(erasures).where(erasures.c.due_at <= now, _OPEN).order_by(erasures.c.due_at, erasures.c.id)
        return [_erasure(row) for row in await self._statements.all(found)]

    async def hold(self, erasure: ErasureId) -> bool:
        """Whether it still waits; until the transaction ends nobody else carries it out or takes it back."""
        found = select(erasures.c.id).where(erasures.c.id == erasure, _OPEN).with_for_update()
        return await self._statements.first(found) is not None

    async def is_on_its_way(self, caregiver: CaregiverId) -> bool:
        """Whether a message to her is being sent at this moment; what else is planned for her is closed."""
        ties = await self._ties(caregiver)
        hers = _is_said_to(ties)
        closed = {"state": OutboxState.CLOSED.value, "reason": Reason.CONTACT_ENDED.value, "message": null()}
        planned = outbox.c.state == OutboxState.PLANNED.value
        await self._statements.run(update(outbox).where(hers, planned).values(closed))
        leaving = select(outbox.c.id).where(hers, outbox.c.state == OutboxState.SENDING.value).limit(1)
        return await self._statements.first(leaving) is not None

    async def erase(self, erasure: Erasure, *, last_address: AddressId | None, at: datetime) -> None:
        """Forget everything of hers but the chat to which the last word goes, if there is one."""
        ties = await self._ties(erasure.caregiver)
        themselves = [number for number in ties[Tie.ADDRESS] if number != last_address]
        await self._forget({**ties, Tie.CHAT_ITSELF: themselves})
        change = update(erasures).where(erasures.c.id == erasure.id)
        await self._statements.run(change.values(done_at=at, last_address_id=last_address))

    async def finished(self, now: datetime) -> Sequence[Erasure]:
        """Erasures whose last word was sent, or will not be any more."""
        waiting = select(erasures).where(erasures.c.last_address_id.is_not(None))
        found = [_erasure(row) for row in await self._statements.all(waiting.order_by(erasures.c.id))]
        return [one for one in found if not await self._waits(one, now)]

    async def _waits(self, erasure: Erasure, now: datetime) -> bool:
        may_go = or_(outbox.c.state == OutboxState.SENDING.value, outbox.c.expires_at > now)
        found = select(outbox.c.id).where(_is_last_word(erasure), _UNSENT, may_go)
        return await self._statements.first(found) is not None

    async def forget_last_address(self, erasure: Erasure) -> None:
        """Forget the last word, and the chat unless it is somebody's again."""
        unlinked = update(erasures).where(erasures.c.id == erasure.id).values(last_address_id=None)
        await self._statements.run(unlinked)
        own = addresses.c.id == erasure.last_address
        ties = await self._address_ties(own & ~_is_somebodys(erasure.caregiver))
        words = await self._numbers(outbox.c.id, _is_last_word(erasure))
        await self._forget({**ties, Tie.MESSAGE: words})
        await self._statements.run(delete(outbox).where(outbox.c.id.in_(words)))

    async def _ties(self, caregiver: CaregiverId) -> Ties:
        rows = await self._merges_around(caregiver)
        herself = _with_doubles(caregiver, rows)
        linked = select(caregiver_addresses.c.address_id).where(caregiver_addresses.c.caregiver_id.in_(herself))
        hers_alone = addresses.c.id.in_(linked) & ~_is_somebodys(*herself)
        ties = {**await self._address_ties(hers_alone), Tie.CAREGIVER: herself}
        return {
            **ties,
            Tie.AUDITED: [f"caregiver:{one}" for one in herself],
            Tie.MESSAGE: await self._numbers(outbox.c.id, _is_said_to(ties)),
            Tie.MERGE: [row[merges.c.id] for row in rows if _touches(row, herself)],
        }

    async def _merges_around(self, caregiver: CaregiverId) -> Sequence[RowMapping]:
        """The merges of her family's file, and of the files that went into it before."""
        family = select(caregivers.c.family_id).where(caregivers.c.id == caregiver)
        files, found = [await self._statements.value(family)], dict[int, RowMapping]()
        for one in files:  # grows while it is read
            about = or_(merges.c.kept_family_id == one, merges.c.merged_family_id == one)
            for row in await self._statements.all(select(merges).where(about).order_by(merges.c.id)):
                found[row[merges.c.id]] = row
                files += [row[merges.c.merged_family_id]] if row[merges.c.merged_family_id] not in files else []
        return list(found.values())

    async def _address_ties(self, which: ColumnElement[bool]) -> Ties:
        rows = await self._statements.all(select(addresses.c.id, addresses.c.external_id).where(which))
        numbers = [row[addresses.c.id] for row in rows]
        chats = [row[addresses.c.external_id] for row in rows]
        return {Tie.ADDRESS: numbers, Tie.CHAT: chats, Tie.CHAT_ITSELF: numbers}

    async def _forget(self, ties: Ties) -> None:
        for entry in REGISTRY:
            for rule in entry.erased:
                if ties.get(rule.tie):
                    await self._carry_out(entry, rule, ties)

    async def _carry_out(self, entry: Entry, rule: Rule, ties: Ties) -> None:
        rows = rule.column.in_(ties[rule.tie]) & ~(false() if rule.unless is None else rule.unless)
        if not rule.blanks:
            await self._statements.run(delete(entry.table).where(rows))
            return
        emptied = {name: _blank_of(entry.table.c[name]) for name in rule.blanks}
        await self._statements.run(update(entry.table).where(rows).values(emptied))


def _is_number(column: Column[Any]) -> bool:
    return column.primary_key or bool(column.foreign_keys)


def _blank_of(column: Column[Any]) -> Any:
    """Nothing; where a column must hold something, the emptiest of its kind."""
    if column.nullable:
        return null()
    if _is_unique(column):
        return literal("erased:") + cast(column.table.c.id, String)
    if isinstance(column.type, JSON):
        return []
    return False if isinstance(column.type, Boolean) else 0 if isinstance(column.type, Integer) else ""


def _is_unique(column: Column[Any]) -> bool:
    rules = (rule for rule in column.table.constraints if isinstance(rule, UniqueConstraint))
    return column.name == "external_id" and any(column.name in rule.columns for rule in rules)


def _with_doubles(caregiver: int, rows: Sequence[RowMapping]) -> list[int]:
    """She, and everybody who became one with her in a merge that stands, also by way of another."""
    standing = [one for row in rows if row[merges.c.undone_at] is None for one in row[merges.c.moved]]
    pairs = [(one["row"], one["after"].get(GOES_ON_FOR)) for one in standing if one["table"] == caregivers.name]
    herself = [int(caregiver)]
    for one in herself:  # grows while it is read
        herself += [other for row, other in pairs if row == one and other is not None and other not in herself]
    return herself


def _touches(merge: RowMapping, herself: Sequence[int]) -> bool:
    """Whether anything of hers was written down there: her row, or a row that points to her."""
    numbers = set(herself)
    return any(
        (one["table"] == caregivers.name and one["row"] in numbers)
        or bool(numbers & {values.get("caregiver_id") for values in (one["before"], one["after"])})
        for one in merge[merges.c.moved]
    )


def _is_somebodys(*herself: int) -> ColumnElement[bool]:
    """Whether others write from a chat: another caregiver, a worker, somebody who applies; or one who was removed.

    The chat of a removed one stays his, so that nothing shows in it.
    """
    links, whose = caregiver_addresses, caregivers
    here = (links.c.address_id == addresses.c.id) & (whose.c.id == links.c.caregiver_id)
    living = links.c.revoked_at.is_(None) & whose.c.ended_at.is_(None)
    of_other = living & links.c.caregiver_id.not_in(herself)
    other = exists().where(here, or_(of_other, links.c.revoked_as == "removed"))
    worker = exists().where(actor_addresses.c.address_id == addresses.c.id, actor_addresses.c.revoked_at.is_(None))
    applies = exists().where(applications.c.address_id == addresses.c.id, applications.c.settled_at.is_(None))
    return or_(other, worker, applies)


def _is_said_to(ties: Ties) -> ColumnElement[bool]:
    in_her_chat = outbox.c.address_id.in_(ties[Tie.ADDRESS]) & outbox.c.caregiver_id.is_(None)
    return or_(outbox.c.caregiver_id.in_(ties[Tie.CAREGIVER]), in_her_chat)


def _is_last_word(erasure: Erasure) -> ColumnElement[bool]:
    return (outbox.c.address_id == erasure.last_address) & (outbox.c.occasion == last_word_occasion(erasure.id))


def _erasure(row: RowMapping) -> Erasure:
    last = row[erasures.c.last_address_id]
    return Erasure(
        id=ErasureId(row[erasures.c.id]),
        caregiver=CaregiverId(row[erasures.c.caregiver_id]),
        asked_at=row[erasures.c.asked_at],
        due_at=row[erasures.c.due_at],
        receipt=row[erasures.c.receipt],
        last_address=AddressId(last) if last is not None else None,
    )

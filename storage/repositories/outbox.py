"""The outbox in rows: planned, claimed, sent or not, and why."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, exists, false, func, null, or_, select, update

from domain.identifiers import AddressId, CaregiverId, ChildId, OutboxId
from domain.sending.outbox import (
    PASSING,
    Lane,
    OutboxRow,
    OutboxState,
    PlannedMessage,
    Reason,
    SentMessage,
    Share,
)
from services.ports.outbox import EVERYTHING, Attempt, OutboxEntry
from storage.repositories.claims import any_due, in_order, next_rows
from storage.repositories.outbox_rows import AS_CLAIMED, SHOWN, entry_of, readable
from storage.repositories.planned_rows import AFRESH, find_closed_for_now, plan_rows
from storage.statements import Statements
from storage.tables import attempts, outbox

CLAIMING = 5_301_001
"""The advisory lock under which rows are claimed: otherwise two senders could each take one of the same recipient."""
LAPSED_LEASE = timedelta(seconds=60)
LONGEST_DETAIL = 300

_PLANNED = outbox.c.state == OutboxState.PLANNED.value
_SENDING = outbox.c.state == OutboxState.SENDING.value
# A sender has it in hand: claimed, or on its way.
_HELD = and_(or_(_PLANNED, _SENDING), outbox.c.lease_until.is_not(None))
_PERHAPS_SENT = outbox.c.state.in_([OutboxState.SENT.value, OutboxState.UNCERTAIN.value])
_SENT_AT = func.coalesce(outbox.c.sent_at, outbox.c.send_from)
_CLOSED = outbox.c.state == OutboxState.CLOSED.value
_CLOSED_FOR_NOW = and_(_CLOSED, or_(*(outbox.c.reason == reason.value for reason in sorted(PASSING))))
_TOLD = (outbox.c.id, outbox.c.external_id, outbox.c.language, outbox.c.address_id)
# A reply may hold a link that lets somebody in: it is kept no longer than it may still be sent.
_WITHOUT_LINK = case((outbox.c.lane == Lane.REPLY.value, null()), else_=outbox.c.message)


class OutboxRows:
    """The unique keys live in the database; every change of state is conditional on the state before."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def plan(self, messages: Iterable[PlannedMessage], at: datetime) -> int:
        """Insert what is not there; reopen what was closed for a reason that passes by itself. Gives how many rows."""
        return await plan_rows(self._statements, messages, at)

    async def closed_for_now(self, zone: str, now: datetime) -> Sequence[CaregiverId]:
        """Who of a zone has a tip that was closed for a reason that passes by itself, and is still of use."""
        return await find_closed_for_now(self._statements, zone, now)

    async def claim(
        self, share: Share = EVERYTHING, *, now: datetime, wall: datetime, lease_until: datetime, limit: int
    ) -> Sequence[OutboxRow]:
        """Rows that are due, lowest lane first, at most one a recipient; held until the lease ends.

        Those that name no bot are among them: who claims one finds out whose it is.
        """
        await self._statements.hold(CLAIMING)
        found = [
            row
            for bot in dict.fromkeys(("", share.bot))
            for row in await self._statements.all(next_rows(bot, share.lanes, now=now, wall=wall, limit=limit))
        ]
        first = sorted(found, key=in_order)[:limit]
        rows, unreadable = await self._lease([row[outbox.c.id] for row in first], lease_until=lease_until)
        for one in unreadable:
            await self.record_closed(one, Reason.BROKEN_TEXT)
        return rows

    async def is_due(self, share: Share, *, now: datetime, wall: datetime) -> bool:
        """Whether anything of this share waits to be claimed; a look that keeps no writer waiting."""
        return await self._statements.value(any_due(share, now=now, wall=wall)) is not None

    async def leave(
        self, rows: Collection[OutboxId], *, claimed_until: datetime, lease_until: datetime
    ) -> set[OutboxId]:
        """These rows are on their way now; not what was closed or claimed anew since `claimed_until` was set."""
        ours = self._statements.among(outbox.c.id, rows) & (outbox.c.lease_until == claimed_until)
        leaving = {"state": OutboxState.SENDING.value, "lease_until": lease_until}
        change = update(outbox).where(ours, _PLANNED).values(leaving).returning(outbox.c.id)
        return {OutboxId(row[outbox.c.id]) for row in await self._statements.all(change)}

    async def hand_on(self, row: OutboxId, bot: str) -> None:
        """The row waits for this bot, whose sender claims it."""
        held = update(outbox).where(outbox.c.id == row, _PLANNED)
        await self._statements.run(held.values(bot=bot, lease_until=None))

    async def give_back(
        self, rows: Collection[OutboxId], *, claimed_until: datetime, retry_at: datetime | None = None
    ) -> None:
        """Claimed and not sent after all: they may be claimed again, not before `retry_at` of real time."""
        ours = self._statements.among(outbox.c.id, rows) & (outbox.c.lease_until == claimed_until)
        held = update(outbox).where(ours, _PLANNED)
        await self._statements.run(held.values(lease_until=None, retry_at=retry_at))

    async def lapsed(self, wall: datetime) -> Sequence[OutboxRow]:
        """Rows in `sending` whose lease ran out, leased anew to the caller: their fate is uncertain."""
        forgotten = select(outbox.c.id).where(_SENDING, outbox.c.lease_until < wall).order_by(outbox.c.id)
        found = await self._statements.all(forgotten.with_for_update(skip_locked=True))
        rows, unreadable = await self._lease([row[outbox.c.id] for row in found], lease_until=wall + LAPSED_LEASE)
        for one in unreadable:
            await self.record_uncertain(one)
        return rows

    async def _lease(
        self, ids: Sequence[int], *, lease_until: datetime
    ) -> tuple[Sequence[OutboxRow], Sequence[OutboxId]]:
        """The rows in this order, and those of them that cannot be read."""
        if not ids:
            return (), ()
        leased = update(outbox).where(self._statements.among(outbox.c.id, ids)).values(lease_until=lease_until)
        written = {column.name: self._statements.as_written(column) for column in (outbox.c.message, outbox.c.subjects)}
        returned = leased.returning(*AS_CLAIMED, *(cell.label(name) for name, cell in written.items()))
        rows = {row[outbox.c.id]: readable(row) for row in await self._statements.all(returned)}
        whole = tuple(row for number in ids if (row := rows[number]) is not None)
        return whole, [OutboxId(number) for number in ids if rows[number] is None]

    async def record_sent(self, sent: Sequence[SentMessage], at: datetime) -> None:
        """The channel took them."""
        rows = [(one.id, one.external_id, one.language, one.address) for one in sent]
        afresh = {"state": OutboxState.SENT.value, "lease_until": None, "retry_at": None, "reason": None}
        change = update(outbox).where(_HELD).values(**afresh, sent_at=at, message=_WITHOUT_LINK)
        await self._statements.update_each(change, _TOLD, rows)

    async def record_postponed(self, row: OutboxId, *, until: datetime, reason: Reason) -> None:
        """Planned again, for a later hour of the programme."""
        await self._record(row, OutboxState.PLANNED, send_from=until, reason=reason.value)

    async def record_retry(
        self, row: OutboxId, *, retry_at: datetime, counted: bool, resent: bool, not_found_on: date | None
    ) -> None:
        """Planned again, after a wait of real time."""
        values: dict[str, Any] = {"retry_at": retry_at, "attempts": outbox.c.attempts + int(counted)}
        if resent:
            values["resent"] = True
        if not_found_on is not None:
            values["not_found_on"] = not_found_on
        await self._record(row, OutboxState.PLANNED, **values)

    async def put_off(self, row: OutboxId, *, until: datetime) -> None:
        """A planned row goes no earlier than this, in the programme's time."""
        earlier = (outbox.c.id == row) & (outbox.c.send_from < until)
        await self._statements.run(update(outbox).where(earlier, _PLANNED).values(send_from=until))

    async def record_closed(self, row: OutboxId, reason: Reason) -> None:
        """It will not be sent."""
        may_reopen = outbox.c.caregiver_id.is_not(None) if reason in PASSING else false()
        kept = case((may_reopen, outbox.c.message), else_=_WITHOUT_LINK)
        await self._record(row, OutboxState.CLOSED, reason=reason.value, message=kept)

    async def record_uncertain(self, row: OutboxId) -> None:
        """It may have arrived, and is not sent again."""
        await self._record(row, OutboxState.UNCERTAIN, message=_WITHOUT_LINK)

    async def _record(self, row: OutboxId, state: OutboxState, **values: Any) -> None:
        change = update(outbox).where(outbox.c.id == row, _HELD)
        afresh = {"state": state.value, "lease_until": None, "retry_at": None}
        await self._statements.run(change.values(afresh | values))

    async def note_attempts(self, tried: Sequence[Attempt], at: datetime) -> None:
        """Keep what the channel said to each try."""
        rows = [
            {
                "outbox_id": one.row,
                "at": at,
                "result": one.result,
                "detail": (one.detail or "")[:LONGEST_DETAIL] or None,
            }
            for one in tried
        ]
        await self._statements.each(self._statements.insert(attempts), rows)

    async def sent_between(
        self, caregiver: CaregiverId, lanes: Collection[Lane], first: datetime, last: datetime
    ) -> int:
        """How many messages of these lanes were sent (or are uncertain) from `first` until before `last`."""
        return await self._count(_of(caregiver, lanes), _PERHAPS_SENT, _within(_SENT_AT, first, last))

    async def visits_due_between(self, caregiver: CaregiverId, first: datetime, last: datetime) -> int:
        """Visit messages sent in, or still planned for, this span."""
        sent = _PERHAPS_SENT & _within(_SENT_AT, first, last)
        still = or_(_PLANNED, _SENDING) & _within(outbox.c.send_from, first, last)
        return await self._count(_of(caregiver, [Lane.VISIT]), or_(sent, still))

    async def reopen(self, caregiver: CaregiverId, now: datetime) -> int:
        """Plan again what was closed for a passing reason and is still of use."""
        of_use = (outbox.c.caregiver_id == caregiver) & (outbox.c.expires_at > now)
        later = case((outbox.c.send_from > now, outbox.c.send_from), else_=now)
        change = update(outbox).where(of_use, _CLOSED_FOR_NOW)
        return await self._statements.run(change.values(AFRESH | {"send_from": later}))

    async def close_planned(self, caregiver: CaregiverId, reason: Reason, lanes: Collection[Lane]) -> int:
        """Close what is still planned for her, at once."""
        return await self._close(_of(caregiver, lanes), reason)

    async def close_replies(self, address: AddressId, reason: Reason) -> int:
        """Close the replies that still wait for this chat."""
        waiting = (outbox.c.address_id == address) & (outbox.c.lane == Lane.REPLY.value)
        return await self._close(waiting, reason, message=null())

    async def close_about(self, caregiver: CaregiverId, children: Collection[ChildId], reason: Reason) -> int:
        """Close what is planned for her that concerns nobody but these children."""
        hers = select(outbox.c.id, outbox.c.subjects).where(outbox.c.caregiver_id == caregiver, _PLANNED)
        rows = await self._statements.all(hers.where(outbox.c.lane != Lane.REPLY.value))
        about = [
            row[outbox.c.id] for row in rows if row[outbox.c.subjects] and set(row[outbox.c.subjects]) <= set(children)
        ]
        return await self._close(outbox.c.id.in_(about), reason)

    async def close_occasion(self, caregiver: CaregiverId, occasion: str, reason: Reason) -> int:
        """Close what is planned for her on one occasion."""
        return await self._close((outbox.c.caregiver_id == caregiver) & (outbox.c.occasion == occasion), reason)

    async def reopen_ended(self, caregiver: CaregiverId, now: datetime) -> int:
        """Contact goes on after all: plan again what was closed for its end and whose time is still to come."""
        closed = (outbox.c.state == OutboxState.CLOSED.value) & (outbox.c.reason == Reason.CONTACT_ENDED.value)
        to_come = (outbox.c.caregiver_id == caregiver) & (outbox.c.send_from > now) & outbox.c.message.is_not(None)
        return await self._statements.run(update(outbox).where(closed, to_come).values(AFRESH))

    async def settled(self, key: str, caregivers: Collection[CaregiverId]) -> Mapping[tuple[CaregiverId, str], bool]:
        """On which occasions this text was planned for whom, and whether it neither waits nor may open again."""
        waits = or_(_PLANNED, _SENDING, _CLOSED_FOR_NOW).label("waits")
        said = (outbox.c.message_key == key) & outbox.c.caregiver_id.in_(caregivers)
        rows = await self._statements.all(select(outbox.c.caregiver_id, outbox.c.occasion, waits).where(said))
        return {(CaregiverId(row[outbox.c.caregiver_id]), row[outbox.c.occasion]): not row[waits] for row in rows}

    async def supersede(self, caregiver: CaregiverId, now: datetime) -> int:
        """Give up the tips that were closed for a passing reason and whose time was before now."""
        before = _of(caregiver, [Lane.TIP]) & (outbox.c.send_from <= now)
        change = update(outbox).where(before, _CLOSED_FOR_NOW)
        return await self._statements.run(change.values(reason=Reason.SUPERSEDED.value))

    async def _close(self, which: ColumnElement[bool], reason: Reason, **values: Any) -> int:
        closed = {"state": OutboxState.CLOSED.value, "reason": reason.value, **values}
        return await self._statements.run(update(outbox).where(which, _PLANNED).values(closed))

    async def drop_planned_tips(self, caregiver: CaregiverId) -> int:
        """Remove tips that are planned and were never tried, so that they are planned anew with what she chose."""
        was_tried = exists().where(attempts.c.outbox_id == outbox.c.id)
        untried = _PLANNED & (outbox.c.attempts == 0) & ~was_tried
        return await self._statements.run(delete(outbox).where(_of(caregiver, [Lane.TIP]), untried))

    async def timeline(self, caregiver: CaregiverId) -> Sequence[OutboxEntry]:
        """Everything that was to be said to her, in order of time."""
        hers = select(*SHOWN).where(outbox.c.caregiver_id == caregiver)
        rows = await self._statements.all(hers.order_by(outbox.c.send_from, outbox.c.id))
        return tuple(entry_of(row) for row in rows)

    async def count_uncertain(self) -> int:
        """How many messages may or may not have arrived."""
        return await self._count(outbox.c.state == OutboxState.UNCERTAIN.value)

    async def last_reply_to(self, address: AddressId) -> str | None:
        """The channel's id of the newest reply that was sent to this chat."""
        sent = outbox.c.state == OutboxState.SENT.value
        replies = (outbox.c.lane == Lane.REPLY.value) & (outbox.c.address_id == address) & sent
        newest: str | None = await self._statements.value(
            select(outbox.c.external_id).where(replies).order_by(outbox.c.id.desc()).limit(1)
        )
        return newest

    async def said_as(self, address: AddressId, occasion: str) -> str | None:
        """The channel's id of the reply that was sent to this chat on an occasion."""
        reply = (outbox.c.address_id == address) & (outbox.c.occasion == occasion) & outbox.c.caregiver_id.is_(None)
        found: str | None = await self._statements.value(select(outbox.c.external_id).where(reply))
        return found

    async def next_send_from(self, after: datetime) -> datetime | None:
        """When the next message is to go that is planned for later than this."""
        later = select(func.min(outbox.c.send_from)).where(_PLANNED, outbox.c.send_from > after)
        first: datetime | None = await self._statements.value(later)
        return first

    async def count_sent(self) -> int:
        """How many messages were sent in all, replies left out."""
        return await self._count(outbox.c.state == OutboxState.SENT.value, outbox.c.lane != Lane.REPLY.value)

    async def waiting(self, now: datetime) -> int:
        """How many rows are due or on their way right now."""
        return await self._count(or_(_SENDING, _PLANNED & (outbox.c.send_from <= now)))

    async def _count(self, *conditions: ColumnElement[bool]) -> int:
        return int(await self._statements.value(select(func.count()).select_from(outbox).where(*conditions)))


def _of(caregiver: CaregiverId, lanes: Collection[Lane]) -> ColumnElement[bool]:
    return (outbox.c.caregiver_id == caregiver) & outbox.c.lane.in_([lane.value for lane in lanes])


def _within(column: ColumnElement[Any], first: datetime, last: datetime) -> ColumnElement[bool]:
    return (column >= first) & (column < last)

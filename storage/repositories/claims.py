"""Which rows of the outbox go next: in order of lane, and one at a time to each recipient."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, RowMapping, Select, and_, exists, or_, select

from domain.sending.outbox import Lane, OutboxState, Share
from storage.tables import outbox


def in_order(row: RowMapping) -> tuple[Any, ...]:
    """Which goes first of what `next_rows` found."""
    return row[outbox.c.lane], row[outbox.c.send_from], row[outbox.c.id]


def next_rows(bot: str, lanes: Collection[Lane], *, now: datetime, wall: datetime, limit: int) -> Select[Any]:
    """The rows of a bot that may go now, locked against other senders."""
    other = outbox.alias("other")
    others = (
        _is_held(other, wall),
        and_(_is_due(other, now, wall), _goes_before(other)),
        and_(_is_earlier_reply(other), or_(_is_sending(other), _still_waits(other, now))),
    )
    blocked = [_exists(other, whose, which) for which in others for whose in ("caregiver_id", "address_id")]
    ours = and_(outbox.c.bot == bot, outbox.c.lane.in_([lane.value for lane in sorted(lanes)]))
    free = and_(_is_due(outbox, now, wall), ~_is_held(outbox, wall))
    order = (outbox.c.lane, outbox.c.send_from, outbox.c.id)
    due = select(*order).where(ours, free, *(~hindrance for hindrance in blocked))
    return due.order_by(*order).limit(limit).with_for_update(skip_locked=True, of=outbox)


def any_due(share: Share, *, now: datetime, wall: datetime) -> Select[tuple[int]]:
    """One row of a share that waits, if there is any; whether its turn has come the claim finds out."""
    lanes = outbox.c.lane.in_([lane.value for lane in sorted(share.lanes)])
    waits = and_(outbox.c.bot.in_(["", share.bot]), lanes, _is_due(outbox, now, wall), ~_is_held(outbox, wall))
    return select(outbox.c.id).where(waits).limit(1)


def _exists(other: FromClause, whose: str, which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(other.c[whose] == outbox.c[whose], which)


def _is_due(row: FromClause, now: datetime, wall: datetime) -> ColumnElement[bool]:
    is_planned = (row.c.state == OutboxState.PLANNED.value) & (row.c.send_from <= now)
    return is_planned & or_(row.c.retry_at.is_(None), row.c.retry_at <= wall)


def _is_sending(row: FromClause) -> ColumnElement[bool]:
    return row.c.state == OutboxState.SENDING.value


def _is_held(row: FromClause, wall: datetime) -> ColumnElement[bool]:
    """Claimed by a sender, or on its way."""
    held = row.c.state.in_([OutboxState.PLANNED.value, OutboxState.SENDING.value])
    return held & row.c.lease_until.is_not(None) & (row.c.lease_until >= wall)


def _goes_before(other: FromClause) -> ColumnElement[bool]:
    is_reply = outbox.c.lane == Lane.REPLY.value
    earlier = or_(
        other.c.send_from < outbox.c.send_from,
        and_(other.c.send_from == outbox.c.send_from, other.c.id < outbox.c.id),
    )
    in_lane = or_(and_(is_reply, other.c.id < outbox.c.id), and_(~is_reply, earlier))
    return or_(other.c.lane < outbox.c.lane, and_(other.c.lane == outbox.c.lane, in_lane))


def _is_earlier_reply(other: FromClause) -> ColumnElement[bool]:
    both_replies = (other.c.lane == Lane.REPLY.value) & (outbox.c.lane == Lane.REPLY.value)
    return both_replies & (other.c.id < outbox.c.id)


def _still_waits(other: FromClause, now: datetime) -> ColumnElement[bool]:
    # Replies wait for an earlier one that is tried again, but not for one that was put off to another day.
    return (other.c.state == OutboxState.PLANNED.value) & (other.c.send_from <= now)

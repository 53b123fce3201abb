"""Puts what is planned into the outbox: one row for each key, thousands of them in one statement."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from domain.identifiers import CaregiverId
from domain.sending.outbox import PASSING_BY_ITSELF, Lane, OutboxState, PlannedMessage, Reason
from storage.listening import Bell
from storage.repositories.outbox_rows import columns_of, unique
from storage.repositories.packed_rows import pack, texts_of
from storage.statements import Insert, Statements
from storage.tables import caregivers, families, outbox
from storage.tables.base import Instant

_KEY = [outbox.c.caregiver_id, outbox.c.message_key, outbox.c.occasion]
_ANEW = ("lane", "message", "subjects", "send_from", "expires_at", "planned_at")
# The state is spelled out for the partial index. Not IN: SQLAlchemy expands no list in a statement for many rows.
_CLOSED = outbox.c.state == literal_column(f"'{OutboxState.CLOSED.value}'")
_LOOKED_AT_AGAIN = and_(_CLOSED, or_(*(outbox.c.reason == reason.value for reason in sorted(PASSING_BY_ITSELF))))
_EXPIRED = _CLOSED & (outbox.c.reason == Reason.EXPIRED.value)
AFRESH = {"state": OutboxState.PLANNED.value, "reason": None, "retry_at": None, "lease_until": None}
_TYPES: dict[str, Any] = {
    "lane": Integer,
    "state": String,
    "caregiver_id": BigInteger,
    "address_id": BigInteger,
    "message_key": String,
    "occasion": String,
    "message": JSON,
    "subjects": JSON,
    "send_from": Instant,
    "expires_at": Instant,
    "planned_at": Instant,
}


# Written as they lie there: SQLAlchemy would write out the same message and the same instants for each row anew.
_AS_TEXT = {
    name: bindparam(name, type_=of_type if of_type in (Integer, BigInteger) else String)
    for name, of_type in _TYPES.items()
}


async def plan_rows(statements: Statements, messages: Iterable[PlannedMessage], at: datetime) -> int:
    """Insert what is not there; reopen what was closed for a reason that passes by itself. Gives how many rows."""
    rows = unique(messages)
    made = await _plan_for_caregivers(statements, [row for row in rows if row.caregiver is not None], at)
    others = [row for row in rows if row.caregiver is None]
    made += await _plan_for_addresses(statements, list(columns_of(others, at)))
    if made and any(row.lane is Lane.REPLY for row in rows):
        await statements.ring(Bell.REPLY)
    return made


async def _plan_for_caregivers(statements: Statements, rows: Sequence[PlannedMessage], at: datetime) -> int:
    if not rows:
        return 0
    insert = statements.insert(outbox)
    if not statements.is_postgres:
        return await statements.run_all(_unless_known(insert.values(_AS_TEXT)), list(texts_of(rows, at)))
    unpacked = insert.from_select(list(_TYPES), _unpacked(pack(rows, at)), include_defaults=False)
    return await statements.run(_unless_known(unpacked).execution_options(preserve_rowcount=True))


def _unless_known(insert: Insert) -> Insert:
    return insert.on_conflict_do_update(
        index_elements=_KEY,
        index_where=outbox.c.caregiver_id.is_not(None),
        set_=AFRESH | {name: insert.excluded[name] for name in _ANEW},
        where=_opens_again(insert.excluded),
    )


def _opens_again(anew: Any) -> ColumnElement[bool]:
    """Closed for what passes by itself; or expired and still of use: the clock ran ahead, and was set right again."""
    return or_(_LOOKED_AT_AGAIN, and_(_EXPIRED, anew.expires_at > anew.planned_at))


def _unpacked(packed: str) -> Select[Any]:
    """The rows without those that stand as they are: a conflict would lock each of them for nothing."""
    columns = [Column(name, of_type) for name, of_type in _TYPES.items()]
    new: FromClause = (
        func.json_to_recordset(cast(bindparam("rows", packed, String), JSON))
        .table_valued(*columns, name="new")
        .render_derived(with_types=True)
    )
    same = and_(*(outbox.c[one.name] == new.c[one.name] for one in _KEY))
    stands = exists().where(same, not_(_opens_again(new.c))).correlate(new)
    return select(*new.c).where(not_(stands))


async def _plan_for_addresses(statements: Statements, rows: Sequence[dict[str, Any]]) -> int:
    unless_known = statements.insert(outbox).on_conflict_do_nothing(
        index_elements=[outbox.c.address_id, outbox.c.occasion], index_where=outbox.c.caregiver_id.is_(None)
    )
    return await statements.run_many(unless_known.returning(outbox.c.id), rows)


async def find_closed_for_now(statements: Statements, zone: str, now: datetime) -> list[CaregiverId]:
    """Who of a zone has a tip that was closed for a reason that passes by itself, and is still of use."""
    of_use = (outbox.c.lane == Lane.TIP.value) & (outbox.c.expires_at > now)
    joined = outbox.join(caregivers, caregivers.c.id == outbox.c.caregiver_id).join(
        families, families.c.id == caregivers.c.family_id
    )
    found = select(outbox.c.caregiver_id).select_from(joined).where(of_use, _LOOKED_AT_AGAIN, families.c.zone == zone)
    rows = await statements.all(found.distinct().order_by(outbox.c.caregiver_id))
    return [CaregiverId(row[outbox.c.caregiver_id]) for row in rows]

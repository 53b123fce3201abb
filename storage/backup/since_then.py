"""What a restored database must not do again: what stood to be done when it was copied was done long ago."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, func, insert, inspect, literal, null, or_, select, text, update

from domain.sending.outbox import Lane, OutboxState
from storage.engine import Database
from storage.repositories.updates import UpdateState
from storage.tables import attempts, chat_turns, metadata, outbox, updates

GAP = 1_000_000
"""So many numbers of rows are left out in every table: one that was given since the backup is never given again."""
RESTORED = "restored"


@dataclass(frozen=True)
class SetAside:
    """How many messages are uncertain now, and how many updates wait for a person."""

    messages: int
    updates: int


async def set_aside(database: Database, *, due_by: datetime, at: datetime) -> SetAside:
    """Nothing that was under way goes on by itself; numbers go on far behind those that others may know."""
    messages = await settle_due(database, due_by=due_by, at=at)
    async with database.transaction() as connection:
        waiting = update(updates).where(updates.c.state == UpdateState.RECEIVED.value)
        parked = {"state": UpdateState.PARKED.value, "problem": RESTORED, "processed_at": at}
        count = (await connection.execute(waiting.values(parked))).rowcount
        await connection.execute(update(chat_turns).values(oldest_waiting=None, retry_at=None, lease_until=None))
        await connection.run_sync(_leave_a_gap)
    return SetAside(messages, count)


async def settle_due(database: Database, *, due_by: datetime, at: datetime) -> int:
    """What was on its way, or due by then, may have been sent since: it is uncertain, and never sent again."""
    is_due = (outbox.c.state == OutboxState.PLANNED.value) & (outbox.c.send_from <= due_by)
    perhaps_sent = or_(outbox.c.state == OutboxState.SENDING.value, is_due)
    # The same as for a sender that died: a reply may hold a link that lets somebody in.
    kept = case((outbox.c.lane == Lane.REPLY.value, null()), else_=outbox.c.message)
    settled = {"state": OutboxState.UNCERTAIN.value, "message": kept, "lease_until": None, "retry_at": None}
    async with database.transaction() as connection:
        why = select(outbox.c.id, literal(at, attempts.c.at.type), literal(RESTORED)).where(perhaps_sent)
        await connection.execute(insert(attempts).from_select(["outbox_id", "at", "result"], why))
        return (await connection.execute(update(outbox).where(perhaps_sent).values(settled))).rowcount


def _leave_a_gap(connection: Connection) -> None:
    there = set(inspect(connection).get_table_names())
    for table in metadata.sorted_tables:
        if table.name in there and "id" in table.c:
            newest = connection.execute(select(func.max(table.c.id))).scalar() or 0
            _go_on_from(connection, table.name, newest + GAP)


def _go_on_from(connection: Connection, table: str, number: int) -> None:
    values = {"name": table, "number": number}
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :number)"), values)
        return
    connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
    connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)"), values)

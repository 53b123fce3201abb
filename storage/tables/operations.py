"""What is known of how the programme does: alarms, bots as Telegram takes them, and counts up to an instant."""

from sqlalchemy import BigInteger, Column, Index, String, Table

from storage.tables.base import Instant, metadata
from storage.tables.messages import attempts, outbox

alarms = Table(
    "alarms",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("about", String(60), primary_key=True),
    Column("since", Instant),
    Column("noticed_at", Instant),
    Column("told_at", Instant),
    Column("well_since", Instant),
    Column("last_told_at", Instant),
)

bot_states = Table(
    "bot_states",
    metadata,
    Column("bot", String(40), primary_key=True),
    Column("refused_as", String(40)),
    Column("refused_since", Instant),
    Column("seen_at", Instant, nullable=False),
)

# How many there were until an instant: `sent`, or the result of an attempt. Later ones are counted in their tables.
tallies = Table(
    "tallies",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("counted", BigInteger, nullable=False),
    Column("until", Instant, nullable=False),
)

# What happened lately is counted without reading what happened before.
Index(
    "ix_outbox_sent_at",
    outbox.c.sent_at,
    sqlite_where=outbox.c.sent_at.is_not(None),
    postgresql_where=outbox.c.sent_at.is_not(None),
)
Index("ix_attempts_at_result", attempts.c.at, attempts.c.result)

"""What came in: updates as they were received, whose turn it is, and each bot's place in its queue."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint

from storage.tables.base import BigId, Instant, id_column, metadata

bots = Table(
    "bots",
    metadata,
    Column("bot", String(40), primary_key=True),
    Column("last_update_id", BigInteger),  # no longer written: a step of the schema may drop it one day
    Column("username", String(64)),
    Column("paused_until", Instant),
)

# The pace of a bot, shared by its processes: the first slot nobody took yet, and a pause that Telegram asked for.
send_budgets = Table(
    "send_budgets",
    metadata,
    Column("bot", String(40), primary_key=True),
    Column("next_at", Instant),
    Column("paused_until", Instant),
    Column("paused_for", String(20)),
)

updates = Table(
    "updates",
    metadata,
    id_column(),
    Column("bot", String(40), nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat", String(64), nullable=False),
    Column("state", String(20), nullable=False),
    Column("body", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("problem", String(300)),
    Column("received_at", Instant, nullable=False),
    Column("processed_at", Instant),
    UniqueConstraint("bot", "update_id"),
    sqlite_autoincrement=True,
)
Index("ix_updates_waiting", updates.c.bot, updates.c.state, updates.c.chat, updates.c.id)

# A chat is served by one process at a time: whoever holds its turn. `oldest_waiting` is the id of its oldest update
# that waits, so that chats are served in order; it is empty when none does.
chat_turns = Table(
    "chat_turns",
    metadata,
    Column("bot", String(40), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("oldest_waiting", BigId),
    Column("retry_at", Instant),
    Column("lease_until", Instant),
)
Index("ix_chat_turns_bot_oldest_waiting", chat_turns.c.bot, chat_turns.c.oldest_waiting)

"""What the programme did itself: the audit log and the runs of its ticks."""

from sqlalchemy import JSON, Column, String, Table

from storage.tables.base import Instant, id_column, metadata, reference

audit_entries = Table(
    "audit_entries",
    metadata,
    id_column(),
    Column("at", Instant, nullable=False),
    reference("actor_id", "actors", nullable=True),
    reference("address_id", "addresses", nullable=True),
    Column("action", String(60), nullable=False, index=True),
    Column("subject", String(120)),
    Column("details", JSON(none_as_null=True)),
    sqlite_autoincrement=True,
)

tick_runs = Table(
    "tick_runs",
    metadata,
    Column("tick", String(40), primary_key=True),
    Column("ran_at", Instant, nullable=False),
    Column("wall_at", Instant, nullable=False),
)

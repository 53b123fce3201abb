"""The days that matter next for each child, by which planning finds its candidates; and which schedule is active."""

from sqlalchemy import Column, Date, ForeignKey, String, Table

from storage.tables.base import BigId, Instant, id_column, metadata, reference

child_forecasts = Table(
    "child_forecasts",
    metadata,
    Column("child_id", BigId, ForeignKey("children.id"), primary_key=True, autoincrement=False),
    Column("version", String(120), nullable=False, index=True),
    Column("due_on", Date, index=True),
    Column("overdue_on", Date, index=True),
    Column("latest_on", Date, index=True),
    Column("computed_at", Instant, nullable=False),
)

schedule_activations = Table(
    "schedule_activations",
    metadata,
    id_column(),
    Column("schedule", String(40), nullable=False),
    Column("version", String(60), nullable=False),
    reference("actor_id", "actors", nullable=True, index=False),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

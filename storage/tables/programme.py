"""What the programme did itself: the audit log, the runs of its ticks, and until when each zone is planned."""

from sqlalchemy import JSON, Column, Date, String, Table

from storage.tables.base import Instant, id_column, metadata, reference

audit_entries = Table(
    "audit_entries",
    metadata,
    id_column(),
    Column("at", Instant, nullable=False),
    reference("actor_id", "actors", nullable=True),
    reference("address_id", "addresses", nullable=True),
    Column("action", String(60), nullable=False, index=True),
    Column("subject", String(120), index=True),
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

zone_plans = Table(
    "zone_plans",
    metadata,
    Column("zone", String(60), primary_key=True),
    Column("planned_on", Date, nullable=False),
    Column("journey", String(40), nullable=False),
    Column("planned_at", Instant, nullable=False),
)

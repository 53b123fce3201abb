"""Work for people: a volunteer's tasks, her absences, moves of families, merged files, and data to be erased."""

from sqlalchemy import JSON, Boolean, Column, Date, Index, String, Table

from storage.tables.base import Instant, id_column, metadata, reference

tasks = Table(
    "tasks",
    metadata,
    id_column(),
    Column("kind", String(30), nullable=False),
    Column("occasion", String(120), nullable=False, unique=True),
    reference("family_id", "families"),
    reference("caregiver_id", "caregivers", nullable=True),
    reference("actor_id", "actors", nullable=True),
    reference("child_id", "children", nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("closed_at", Instant),
    reference("closed_by", "actors", nullable=True, index=False),
    Column("outcome", String(20)),
    sqlite_autoincrement=True,
)
Index(
    "ix_tasks_open_kind",
    tasks.c.kind,
    sqlite_where=tasks.c.closed_at.is_(None),
    postgresql_where=tasks.c.closed_at.is_(None),
)

absences = Table(
    "absences",
    metadata,
    id_column(),
    reference("actor_id", "actors"),
    reference("stand_in_id", "actors", nullable=True),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, nullable=False),
    Column("noted_at", Instant, nullable=False),
    Column("ended_at", Instant),
    sqlite_autoincrement=True,
)

moves = Table(
    "moves",
    metadata,
    id_column(),
    reference("family_id", "families"),
    reference("from_facility_id", "facilities", index=False),
    reference("to_facility_id", "facilities", nullable=True, index=False),
    reference("asked_by", "actors", nullable=True, index=False),
    reference("answered_by", "caregivers", nullable=True),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("agreed", Boolean),
    sqlite_autoincrement=True,
)

merges = Table(
    "merges",
    metadata,
    id_column(),
    reference("kept_family_id", "families"),
    reference("merged_family_id", "families"),
    reference("merged_by", "actors", index=False),
    Column("merged_at", Instant, nullable=False),
    Column("moved", JSON, nullable=False),
    reference("undone_by", "actors", nullable=True, index=False),
    Column("undone_at", Instant),
    sqlite_autoincrement=True,
)

erasures = Table(
    "erasures",
    metadata,
    id_column(),
    reference("caregiver_id", "caregivers"),
    Column("asked_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("cancelled_at", Instant),
    Column("done_at", Instant),
    Column("receipt", String(40), nullable=False, unique=True),
    reference("last_address_id", "addresses", nullable=True, index=False),
    sqlite_autoincrement=True,
)
# One wish at a time.
Index(
    "uq_erasures_open",
    erasures.c.caregiver_id,
    unique=True,
    sqlite_where=erasures.c.cancelled_at.is_(None) & erasures.c.done_at.is_(None),
    postgresql_where=erasures.c.cancelled_at.is_(None) & erasures.c.done_at.is_(None),
)

"""What the nightly audits found: a row for each run, and one for each fault as far as they are kept."""

from sqlalchemy import JSON, Column, Date, Integer, String, Table

from storage.tables.base import Instant, id_column, metadata, reference

audit_runs = Table(
    "audit_runs",
    metadata,
    id_column(),
    Column("at", Instant, nullable=False),
    Column("days", Integer, nullable=False),
    Column("families", Integer, nullable=False),
    Column("counts", JSON, nullable=False),
    sqlite_autoincrement=True,
)

audit_findings = Table(
    "audit_findings",
    metadata,
    id_column(),
    reference("run_id", "audit_runs"),
    reference("caregiver_id", "caregivers"),
    Column("fault", String(20), nullable=False),
    Column("message_key", String(120), nullable=False),
    Column("occasion", String(120), nullable=False),
    Column("happened_on", Date, nullable=False),
    sqlite_autoincrement=True,
)

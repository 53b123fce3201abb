"""Vaccinations, and what caregivers answered to reminders."""

from sqlalchemy import Column, Date, Index, String, Table, UniqueConstraint

from storage.tables.base import Instant, id_column, metadata, reference

vaccinations = Table(
    "vaccinations",
    metadata,
    id_column(),
    reference("child_id", "children"),
    Column("vaccine", String(40), nullable=False),
    Column("given_on", Date, nullable=False),
    Column("source", String(20), nullable=False),
    reference("actor_id", "actors", nullable=True, index=False),
    reference("caregiver_id", "caregivers", nullable=True),
    reference("facility_id", "facilities", nullable=True),
    Column("recorded_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    sqlite_autoincrement=True,
)
# The same dose is recorded once, however often the nurse taps.
Index(
    "uq_vaccinations_living",
    vaccinations.c.child_id,
    vaccinations.c.vaccine,
    vaccinations.c.given_on,
    vaccinations.c.source,
    unique=True,
    sqlite_where=vaccinations.c.withdrawn_at.is_(None),
    postgresql_where=vaccinations.c.withdrawn_at.is_(None),
)

visit_answers = Table(
    "visit_answers",
    metadata,
    id_column(),
    reference("caregiver_id", "caregivers", index=False),
    reference("facility_id", "facilities"),
    Column("visit_on", Date, nullable=False),
    Column("answer", String(20), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("caregiver_id", "facility_id", "visit_on"),
    sqlite_autoincrement=True,
)

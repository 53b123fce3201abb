"""Vaccinations, who came to a session day, what was answered to a reminder, and what is told afterwards."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Index, String, Table, UniqueConstraint, true

from storage.tables.base import Instant, id_column, metadata, reference

vaccinations = Table(
    "vaccinations",
    metadata,
    id_column(),
    reference("child_id", "children"),
    Column("vaccine", String(40), nullable=False),
    Column("given_on", Date, nullable=False),
    Column("date_known", Boolean, nullable=False, server_default=true()),
    Column("source", String(20), nullable=False),
    reference("actor_id", "actors", nullable=True, index=False),
    reference("caregiver_id", "caregivers", nullable=True),
    reference("facility_id", "facilities", nullable=True),
    Column("recorded_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    Column("withdrawn_as", String(20)),
    reference("withdrawn_by", "actors", nullable=True, index=False),
    reference("corrects_id", "vaccinations", nullable=True, index=False),
    sqlite_autoincrement=True,
)
Index("ix_vaccinations_given_on", vaccinations.c.given_on)
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

exemptions = Table(
    "exemptions",
    metadata,
    id_column(),
    reference("child_id", "children"),
    Column("dose_group", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("until_on", Date),
    reference("actor_id", "actors", nullable=True, index=False),
    reference("caregiver_id", "caregivers", nullable=True),
    Column("noted_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    sqlite_autoincrement=True,
)

care_done = Table(
    "care_done",
    metadata,
    id_column(),
    reference("child_id", "children", nullable=True),
    reference("pregnancy_id", "pregnancies", nullable=True),
    Column("item", String(60), nullable=False),
    Column("done_on", Date, nullable=False),
    Column("source", String(20), nullable=False),
    reference("actor_id", "actors", nullable=True, index=False),
    reference("caregiver_id", "caregivers", nullable=True),
    reference("facility_id", "facilities", nullable=True, index=False),
    Column("recorded_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    CheckConstraint("(child_id IS NULL) <> (pregnancy_id IS NULL)", name="one_subject"),
    sqlite_autoincrement=True,
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

attendances = Table(
    "attendances",
    metadata,
    id_column(),
    reference("facility_id", "facilities", index=False),
    Column("visit_on", Date, nullable=False),
    reference("child_id", "children", nullable=True),
    reference("pregnancy_id", "pregnancies", nullable=True),
    Column("outcome", String(20), nullable=False),
    Column("why", String(20)),
    Column("source", String(20), nullable=False),
    reference("actor_id", "actors", nullable=True, index=False),
    reference("caregiver_id", "caregivers", nullable=True),
    Column("at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    CheckConstraint("(child_id IS NULL) <> (pregnancy_id IS NULL)", name="one_subject"),
    sqlite_autoincrement=True,
)
# One word of each side about a visit; an earlier one stays as history.
for _subject in ("child_id", "pregnancy_id"):
    Index(
        f"uq_attendances_{_subject}",
        attendances.c.facility_id,
        attendances.c.visit_on,
        attendances.c[_subject],
        attendances.c.source,
        unique=True,
        sqlite_where=attendances.c.withdrawn_at.is_(None),
        postgresql_where=attendances.c.withdrawn_at.is_(None),
    )

reactions = Table(
    "reactions",
    metadata,
    id_column(),
    reference("child_id", "children"),
    reference("caregiver_id", "caregivers"),
    reference("facility_id", "facilities"),
    Column("given_on", Date, nullable=False),
    Column("watch", String(20), nullable=False),
    Column("answer", String(20), nullable=False),
    Column("needs", String(20), nullable=False),
    Column("at", Instant, nullable=False),
    Column("seen_at", Instant),
    reference("seen_by", "actors", nullable=True, index=False),
    UniqueConstraint("child_id", "caregiver_id", "given_on", "watch"),
    sqlite_autoincrement=True,
)

topic_answers = Table(
    "topic_answers",
    metadata,
    id_column(),
    reference("caregiver_id", "caregivers"),
    reference("facility_id", "facilities"),
    Column("visit_on", Date, nullable=False),
    Column("topic", String(40), nullable=False),
    Column("answer", String(20), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("caregiver_id", "facility_id", "visit_on", "topic"),
    sqlite_autoincrement=True,
)

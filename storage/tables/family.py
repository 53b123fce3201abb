"""Families, caregivers, children, pregnancies, who cares for whom, and consent."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Index, Integer, String, Table, UniqueConstraint, true

from storage.tables.base import Instant, id_column, metadata, reference

families = Table(
    "families",
    metadata,
    id_column(),
    reference("facility_id", "facilities"),
    Column("zone", String(60), nullable=False),
    reference("enrolled_by", "actors"),
    Column("enrolled_at", Instant, nullable=False),
    reference("volunteer_id", "actors", nullable=True),
    sqlite_autoincrement=True,
)

caregivers = Table(
    "caregivers",
    metadata,
    id_column(),
    reference("family_id", "families"),
    Column("role", String(20), nullable=False),
    Column("language", String(20), nullable=False),
    Column("phone", String(20)),
    Column("tip_hour", Integer, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("joined_at", Instant),
    Column("joined_on", Date),
    Column("stopped_at", Instant),
    Column("wants_visits", Boolean, nullable=False, server_default=true()),
    Column("pause_covers", String(10)),
    Column("paused_until", Date),
    Column("bereaved_at", Instant),
    Column("ended_at", Instant),
    Column("ended_as", String(20)),
    sqlite_autoincrement=True,
)
Index(
    "ix_caregivers_paused_until",
    caregivers.c.paused_until,
    sqlite_where=caregivers.c.paused_until.is_not(None),
    postgresql_where=caregivers.c.paused_until.is_not(None),
)

children = Table(
    "children",
    metadata,
    id_column(),
    reference("family_id", "families"),
    reference("facility_id", "facilities"),
    Column("name", String(200), nullable=False),
    Column("birth_date", Date, nullable=False, index=True),
    Column("sex", String(10), nullable=False),
    Column("birth_weight_g", Integer),
    Column("gestation_weeks", Integer),
    Column("tracks", String(100)),
    Column("kept_tracks", String(200)),
    Column("birth_place", String(20)),
    Column("card_missing_since", Instant),
    Column("ended_at", Instant),
    Column("ended_as", String(20)),
    sqlite_autoincrement=True,
)
# Of whom we still speak, by age: the farewell at six years looks nowhere else.
Index(
    "ix_children_going_on_birth_date",
    children.c.birth_date,
    sqlite_where=children.c.ended_at.is_(None),
    postgresql_where=children.c.ended_at.is_(None),
)

pregnancies = Table(
    "pregnancies",
    metadata,
    id_column(),
    reference("family_id", "families"),
    reference("facility_id", "facilities"),
    Column("due_on", Date, nullable=False, index=True),
    Column("not_yet_on", Date),
    Column("ended_at", Instant),
    Column("ended_as", String(20)),
    sqlite_autoincrement=True,
)

care_roles = Table(
    "care_roles",
    metadata,
    id_column(),
    reference("caregiver_id", "caregivers", index=False),
    reference("child_id", "children", nullable=True),
    reference("pregnancy_id", "pregnancies", nullable=True),
    Column("role", String(20), nullable=False),
    CheckConstraint("(child_id IS NULL) <> (pregnancy_id IS NULL)", name="one_subject"),
    UniqueConstraint("caregiver_id", "child_id"),
    UniqueConstraint("caregiver_id", "pregnancy_id"),
    sqlite_autoincrement=True,
)

consents = Table(
    "consents",
    metadata,
    id_column(),
    reference("caregiver_id", "caregivers"),
    Column("purpose", String(40), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("text_version", String(20), nullable=False),
    Column("language", String(20), nullable=False),
    Column("way", String(20), nullable=False),
    Column("at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    reference("witness_id", "actors", nullable=True, index=False),
    sqlite_autoincrement=True,
)

"""Provinces, communes, facilities, and what each place settles for itself."""

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, UniqueConstraint, false

from storage.tables.base import Instant, id_column, metadata, reference

provinces = Table(
    "provinces",
    metadata,
    id_column(),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("country", String(2), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("emergency_phone", String(40), nullable=False),
    Column("protection_phone", String(40), nullable=False),
    Column("phones_verified_on", Date),
    sqlite_autoincrement=True,
)

communes = Table(
    "communes",
    metadata,
    id_column(),
    reference("province_id", "provinces", index=False),
    Column("name", String(200), nullable=False),
    UniqueConstraint("province_id", "name"),
    sqlite_autoincrement=True,
)

facilities = Table(
    "facilities",
    metadata,
    id_column(),
    reference("commune_id", "communes", index=False),
    Column("name", String(200), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("phone", String(40), nullable=False),
    Column("hours", String(200), nullable=False),
    Column("session_rule", String(400), nullable=False),
    reference("contact_id", "actors", nullable=True, index=False),
    Column("reminder_days", Integer, nullable=False, server_default="1"),
    Column("morning_reminder", Boolean, nullable=False, server_default=false()),
    Column("capacity", Integer),
    Column("emergency_route", String(400)),
    reference("on_call_id", "actors", nullable=True, index=False),
    UniqueConstraint("commune_id", "name"),
    sqlite_autoincrement=True,
)

gates = Table(
    "gates",
    metadata,
    id_column(),
    reference("province_id", "provinces", index=False),
    Column("gate", String(40), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("is_open", Boolean, nullable=False),
    reference("actor_id", "actors", nullable=True, index=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("province_id", "gate", "from_on"),
    sqlite_autoincrement=True,
)

upper_ages = Table(
    "upper_ages",
    metadata,
    id_column(),
    reference("province_id", "provinces", index=False),
    Column("item", String(60), nullable=False),
    Column("age", String(40), nullable=False),
    reference("actor_id", "actors", nullable=True, index=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("province_id", "item"),
    sqlite_autoincrement=True,
)

outbreaks = Table(
    "outbreaks",
    metadata,
    id_column(),
    reference("province_id", "provinces"),
    Column("dose_group", String(40), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    reference("actor_id", "actors", nullable=True, index=False),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

care_rounds = Table(
    "care_rounds",
    metadata,
    id_column(),
    reference("province_id", "provinces"),
    Column("kind", String(40), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, nullable=False),
    Column("min_age", String(40), nullable=False),
    Column("max_age", String(40), nullable=False),
    reference("actor_id", "actors", nullable=True, index=False),
    Column("at", Instant, nullable=False),
    Column("cancelled_at", Instant),
    sqlite_autoincrement=True,
)

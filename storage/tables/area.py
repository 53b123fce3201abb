"""Provinces, communes, facilities."""

from sqlalchemy import Column, Date, String, Table, UniqueConstraint

from storage.tables.base import id_column, metadata, reference

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
    UniqueConstraint("commune_id", "name"),
    sqlite_autoincrement=True,
)

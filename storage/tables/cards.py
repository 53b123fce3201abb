"""Printed cards and posters: a family begins by itself, and a volunteer confirms by number."""

from sqlalchemy import JSON, Column, String, Table

from storage.tables.base import Instant, id_column, metadata, reference

cards = Table(
    "cards",
    metadata,
    id_column(),
    reference("facility_id", "facilities"),
    Column("batch", String(40), nullable=False, index=True),
    Column("number", String(12), nullable=False, unique=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("printed_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("withdrawn_at", Instant),
    sqlite_autoincrement=True,
)

posters = Table(
    "posters",
    metadata,
    id_column(),
    reference("facility_id", "facilities"),
    Column("token", String(40), nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    sqlite_autoincrement=True,
)

applications = Table(
    "applications",
    metadata,
    id_column(),
    reference("address_id", "addresses"),
    reference("facility_id", "facilities"),
    reference("card_id", "cards", nullable=True, index=False),
    Column("number", String(12), nullable=False, index=True),
    Column("answers", JSON(none_as_null=True)),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("settled_at", Instant),
    reference("settled_by", "actors", nullable=True, index=False),
    reference("caregiver_id", "caregivers", nullable=True),
    sqlite_autoincrement=True,
)

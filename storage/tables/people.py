"""Actors and their places; addresses on channels and whose they are."""

from sqlalchemy import CheckConstraint, Column, Index, String, Table, UniqueConstraint

from storage.tables.base import Instant, id_column, metadata, reference

actors = Table(
    "actors",
    metadata,
    id_column(),
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    reference("created_by", "actors", nullable=True, index=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    sqlite_autoincrement=True,
)

actor_places = Table(
    "actor_places",
    metadata,
    id_column(),
    reference("actor_id", "actors"),
    reference("commune_id", "communes", nullable=True),
    reference("facility_id", "facilities", nullable=True),
    CheckConstraint("(commune_id IS NULL) <> (facility_id IS NULL)", name="one_place"),
    sqlite_autoincrement=True,
)

addresses = Table(
    "addresses",
    metadata,
    id_column(),
    Column("channel", String(20), nullable=False),
    Column("bot", String(40), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("language", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("state_reason", String(40)),
    Column("state_at", Instant),
    Column("last_inbound_at", Instant),
    Column("unconfirmed_since", Instant),
    Column("spoken_to_at", Instant),
    UniqueConstraint("channel", "bot", "external_id"),
    sqlite_autoincrement=True,
)

actor_addresses = Table(
    "actor_addresses",
    metadata,
    id_column(),
    reference("actor_id", "actors"),
    reference("address_id", "addresses"),
    Column("linked_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    sqlite_autoincrement=True,
)

caregiver_addresses = Table(
    "caregiver_addresses",
    metadata,
    id_column(),
    reference("caregiver_id", "caregivers"),
    reference("address_id", "addresses"),
    Column("linked_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("revoked_as", String(20)),
    sqlite_autoincrement=True,
)

# One living link of a person to a chat, however often she opens it.
Index(
    "uq_actor_addresses_living",
    actor_addresses.c.actor_id,
    actor_addresses.c.address_id,
    unique=True,
    sqlite_where=actor_addresses.c.revoked_at.is_(None),
    postgresql_where=actor_addresses.c.revoked_at.is_(None),
)
Index(
    "uq_caregiver_addresses_living",
    caregiver_addresses.c.caregiver_id,
    caregiver_addresses.c.address_id,
    unique=True,
    sqlite_where=caregiver_addresses.c.revoked_at.is_(None),
    postgresql_where=caregiver_addresses.c.revoked_at.is_(None),
)

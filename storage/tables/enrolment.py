"""Invites and codes, requests to be confirmed by a volunteer, and drafts of forms."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, UniqueConstraint

from storage.tables.base import BigId, Instant, id_column, metadata, reference

invites = Table(
    "invites",
    metadata,
    id_column(),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("code_hash", String(64), index=True),
    reference("caregiver_id", "caregivers", nullable=True),
    Column("actor_place", JSON(none_as_null=True)),
    reference("created_by", "actors", nullable=True, index=False),
    reference("offered_by", "caregivers", nullable=True, index=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("code_expires_at", Instant),
    Column("claimed_at", Instant),
    Column("withdrawn_at", Instant),
    sqlite_autoincrement=True,
)

# Two living invites never share a code.
Index(
    "uq_invites_living_code",
    invites.c.code_hash,
    unique=True,
    sqlite_where=invites.c.claimed_at.is_(None) & invites.c.withdrawn_at.is_(None),
    postgresql_where=invites.c.claimed_at.is_(None) & invites.c.withdrawn_at.is_(None),
)

code_tries = Table(
    "code_tries",
    metadata,
    id_column(),
    reference("address_id", "addresses"),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

join_requests = Table(
    "join_requests",
    metadata,
    id_column(),
    reference("address_id", "addresses"),
    Column("number", String(8), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    sqlite_autoincrement=True,
)

drafts = Table(
    "drafts",
    metadata,
    id_column(),
    reference("address_id", "addresses", index=False),
    Column("form", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("about_id", BigId),
    Column("stamp", Integer, nullable=False, server_default="0"),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("address_id", "form"),
    sqlite_autoincrement=True,
)

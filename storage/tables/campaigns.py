"""What staff write to many families, and what these answered."""

from sqlalchemy import JSON, CheckConstraint, Column, Index, Integer, String, Table, UniqueConstraint, text

from storage.tables.base import Instant, id_column, metadata, reference

campaigns = Table(
    "campaigns",
    metadata,
    id_column(),
    reference("author_id", "actors", index=False),
    Column("created_at", Instant, nullable=False),
    Column("title", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("before_pause", String(20)),
    Column("texts", JSON, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("media", JSON(none_as_null=True)),
    Column("missing", String(20), nullable=False),
    Column("segment", JSON, nullable=False),
    Column("send_from", Instant),
    Column("lives_minutes", Integer, nullable=False),
    reference("approved_by_id", "actors", nullable=True, index=False),
    Column("approved_at", Instant),
    Column("started_at", Instant),
    Column("ended_at", Instant),
    Column("withdrawn_at", Instant),
    Column("broken", Integer, nullable=False, server_default="0"),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("told_number", Integer, nullable=False, server_default="0"),
    Column("told", String(200), nullable=False, server_default=text("''")),
    Column("told_at", Instant),
    Column("repeats", JSON, nullable=False),
    reference("repeats_of_id", "campaigns", nullable=True),
    CheckConstraint("approved_by_id IS NULL OR approved_by_id <> author_id", name="second_person"),
    sqlite_autoincrement=True,
)

campaign_answers = Table(
    "campaign_answers",
    metadata,
    id_column(),
    reference("campaign_id", "campaigns", index=False),
    reference("caregiver_id", "caregivers"),
    Column("place", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("campaign_id", "caregiver_id"),
    sqlite_autoincrement=True,
)
# So that answers are counted without a look at the rows.
Index("ix_campaign_answers_campaign_id_place", campaign_answers.c.campaign_id, campaign_answers.c.place)

"""Pictures and voices of campaigns, and what each bot's channel calls them."""

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table, Text

from storage.tables.base import Instant, metadata

media = Table(
    "media",
    metadata,
    Column("content_hash", String(64), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("mime_type", String(80), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("kept_at", Instant, nullable=False),
)

media_file_ids = Table(
    "media_file_ids",
    metadata,
    Column("bot", String(40), primary_key=True),
    Column("content_hash", String(64), ForeignKey("media.content_hash"), primary_key=True),
    Column("file_id", Text, nullable=False),
)

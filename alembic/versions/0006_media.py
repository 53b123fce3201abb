"""Pictures and voices, kept once, and the ids by which each bot sends them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "media",
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("mime_type", sa.String(80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("content_hash", name="pk_media"),
    )
    op.create_table(
        "media_file_ids",
        sa.Column("bot", sa.String(40), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["content_hash"], ["media.content_hash"], name="fk_media_file_ids_content_hash"),
        sa.PrimaryKeyConstraint("bot", "content_hash", name="pk_media_file_ids"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("media_file_ids")
    op.drop_table("media")

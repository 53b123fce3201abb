"""The tracks of a child in words that versions before do not know: they go on reading their own column."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add what is new."""
    op.add_column("children", sa.Column("kept_tracks", sa.String(200)))


def downgrade() -> None:
    """Drop what was added."""
    op.drop_column("children", "kept_tracks")

"""Children whose mother has died are on a track of their own; until now it was that of feeding without her milk."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the word where the other stands."""
    op.execute(
        "UPDATE children SET tracks = 'mother_absent ' || tracks "
        "WHERE tracks LIKE '%replacement_feeding%' AND tracks NOT LIKE '%mother_absent%'"
    )


def downgrade() -> None:
    """Take it out again."""
    op.execute("UPDATE children SET tracks = REPLACE(tracks, 'mother_absent ', '') WHERE tracks LIKE '%mother_absent%'")

"""How the programme does: alarms, what Telegram says of each bot, counts, and indexes by which lately is counted."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

INSTANT = sa.DateTime(timezone=True)
WAS_SENT = sa.text("sent_at IS NOT NULL")


def upgrade() -> None:
    """Add what is new; nothing that stood before changes."""
    op.create_table(
        "alarms",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("about", sa.String(60), nullable=False),
        sa.Column("since", INSTANT),
        sa.Column("noticed_at", INSTANT),
        sa.Column("told_at", INSTANT),
        sa.Column("well_since", INSTANT),
        sa.Column("last_told_at", INSTANT),
        sa.PrimaryKeyConstraint("kind", "about", name="pk_alarms"),
    )
    op.create_table(
        "bot_states",
        sa.Column("bot", sa.String(40), nullable=False),
        sa.Column("refused_as", sa.String(40)),
        sa.Column("refused_since", INSTANT),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("bot", name="pk_bot_states"),
    )
    op.create_table(
        "tallies",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_tallies"),
    )
    op.create_index("ix_outbox_sent_at", "outbox", ["sent_at"], sqlite_where=WAS_SENT, postgresql_where=WAS_SENT)
    op.create_index("ix_attempts_at_result", "attempts", ["at", "result"])


def downgrade() -> None:
    """Drop what was added."""
    op.drop_index("ix_attempts_at_result", "attempts")
    op.drop_index("ix_outbox_sent_at", "outbox")
    for table in ("tallies", "bot_states", "alarms"):
        op.drop_table(table)

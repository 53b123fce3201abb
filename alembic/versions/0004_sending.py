"""Sending by several processes and bots: which bot a row waits for, the pace of a bot, when a chat was spoken to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

INSTANT = sa.DateTime(timezone=True)
CLAIMED_BEFORE = ["state", "lane", "send_from", "id"]
CLAIMED_NOW = ["state", "bot", "lane", "send_from", "id"]


def upgrade() -> None:
    """Add what is new; a row that names no bot may be claimed by any, so that the version before goes on writing."""
    op.add_column("outbox", sa.Column("bot", sa.String(40), nullable=False, server_default=sa.text("''")))
    op.add_column("addresses", sa.Column("spoken_to_at", INSTANT))
    op.create_index("ix_outbox_state_bot_lane_send_from_id", "outbox", CLAIMED_NOW)
    op.drop_index("ix_outbox_state_lane_send_from_id", "outbox")
    op.create_table(
        "send_budgets",
        sa.Column("bot", sa.String(40), nullable=False),
        sa.Column("next_at", INSTANT),
        sa.Column("paused_until", INSTANT),
        sa.Column("paused_for", sa.String(20)),
        sa.PrimaryKeyConstraint("bot", name="pk_send_budgets"),
    )


def downgrade() -> None:
    """Drop what was added."""
    op.drop_table("send_budgets")
    op.create_index("ix_outbox_state_lane_send_from_id", "outbox", CLAIMED_BEFORE)
    op.drop_index("ix_outbox_state_bot_lane_send_from_id", "outbox")
    op.drop_column("addresses", "spoken_to_at")
    op.drop_column("outbox", "bot")

"""What caregivers make of messages: whether they helped, answers to quizzes, and which are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "message_marks",
        sa.Column("id", BIG, nullable=False, autoincrement=True),
        sa.Column("caregiver_id", BIG, nullable=False),
        sa.Column("message_key", sa.String(120), nullable=False),
        sa.Column("helpful", sa.Boolean()),
        sa.Column("answer", sa.Integer()),
        sa.Column("kept_at", INSTANT),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_message_marks"),
        sa.ForeignKeyConstraint(["caregiver_id"], ["caregivers.id"], name="fk_message_marks_caregiver_id_caregivers"),
        sa.UniqueConstraint("caregiver_id", "message_key", name="uq_message_marks_caregiver_id_message_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_marks_caregiver_id", "message_marks", ["caregiver_id"])
    op.create_index("ix_message_marks_message_key_helpful", "message_marks", ["message_key", "helpful"])


def downgrade() -> None:
    """Drop what was added."""
    op.drop_table("message_marks")

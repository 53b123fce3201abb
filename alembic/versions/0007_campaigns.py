"""Campaigns: what staff write to many families, what these answered, and the rows of the outbox by campaign."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
SECOND_PERSON = "approved_by_id IS NULL OR approved_by_id <> author_id"
OF_CAMPAIGNS = sa.text("lane IN (3, 4)")


def upgrade() -> None:
    """Add what is new; nothing that is there changes."""
    create_campaigns()
    create_answers()
    op.create_index(
        "ix_outbox_campaigns",
        "outbox",
        ["occasion", "state", "reason", "send_from"],
        sqlite_where=OF_CAMPAIGNS,
        postgresql_where=OF_CAMPAIGNS,
    )


def downgrade() -> None:
    """Drop what was added."""
    op.drop_index("ix_outbox_campaigns", "outbox")
    op.drop_table("campaign_answers")
    op.drop_table("campaigns")


def reference(table: str, column: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    """A column that points to another table's row."""
    return sa.Column(column, BIG_ID, sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{column}"), nullable=nullable)


def create_campaigns() -> None:
    """What is said, to whom and when, and how far it got."""
    op.create_table(
        "campaigns",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        reference("campaigns", "author_id", "actors"),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("before_pause", sa.String(20)),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("media", sa.JSON()),
        sa.Column("missing", sa.String(20), nullable=False),
        sa.Column("segment", sa.JSON(), nullable=False),
        sa.Column("send_from", INSTANT),
        sa.Column("lives_minutes", sa.Integer(), nullable=False),
        reference("campaigns", "approved_by_id", "actors", nullable=True),
        *(sa.Column(name, INSTANT) for name in ("approved_at", "started_at", "ended_at", "withdrawn_at")),
        *(
            sa.Column(name, sa.Integer(), nullable=False, server_default="0")
            for name in ("broken", "revision", "told_number")
        ),
        sa.Column("told", sa.String(200), nullable=False, server_default=sa.text("''")),
        sa.Column("told_at", INSTANT),
        sa.Column("repeats", sa.JSON(), nullable=False),
        reference("campaigns", "repeats_of_id", "campaigns", nullable=True),
        sa.CheckConstraint(SECOND_PERSON, name="ck_campaigns_second_person"),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_campaigns_repeats_of_id", "campaigns", ["repeats_of_id"])


def create_answers() -> None:
    """The last tap of each caregiver."""
    op.create_table(
        "campaign_answers",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        reference("campaign_answers", "campaign_id", "campaigns"),
        reference("campaign_answers", "caregiver_id", "caregivers"),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_answers"),
        sa.UniqueConstraint("campaign_id", "caregiver_id", name="uq_campaign_answers_campaign_id_caregiver_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_campaign_answers_caregiver_id", "campaign_answers", ["caregiver_id"])
    op.create_index("ix_campaign_answers_campaign_id_place", "campaign_answers", ["campaign_id", "place"])

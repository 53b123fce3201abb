"""The nightly audit: its runs, what they found, and the audit log by whom it speaks of."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "audit_runs",
        sa.Column("id", BIG, nullable=False, autoincrement=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_runs"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit_findings",
        sa.Column("id", BIG, nullable=False, autoincrement=True),
        sa.Column("run_id", BIG, nullable=False),
        sa.Column("caregiver_id", BIG, nullable=False),
        sa.Column("fault", sa.String(20), nullable=False),
        sa.Column("message_key", sa.String(120), nullable=False),
        sa.Column("occasion", sa.String(120), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_findings"),
        sa.ForeignKeyConstraint(["run_id"], ["audit_runs.id"], name="fk_audit_findings_run_id_audit_runs"),
        sa.ForeignKeyConstraint(["caregiver_id"], ["caregivers.id"], name="fk_audit_findings_caregiver_id_caregivers"),
        sqlite_autoincrement=True,
    )
    for column in ("run_id", "caregiver_id"):
        op.create_index(f"ix_audit_findings_{column}", "audit_findings", [column])
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject"])


def downgrade() -> None:
    """Drop what was added."""
    op.drop_index("ix_audit_entries_subject", "audit_entries")
    op.drop_table("audit_findings")
    op.drop_table("audit_runs")

"""Planning by what is due: until when each zone is planned, and the indexes by which a day finds its candidates."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

INSTANT = sa.DateTime(timezone=True)
INDEXES = (
    ("ix_outbox_closed_lane_expires_at", "outbox", ["lane", "expires_at"], "state = 'closed'"),
    ("ix_children_going_on_birth_date", "children", ["birth_date"], "ended_at IS NULL"),
    ("ix_caregivers_paused_until", "caregivers", ["paused_until"], "paused_until IS NOT NULL"),
    ("ix_tasks_open_kind", "tasks", ["kind"], "closed_at IS NULL"),
    ("ix_vaccinations_given_on", "vaccinations", ["given_on"], None),
)


def upgrade() -> None:
    """Add what is new; the version before knows nothing of it and goes on."""
    op.create_table(
        "zone_plans",
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("planned_on", sa.Date, nullable=False),
        sa.Column("journey", sa.String(40), nullable=False),
        sa.Column("planned_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("zone", name="pk_zone_plans"),
    )
    for name, table, columns, which in INDEXES:
        where = sa.text(which) if which else None
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Drop what was added."""
    for name, table, _columns, _which in INDEXES:
        op.drop_index(name, table)
    op.drop_table("zone_plans")

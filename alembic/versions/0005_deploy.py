"""The oldest version that may go on working while newer tables are there: whoever knows this step, may."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the place; what stands there is written by whoever migrates."""
    op.create_table(
        "schema_floor",
        sa.Column("oldest", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("oldest", name="pk_schema_floor"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("schema_floor")

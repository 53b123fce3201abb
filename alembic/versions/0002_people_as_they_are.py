"""People as they are: ends of contact, pauses, witnesses, tasks, cards, moves, merged files, erasures."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
TABLES = "tasks absences moves merges erasures cards posters applications"
# Both databases take such a column as it stands; a table that others point to is not built anew for it.
REFERENCES = (
    ("facilities", "contact_id", "actors"),
    ("families", "volunteer_id", "actors"),
    ("consents", "witness_id", "actors"),
    ("invites", "offered_by", "caregivers"),
)


def upgrade() -> None:
    """Add what is new; every family keeps the volunteer who enrolled it."""
    for table, column in columns():
        op.add_column(table, column)
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for table, name, target in REFERENCES:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {name} {number} CONSTRAINT fk_{table}_{name} REFERENCES {target} (id)"
        )
    op.create_index("ix_families_volunteer_id", "families", ["volunteer_id"])
    op.execute("UPDATE families SET volunteer_id = enrolled_by")
    create_care_work()
    create_cards()


def downgrade() -> None:
    """Drop what was added."""
    for table in TABLES.split()[::-1]:
        op.drop_table(table)
    op.drop_index("ix_families_volunteer_id", "families")
    for table, name, _target in REFERENCES:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"fk_{table}_{name}", type_="foreignkey")
            batch.drop_column(name)
    for table, column in columns():
        op.drop_column(table, column.name)


def columns() -> list[tuple[str, sa.Column[object]]]:
    """Every plain column that is new, with its table."""
    ended = [("ended_at", INSTANT), ("ended_as", sa.String(20))]
    nullable = {
        "addresses": [("unconfirmed_since", INSTANT)],
        "caregiver_addresses": [("revoked_as", sa.String(20))],
        "caregivers": [("pause_covers", sa.String(10)), ("paused_until", sa.Date()), ("bereaved_at", INSTANT), *ended],
        "children": ended,
        "pregnancies": ended,
    }
    found = [(table, sa.Column(name, kind)) for table, news in nullable.items() for name, kind in news]
    return [
        *found,
        ("caregivers", sa.Column("wants_visits", sa.Boolean(), nullable=False, server_default=sa.true())),
        ("children", sa.Column("tracks", sa.String(100))),
        ("children", sa.Column("birth_place", sa.String(20))),
        ("pregnancies", sa.Column("not_yet_on", sa.Date())),
        ("drafts", sa.Column("stamp", sa.Integer(), nullable=False, server_default="0")),
    ]


def create_numbered(name: str, *parts: sa.schema.SchemaItem) -> None:
    """Create a table whose rows have numbers that are never used twice."""
    number = sa.Column("id", BIG_ID, autoincrement=True, nullable=False)
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{name}")
    op.create_table(name, number, *parts, key, sqlite_autoincrement=True)


def reference(table: str, column: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    """A column that points to another table's row."""
    return sa.Column(column, BIG_ID, sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{column}"), nullable=nullable)


def create_indexes(table: str, *names: str) -> None:
    """One index for each column."""
    for name in names:
        op.create_index(f"ix_{table}_{name}", table, [name])


def create_care_work() -> None:
    """Tasks, absences, moves, merged files and erasures."""
    create_numbered(
        "tasks",
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("occasion", sa.String(120), nullable=False),
        reference("tasks", "family_id", "families"),
        reference("tasks", "caregiver_id", "caregivers", nullable=True),
        reference("tasks", "actor_id", "actors", nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_at", INSTANT),
        reference("tasks", "closed_by", "actors", nullable=True),
        sa.Column("outcome", sa.String(20)),
        sa.UniqueConstraint("occasion", name="uq_tasks_occasion"),
    )
    create_indexes("tasks", "actor_id", "caregiver_id", "family_id")
    create_numbered(
        "absences",
        reference("absences", "actor_id", "actors"),
        reference("absences", "stand_in_id", "actors", nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
    )
    create_indexes("absences", "actor_id", "stand_in_id")
    create_moves_and_merges()
    create_numbered(
        "erasures",
        reference("erasures", "caregiver_id", "caregivers"),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("cancelled_at", INSTANT),
        sa.Column("done_at", INSTANT),
        sa.Column("receipt", sa.String(40), nullable=False),
        reference("erasures", "last_address_id", "addresses", nullable=True),
        sa.UniqueConstraint("receipt", name="uq_erasures_receipt"),
    )
    create_indexes("erasures", "caregiver_id")
    still_open = sa.text("cancelled_at IS NULL AND done_at IS NULL")
    op.create_index(
        "uq_erasures_open",
        "erasures",
        ["caregiver_id"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )


def create_moves_and_merges() -> None:
    """Families that go to another facility, and files that turned out to be one."""
    create_numbered(
        "moves",
        reference("moves", "family_id", "families"),
        reference("moves", "from_facility_id", "facilities"),
        reference("moves", "to_facility_id", "facilities", nullable=True),
        reference("moves", "asked_by", "actors", nullable=True),
        reference("moves", "answered_by", "caregivers", nullable=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT),
        sa.Column("agreed", sa.Boolean()),
    )
    create_indexes("moves", "answered_by", "family_id")
    create_numbered(
        "merges",
        reference("merges", "kept_family_id", "families"),
        reference("merges", "merged_family_id", "families"),
        reference("merges", "merged_by", "actors"),
        sa.Column("merged_at", INSTANT, nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        reference("merges", "undone_by", "actors", nullable=True),
        sa.Column("undone_at", INSTANT),
    )
    create_indexes("merges", "kept_family_id", "merged_family_id")


def create_cards() -> None:
    """Printed cards, posters, and those who came by them."""
    create_numbered(
        "cards",
        reference("cards", "facility_id", "facilities"),
        sa.Column("batch", sa.String(40), nullable=False),
        sa.Column("number", sa.String(12), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("printed_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
        sa.Column("withdrawn_at", INSTANT),
        sa.UniqueConstraint("number", name="uq_cards_number"),
        sa.UniqueConstraint("token_hash", name="uq_cards_token_hash"),
    )
    create_indexes("cards", "batch", "facility_id")
    create_numbered(
        "posters",
        reference("posters", "facility_id", "facilities"),
        sa.Column("token", sa.String(40), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT),
        sa.UniqueConstraint("token", name="uq_posters_token"),
    )
    create_indexes("posters", "facility_id")
    create_numbered(
        "applications",
        reference("applications", "address_id", "addresses"),
        reference("applications", "facility_id", "facilities"),
        reference("applications", "card_id", "cards", nullable=True),
        sa.Column("number", sa.String(12), nullable=False),
        sa.Column("answers", sa.JSON()),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT),
        reference("applications", "settled_by", "actors", nullable=True),
        reference("applications", "caregiver_id", "caregivers", nullable=True),
    )
    create_indexes("applications", "address_id", "caregiver_id", "facility_id", "number")

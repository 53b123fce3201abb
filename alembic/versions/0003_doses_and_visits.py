"""Doses and visits: session days as they are, who came, what is told afterwards, and what each place settles."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
TABLES = (
    "exemptions care_done attendances reactions topic_answers session_changes stock_outs session_closings session_marks"
    " register_columns gates upper_ages outbreaks care_rounds child_forecasts schedule_activations"
)
REFERENCES = (
    ("facilities", "on_call_id", "actors"),
    ("tasks", "child_id", "children"),
    ("vaccinations", "withdrawn_by", "actors"),
    ("vaccinations", "corrects_id", "vaccinations"),
)
SUBJECT = "(child_id IS NULL) <> (pregnancy_id IS NULL)"


def upgrade() -> None:
    """Add what is new; every date of a vaccination that is there is a known one."""
    for table, column in columns():
        op.add_column(table, column)
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for table, name, target in REFERENCES:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {name} {number} CONSTRAINT fk_{table}_{name} REFERENCES {target} (id)"
        )
    create_indexes("tasks", "child_id")
    create_care()
    create_visits()
    create_sessions()
    create_session_marks()
    create_settings()
    create_forecasts()


def downgrade() -> None:
    """Drop what was added."""
    for table in TABLES.split()[::-1]:
        op.drop_table(table)
    op.drop_index("ix_tasks_child_id", "tasks")
    for table, name, _target in REFERENCES:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"fk_{table}_{name}", type_="foreignkey")
            batch.drop_column(name)
    for table, column in columns():
        op.drop_column(table, column.name)


def columns() -> list[tuple[str, sa.Column[object]]]:
    """Every plain column that is new, with its table."""
    return [
        ("facilities", sa.Column("reminder_days", sa.Integer(), nullable=False, server_default="1")),
        ("facilities", sa.Column("morning_reminder", sa.Boolean(), nullable=False, server_default=sa.false())),
        ("facilities", sa.Column("capacity", sa.Integer())),
        ("facilities", sa.Column("emergency_route", sa.String(400))),
        ("children", sa.Column("card_missing_since", INSTANT)),
        ("vaccinations", sa.Column("date_known", sa.Boolean(), nullable=False, server_default=sa.true())),
        ("vaccinations", sa.Column("withdrawn_as", sa.String(20))),
    ]


def create_numbered(name: str, *parts: sa.schema.SchemaItem) -> None:
    """Create a table whose rows have numbers that are never used twice."""
    number = sa.Column("id", BIG_ID, autoincrement=True, nullable=False)
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{name}")
    op.create_table(name, number, *parts, key, sqlite_autoincrement=True)


def reference(table: str, column: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    """A column that points to another table's row."""
    return sa.Column(column, BIG_ID, sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{column}"), nullable=nullable)


def text(name: str, length: int, *, nullable: bool = False) -> sa.Column[str]:
    """A column of letters."""
    return sa.Column(name, sa.String(length), nullable=nullable)


def day(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """A column of calendar days."""
    return sa.Column(name, sa.Date(), nullable=nullable)


def instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """A column of moments."""
    return sa.Column(name, INSTANT, nullable=nullable)


def create_indexes(table: str, *names: str) -> None:
    """One index for each column."""
    for name in names:
        op.create_index(f"ix_{table}_{name}", table, [name])


def create_standing(name: str, table: str, columns: list[str], standing: str) -> None:
    """One row of a kind stands; those that do not stay as history."""
    while_standing = sa.text(f"{standing} IS NULL")
    op.create_index(name, table, columns, unique=True, sqlite_where=while_standing, postgresql_where=while_standing)


def create_care() -> None:
    """Why a dose is not asked for, and care that is no vaccine."""
    create_numbered(
        "exemptions",
        reference("exemptions", "child_id", "children"),
        text("dose_group", 40),
        text("kind", 20),
        day("until_on", nullable=True),
        reference("exemptions", "actor_id", "actors", nullable=True),
        reference("exemptions", "caregiver_id", "caregivers", nullable=True),
        instant("noted_at"),
        instant("withdrawn_at", nullable=True),
    )
    create_indexes("exemptions", "caregiver_id", "child_id")
    create_numbered(
        "care_done",
        reference("care_done", "child_id", "children", nullable=True),
        reference("care_done", "pregnancy_id", "pregnancies", nullable=True),
        text("item", 60),
        day("done_on"),
        text("source", 20),
        reference("care_done", "actor_id", "actors", nullable=True),
        reference("care_done", "caregiver_id", "caregivers", nullable=True),
        reference("care_done", "facility_id", "facilities", nullable=True),
        instant("recorded_at"),
        instant("withdrawn_at", nullable=True),
        sa.CheckConstraint(SUBJECT, name="ck_care_done_one_subject"),
    )
    create_indexes("care_done", "caregiver_id", "child_id", "pregnancy_id")


def create_visits() -> None:
    """Who came, what was told afterwards, and what came of a topic."""
    create_numbered(
        "attendances",
        reference("attendances", "facility_id", "facilities"),
        day("visit_on"),
        reference("attendances", "child_id", "children", nullable=True),
        reference("attendances", "pregnancy_id", "pregnancies", nullable=True),
        text("outcome", 20),
        text("why", 20, nullable=True),
        text("source", 20),
        reference("attendances", "actor_id", "actors", nullable=True),
        reference("attendances", "caregiver_id", "caregivers", nullable=True),
        instant("at"),
        instant("withdrawn_at", nullable=True),
        sa.CheckConstraint(SUBJECT, name="ck_attendances_one_subject"),
    )
    create_indexes("attendances", "caregiver_id", "child_id", "pregnancy_id")
    for subject in ("child_id", "pregnancy_id"):
        visit = ["facility_id", "visit_on", subject, "source"]
        create_standing(f"uq_attendances_{subject}", "attendances", visit, "withdrawn_at")
    create_numbered(
        "reactions",
        reference("reactions", "child_id", "children"),
        reference("reactions", "caregiver_id", "caregivers"),
        reference("reactions", "facility_id", "facilities"),
        day("given_on"),
        text("watch", 20),
        text("answer", 20),
        text("needs", 20),
        instant("at"),
        instant("seen_at", nullable=True),
        reference("reactions", "seen_by", "actors", nullable=True),
        sa.UniqueConstraint(
            "child_id", "caregiver_id", "given_on", "watch", name="uq_reactions_child_id_caregiver_id_given_on_watch"
        ),
    )
    create_indexes("reactions", "caregiver_id", "child_id", "facility_id")
    create_numbered(
        "topic_answers",
        reference("topic_answers", "caregiver_id", "caregivers"),
        reference("topic_answers", "facility_id", "facilities"),
        day("visit_on"),
        text("topic", 40),
        text("answer", 20),
        instant("at"),
        sa.UniqueConstraint(
            "caregiver_id",
            "facility_id",
            "visit_on",
            "topic",
            name="uq_topic_answers_caregiver_id_facility_id_visit_on_topic",
        ),
    )
    create_indexes("topic_answers", "caregiver_id", "facility_id")


def create_sessions() -> None:
    """Session days that were changed or closed, vaccines that are out of stock, and the columns of registers."""
    create_numbered(
        "session_changes",
        reference("session_changes", "facility_id", "facilities"),
        day("session_on"),
        text("kind", 20),
        day("moved_to", nullable=True),
        text("place", 200),
        text("hours", 20),
        sa.Column("capacity", sa.Integer()),
        reference("session_changes", "actor_id", "actors"),
        instant("at"),
        instant("undone_at", nullable=True),
    )
    create_standing("uq_session_changes_standing", "session_changes", ["facility_id", "session_on"], "undone_at")
    create_numbered(
        "stock_outs",
        reference("stock_outs", "facility_id", "facilities"),
        text("vaccine", 40),
        day("from_on"),
        day("until_on", nullable=True),
        reference("stock_outs", "actor_id", "actors"),
        instant("at"),
    )
    create_indexes("stock_outs", "facility_id")
    create_numbered(
        "session_closings",
        reference("session_closings", "facility_id", "facilities"),
        day("session_on"),
        instant("closed_at", nullable=True),
        reference("session_closings", "closed_by", "actors", nullable=True),
        text("topic", 40, nullable=True),
        instant("topic_done_at", nullable=True),
        sa.UniqueConstraint("facility_id", "session_on", name="uq_session_closings_facility_id_session_on"),
    )
    create_numbered(
        "register_columns",
        reference("register_columns", "facility_id", "facilities"),
        text("field", 40),
        text("heading", 200),
        sa.UniqueConstraint("facility_id", "field", name="uq_register_columns_facility_id_field"),
    )


def create_session_marks() -> None:
    """What is said of a session day before it is closed."""
    create_numbered(
        "session_marks",
        reference("session_marks", "facility_id", "facilities"),
        day("session_on"),
        reference("session_marks", "child_id", "children", nullable=True),
        reference("session_marks", "pregnancy_id", "pregnancies", nullable=True),
        text("vaccine", 60),
        text("outcome", 20),
        text("instead", 60),
        text("why", 20, nullable=True),
        reference("session_marks", "actor_id", "actors"),
        instant("at"),
        sa.CheckConstraint("child_id IS NULL OR pregnancy_id IS NULL", name="ck_session_marks_one_subject"),
    )
    create_indexes("session_marks", "child_id", "pregnancy_id")
    kinds = {
        "child": (["child_id"], "child_id IS NOT NULL"),
        "pregnancy": (["pregnancy_id"], "pregnancy_id IS NOT NULL"),
        "everybody": ([], "child_id IS NULL AND pregnancy_id IS NULL"),
    }
    for kind, (subject, where) in kinds.items():
        columns_of_key, condition = ["facility_id", "session_on", *subject, "vaccine"], sa.text(where)
        op.create_index(
            f"uq_session_marks_{kind}",
            "session_marks",
            columns_of_key,
            unique=True,
            sqlite_where=condition,
            postgresql_where=condition,
        )


def create_settings() -> None:
    """What a province settles for itself."""
    create_numbered(
        "gates",
        reference("gates", "province_id", "provinces"),
        text("gate", 40),
        day("from_on"),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        reference("gates", "actor_id", "actors", nullable=True),
        instant("at"),
        sa.UniqueConstraint("province_id", "gate", "from_on", name="uq_gates_province_id_gate_from_on"),
    )
    create_numbered(
        "upper_ages",
        reference("upper_ages", "province_id", "provinces"),
        text("item", 60),
        text("age", 40),
        reference("upper_ages", "actor_id", "actors", nullable=True),
        instant("at"),
        sa.UniqueConstraint("province_id", "item", name="uq_upper_ages_province_id_item"),
    )
    create_numbered(
        "outbreaks",
        reference("outbreaks", "province_id", "provinces"),
        text("dose_group", 40),
        day("from_on"),
        day("until_on", nullable=True),
        reference("outbreaks", "actor_id", "actors", nullable=True),
        instant("at"),
    )
    create_indexes("outbreaks", "province_id")
    create_numbered(
        "care_rounds",
        reference("care_rounds", "province_id", "provinces"),
        text("kind", 40),
        day("from_on"),
        day("until_on"),
        text("min_age", 40),
        text("max_age", 40),
        reference("care_rounds", "actor_id", "actors", nullable=True),
        instant("at"),
        instant("cancelled_at", nullable=True),
    )
    create_indexes("care_rounds", "province_id")


def create_forecasts() -> None:
    """The days by which the planning finds its candidates, and which version of a schedule is active."""
    op.create_table(
        "child_forecasts",
        sa.Column(
            "child_id",
            BIG_ID,
            sa.ForeignKey("children.id", name="fk_child_forecasts_child_id"),
            autoincrement=False,
            nullable=False,
        ),
        text("version", 120),
        day("due_on", nullable=True),
        day("overdue_on", nullable=True),
        day("latest_on", nullable=True),
        instant("computed_at"),
        sa.PrimaryKeyConstraint("child_id", name="pk_child_forecasts"),
    )
    create_indexes("child_forecasts", "due_on", "latest_on", "overdue_on", "version")
    create_numbered(
        "schedule_activations",
        text("schedule", 40),
        text("version", 60),
        reference("schedule_activations", "actor_id", "actors", nullable=True),
        instant("at"),
    )

"""Session days as they really are: changed, marked, closed, short of a vaccine."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    and_,
)

from storage.tables.base import Instant, id_column, metadata, reference

session_changes = Table(
    "session_changes",
    metadata,
    id_column(),
    reference("facility_id", "facilities", index=False),
    Column("session_on", Date, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("moved_to", Date),
    Column("place", String(200), nullable=False),
    Column("hours", String(20), nullable=False),
    Column("capacity", Integer),
    reference("actor_id", "actors", index=False),
    Column("at", Instant, nullable=False),
    Column("undone_at", Instant),
    sqlite_autoincrement=True,
)
# One change of a day stands; a later one undoes it.
Index(
    "uq_session_changes_standing",
    session_changes.c.facility_id,
    session_changes.c.session_on,
    unique=True,
    sqlite_where=session_changes.c.undone_at.is_(None),
    postgresql_where=session_changes.c.undone_at.is_(None),
)

stock_outs = Table(
    "stock_outs",
    metadata,
    id_column(),
    reference("facility_id", "facilities"),
    Column("vaccine", String(40), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    reference("actor_id", "actors", index=False),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

session_closings = Table(
    "session_closings",
    metadata,
    id_column(),
    reference("facility_id", "facilities", index=False),
    Column("session_on", Date, nullable=False),
    Column("closed_at", Instant),
    reference("closed_by", "actors", nullable=True, index=False),
    Column("topic", String(40)),
    Column("topic_done_at", Instant),
    UniqueConstraint("facility_id", "session_on"),
    sqlite_autoincrement=True,
)

# What is said of a session day before it is closed: of a child, of a pregnancy, or of everybody.
session_marks = Table(
    "session_marks",
    metadata,
    id_column(),
    reference("facility_id", "facilities", index=False),
    Column("session_on", Date, nullable=False),
    reference("child_id", "children", nullable=True),
    reference("pregnancy_id", "pregnancies", nullable=True),
    Column("vaccine", String(60), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("instead", String(60), nullable=False),
    Column("why", String(20)),
    reference("actor_id", "actors", index=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("child_id IS NULL OR pregnancy_id IS NULL", name="one_subject"),
    sqlite_autoincrement=True,
)
_OF_CHILD = session_marks.c.child_id.is_not(None)
_OF_PREGNANCY = session_marks.c.pregnancy_id.is_not(None)
MARK_KEYS: dict[str, tuple[tuple[str, ...], ColumnElement[bool]]] = {
    "child": (("child_id",), _OF_CHILD),
    "pregnancy": (("pregnancy_id",), _OF_PREGNANCY),
    "everybody": ((), and_(session_marks.c.child_id.is_(None), session_marks.c.pregnancy_id.is_(None))),
}
"""One mark of a kind stands about each: the columns that say of whom, and which rows are of this kind."""
for _kind, (_subject, _where) in MARK_KEYS.items():
    Index(
        f"uq_session_marks_{_kind}",
        *(session_marks.c[name] for name in ("facility_id", "session_on", *_subject, "vaccine")),
        unique=True,
        sqlite_where=_where,
        postgresql_where=_where,
    )

register_columns = Table(
    "register_columns",
    metadata,
    id_column(),
    reference("facility_id", "facilities", index=False),
    Column("field", String(40), nullable=False),
    Column("heading", String(200), nullable=False),
    UniqueConstraint("facility_id", "field"),
    sqlite_autoincrement=True,
)

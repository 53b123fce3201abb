"""Each step of the schema only adds, so that the version before goes on working while the next one comes in.

A step that takes something away says in `OLDEST` which step the oldest program must know that may work beside it.
"""

import ast
from pathlib import Path

import pytest
from alembic import command
from alembic.script import Script
from sqlalchemy import CheckConstraint, Column, Connection, ForeignKey, Index, Integer, MetaData, String, Table
from sqlalchemy import create_engine as engine_of

from storage.engine import open_database
from storage.migrating import FIRST_FLOOR, SCRIPTS, _config, _scripts
from tests.deploy.shapes import Shapes, narrowings, shapes_of
from tests.fakes.databases import EACH_DATABASE, Postgres

STEPS: list[Script] = list(_scripts().walk_revisions())[::-1]
NUMBERS = [step.revision for step in STEPS]
PROMISED = STEPS[NUMBERS.index(FIRST_FLOOR) + 1 :]


@pytest.fixture(params=EACH_DATABASE)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/steps.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.create("steps")


async def test_no_step_takes_anything_from_the_version_before(empty: str) -> None:
    def walk(connection: Connection) -> dict[str, list[str]]:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST_FLOOR)
        before, found = shapes_of(connection), {}
        for step in PROMISED:
            command.upgrade(config, step.revision)
            after = shapes_of(connection)
            found[step.revision] = narrowings(before, after)
            before = after
        return found

    database = open_database(empty)
    async with database.transaction() as connection:
        found = await connection.run_sync(walk)
    await database.close()
    allowed = {step.revision for step in PROMISED if hasattr(step.module, "OLDEST")}
    assert {number: flaws for number, flaws in found.items() if flaws and number not in allowed} == {}


def test_who_takes_something_away_names_a_step_that_is_known_and_not_older_than_named_before() -> None:
    floors = [FIRST_FLOOR, *(step.module.OLDEST for step in STEPS if hasattr(step.module, "OLDEST"))]
    assert [NUMBERS.index(floor) for floor in floors] == sorted(NUMBERS.index(floor) for floor in floors)


@pytest.mark.parametrize("step", STEPS, ids=NUMBERS)
def test_a_step_stands_for_itself_whatever_becomes_of_the_program(step: Script) -> None:
    rooms = {folder.parent.name for folder in SCRIPTS.parent.glob("*/__init__.py")}
    tree = ast.parse(Path(step.path).read_text(encoding="utf-8"))
    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names]
    assert {name.partition(".")[0] for name in named} & rooms == set()


def shapes_with(*more: Column[int] | Column[str], **changes: Column[str] | None) -> Shapes:
    """A small database: families, and children of theirs; with other columns of the children, or none."""
    metadata = MetaData()
    Table("families", metadata, Column("id", Integer, primary_key=True))
    columns: dict[str, Column[str] | None] = {
        "name": Column("name", String(40), nullable=False),
        "phone": Column("phone", String(20)),
        **changes,
    }
    kept = [column for column in columns.values() if column is not None]
    Table("children", metadata, Column("id", Integer, primary_key=True), *kept, *more)
    engine = engine_of("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        return shapes_of(connection)


def test_what_only_adds_is_welcome() -> None:
    added = Column("amount", Integer, nullable=False, server_default="3")
    reference = Column("family_id", Integer)
    assert narrowings(shapes_with(), shapes_with(added, reference)) == []
    assert narrowings(shapes_with(), shapes_with(name=Column("name", String(80)))) == []


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (dict, "children is gone"),
        (lambda: shapes_with(phone=None), "children.phone is gone"),
        (lambda: shapes_with(phone=Column("phone", String(20), nullable=False)), "children.phone must be given"),
        (lambda: shapes_with(name=Column("name", String(20), nullable=False)), "children.name holds less"),
        (lambda: shapes_with(Column("amount", Integer, nullable=False)), "children.amount must be given"),
        (lambda: shapes_with(phone=Column("phone", String(20), unique=True)), "children has a new key"),
        (lambda: shapes_with(phone=Column("phone", String(20), CheckConstraint("phone > ''"))), "children has a new"),
    ],
)
def test_what_takes_something_away_is_named(after: object, said: str) -> None:
    assert callable(after)
    assert any(flaw.startswith(said) for flaw in narrowings(shapes_with(), after()))


def test_a_key_that_a_conflict_may_name_must_stay() -> None:
    before = shapes_with(phone=Column("phone", String(20), unique=True))
    assert any("has no key" in flaw for flaw in narrowings(before, shapes_with()))


def test_a_reference_on_a_column_that_was_free_is_named() -> None:
    free = shapes_with(Column("family_id", Integer))
    bound = shapes_with(Column("family_id", Integer, ForeignKey("families.id")))
    assert any("in families" in flaw for flaw in narrowings(free, bound))
    partial = shapes_with()
    assert narrowings(partial, partial) == []


def test_an_index_that_is_not_unique_may_come_and_go() -> None:
    metadata = MetaData()
    table = Table("children", metadata, Column("id", Integer, primary_key=True), Column("name", String(40)))
    engine = engine_of("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        before = shapes_of(connection)
        index = Index("ix_children_name", table.c.name)
        index.create(connection)
        with_index = shapes_of(connection)
    assert narrowings(before, with_index) == narrowings(with_index, before) == []

"""Brings the database's tables to the state that this version of the program needs, beside processes that run."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from sqlalchemy import Connection, delete, func, insert, inspect, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database, DatabaseAwayError
from storage.statements import Statements
from storage.tables import schema_floor

MIGRATING = 5_301_002
"""The advisory lock under which tables are changed."""
SCRIPTS = Path(__file__).resolve().parent.parent / "alembic"
FIRST_FLOOR = "0004"
"""Since this step tables are only added to, until a migration says otherwise (`OLDEST`)."""
IN_THE_WAY = frozenset({"55P03", "40P01"})
TOO_LONG = "57014"


@dataclass(frozen=True)
class Patience:
    """How long tables may be waited for and changed. Who waits for a table keeps everybody waiting who comes after."""

    lock: timedelta = timedelta(seconds=2)
    step: timedelta = timedelta(minutes=5)
    pause: timedelta = timedelta(seconds=1)
    tries: int = 30


class SchemaAheadError(Exception):
    """A newer version of the program made this schema."""


class CannotMigrateError(Exception):
    """The tables are as they were; its text is a sentence for people."""


async def migrate(database: Database, patience: Patience = Patience()) -> list[str]:
    """Run what is missing, in one transaction; two processes at once take turns. Give the revisions that ran."""
    await _reach(database)
    for _ in range(patience.tries):
        try:
            return await _migrate(database, patience)
        except DBAPIError as error:
            _look_at(error, patience)
        await asyncio.sleep(patience.pause.total_seconds())
    raise CannotMigrateError(
        f"The tables were in use, {patience.tries} times over. Nothing was changed: look for a transaction that was "
        "left open (pg_stat_activity) and run `cradle migrate` again."
    )


async def pending(database: Database) -> list[str]:
    """The revisions that are missing, in order; none when a newer version made tables on which this one may work."""
    await _reach(database)
    async with database.transaction() as connection:
        return await connection.run_sync(_missing_for_us)


async def _reach(database: Database) -> None:
    try:
        await database.ping()
    except (SQLAlchemyError, OSError) as error:
        raise DatabaseAwayError(type(error).__name__) from error


async def _migrate(database: Database, patience: Patience) -> list[str]:
    async with database.transaction() as connection:
        await Statements(connection).hold(MIGRATING)
        await _limit(connection, patience)
        return await connection.run_sync(_upgrade)


async def _limit(connection: AsyncConnection, patience: Patience) -> None:
    """On SQLite there is one writer, who waits in turn like everybody."""
    if connection.dialect.name != "postgresql":
        return
    for name, value in (("lock_timeout", patience.lock), ("statement_timeout", patience.step)):
        await connection.execute(select(func.set_config(name, f"{value // timedelta(milliseconds=1)}ms", True)))


def _look_at(error: DBAPIError, patience: Patience) -> None:
    """Raise it, unless somebody was in the way who will be gone in a moment."""
    state = getattr(error.orig, "sqlstate", None)
    if state == TOO_LONG:
        raise CannotMigrateError(
            f"A step took longer than {patience.step.total_seconds() / 60:g} minutes. Nothing was changed: give it "
            "more at a quiet hour, with `cradle migrate --minutes 60`."
        ) from error
    if state not in IN_THE_WAY:
        raise error


def _upgrade(connection: Connection) -> list[str]:
    scripts = _scripts()
    missing = _missing(scripts, _current(connection))
    config = _config()
    config.attributes["connection"] = connection
    if missing:
        command.upgrade(config, "head")
        connection.execute(delete(schema_floor))
        connection.execute(insert(schema_floor).values(oldest=floor_of(scripts)))
    return missing


def floor_of(scripts: ScriptDirectory) -> str:
    """The oldest step whose program may work on the newest tables."""
    floors = (getattr(script.module, "OLDEST", None) for script in scripts.walk_revisions())
    return next((floor for floor in floors if floor is not None), FIRST_FLOOR)


def _missing_for_us(connection: Connection) -> list[str]:
    scripts = _scripts()
    try:
        return _missing(scripts, _current(connection))
    except SchemaAheadError:
        if _floor(connection) in set(_known(scripts)):
            return []
        raise


def _current(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or "base"


def _missing(scripts: ScriptDirectory, current: str) -> list[str]:
    try:
        newest_first = [script.revision for script in scripts.iterate_revisions("head", current)]
    except (CommandError, RevisionError) as error:
        raise SchemaAheadError("A newer version of Cradle made this database: start that one.") from error
    return newest_first[::-1]


def _known(scripts: ScriptDirectory) -> Iterator[str]:
    return (script.revision for script in scripts.walk_revisions())


def _floor(connection: Connection) -> str | None:
    if not inspect(connection).has_table(schema_floor.name):
        return None
    return connection.execute(select(schema_floor.c.oldest)).scalar()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    # A per cent sign in the path would be read as the name of an option.
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config

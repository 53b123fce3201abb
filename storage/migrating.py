"""Brings the database's tables to the state that this version of the program needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from storage.engine import Database, DatabaseAwayError
from storage.statements import Statements

MIGRATING = 5_301_002
"""The advisory lock under which tables are changed."""
SCRIPTS = Path(__file__).resolve().parent.parent / "alembic"


class SchemaAheadError(Exception):
    """A newer version of the program made this schema."""


async def migrate(database: Database) -> list[str]:
    """Run what is missing, in one transaction; two processes at once take turns. Give the revisions that ran."""
    await _reach(database)
    async with database.transaction() as connection:
        await Statements(connection).hold(MIGRATING)
        return await connection.run_sync(_upgrade)


async def pending(database: Database) -> list[str]:
    """The revisions that are missing, in the order in which they would run."""
    await _reach(database)
    async with database.transaction() as connection:
        return await connection.run_sync(_missing)


async def _reach(database: Database) -> None:
    try:
        await database.ping()
    except (SQLAlchemyError, OSError) as error:
        raise DatabaseAwayError(type(error).__name__) from error


def _upgrade(connection: Connection) -> list[str]:
    missing = _missing(connection)
    config = _config()
    config.attributes["connection"] = connection
    if missing:
        command.upgrade(config, "head")
    return missing


def _missing(connection: Connection) -> list[str]:
    scripts = ScriptDirectory.from_config(_config())
    current = MigrationContext.configure(connection).get_current_revision() or "base"
    try:
        newest_first = [script.revision for script in scripts.iterate_revisions("head", current)]
    except (CommandError, RevisionError) as error:
        raise SchemaAheadError("A newer version of Cradle made this database: start that one.") from error
    return newest_first[::-1]


def _config() -> Config:
    config = Config()
    # A per cent sign in the path would be read as the name of an option.
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config

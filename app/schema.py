"""No command works on a database that lacks tables, or whose tables are too new for this version."""

from storage.engine import Database, open_database
from storage.migrating import pending


class SchemaBehindError(Exception):
    """The database was made by an older version, or is empty."""


async def require_schema(database: Database) -> None:
    """SchemaBehindError unless every step of the schema was run."""
    behind = await pending(database)
    if behind:
        raise SchemaBehindError(
            f"The database lacks {len(behind)} step(s) of its schema. Run `cradle migrate` and start again."
        )


async def look_at_schema(url: str) -> str:
    """A sentence when all is well, without loading anything else; the same errors when it is not."""
    database = open_database(url)
    try:
        await require_schema(database)
    finally:
        await database.close()
    return "The database answers and its schema fits."

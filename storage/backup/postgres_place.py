"""A restored database of PostgreSQL: made ready in a schema of its own, which then takes the name of the old one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from storage.backup.archive import BackupError, Manifest, unpack
from storage.backup.comparing import require_empty, require_same_rows
from storage.backup.making import workshop
from storage.backup.postgres_tools import SCHEMA, connected, look_into, run_tool

BESIDE = "cradle_being_restored"
RESTORING = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", f"--schema={SCHEMA}")


class PostgresPlace:
    """The schema that `url` looks into becomes the usual one; what was there keeps its rows in a schema aside."""

    def __init__(self, url: str, connection: psycopg.Connection, aside: str | None) -> None:
        searching = make_url(url).update_query_dict({"options": f"-csearch_path={BESIDE}"})
        self.url = searching.render_as_string(hide_password=False)
        self.is_in_place = False
        self._connection, self._aside = connection, aside

    def put_in_place(self) -> str | None:
        """Let it be the database from now on; gives where the old one is kept."""
        _run(self._connection, _drop(SCHEMA), _rename(BESIDE, SCHEMA))
        self.is_in_place = True
        return f"the schema {self._aside}" if self._aside else None


@contextmanager
def postgres_place(url: str, file: Path, manifest: Manifest, *, at: datetime, replace: bool) -> Iterator[PostgresPlace]:
    """Nobody else may be connected when it begins."""
    with workshop(file.parent) as folder, connected(url) as connection:
        _require_alone(connection)
        tables = _count(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = %s", SCHEMA)
        require_empty(tables, replace=replace)
        dump = folder / manifest.body
        unpack(file, manifest, dump)
        aside = f"before_{at:%Y%m%d_%H%M%S}"
        place = PostgresPlace(url, connection, aside if tables else None)
        _run(connection, _rename(SCHEMA, aside), _create(SCHEMA))
        try:
            run_tool("pg_restore", [*RESTORING, str(dump)], url=url, folder=folder)
            require_same_rows(manifest, look_into(connection).rows)
            _run(connection, _rename(SCHEMA, BESIDE), _create(SCHEMA))
            yield place
        finally:
            _clean_up(connection, aside, is_in_place=place.is_in_place, is_kept=bool(tables))


def _clean_up(connection: psycopg.Connection, aside: str, *, is_in_place: bool, is_kept: bool) -> None:
    if not is_in_place:
        _run(connection, _drop(BESIDE), _drop(SCHEMA), _rename(aside, SCHEMA))
    elif not is_kept:
        _run(connection, _drop(aside))


def _require_alone(connection: psycopg.Connection) -> None:
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_type = %s"
    )
    count = _count(connection, others, "client backend")
    if count:
        raise BackupError(
            f"{count} other connection(s) use this database. Stop all processes of Cradle, and whatever else is "
            "connected, and try again."
        )


def _count(connection: psycopg.Connection, query: str, value: str) -> int:
    row = connection.execute(query.encode(), [value]).fetchone()
    return int(row[0]) if row else 0


def _run(connection: psycopg.Connection, *statements: sql.Composed) -> None:
    """All of them or none."""
    with connection.transaction():
        for statement in statements:
            connection.execute(statement)


def _create(schema: str) -> sql.Composed:
    return sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema))


def _drop(schema: str) -> sql.Composed:
    return sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema))


def _rename(schema: str, name: str) -> sql.Composed:
    return sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(sql.Identifier(schema), sql.Identifier(name))

"""A copy of SQLite's file as it stood at one moment, while others go on writing."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from storage.backup.archive import BackupError, Contents

PAGES = 2_000
BUSY_SECONDS = 30
Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


def copy_sqlite(source: Path, into: Path, progress: Progress) -> Contents:
    """Copy, and prove that the copy is whole. One reading transaction holds the moment until the last page is there."""
    if not source.is_file():
        raise BackupError(f"There is no database at {source}. See CRADLE_DATABASE_URL.")
    with _opened(source) as reading, _opened(into, "rwc") as copy:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        reading.backup(copy, pages=PAGES, progress=lambda _status, left, total: progress(total - left, total))
        # One file by itself, without others beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
    return check_sqlite(into)


def check_sqlite(file: Path) -> Contents:
    """What a copy holds. BackupError when SQLite itself finds a fault in it, or it is not ours."""
    try:
        with _opened(file) as copy:
            faults = [row[0] for row in copy.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
            loose = copy.execute("PRAGMA foreign_key_check").fetchmany(5)
            if faults or loose:
                raise BackupError(f"The database is damaged: {'; '.join([*faults, *(str(row) for row in loose)])}.")
            return Contents("sqlite", _revision(copy), _rows(copy))
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise BackupError(f"The database is damaged: {error}.") from error


def settle_into_one_file(file: Path) -> None:
    """Bring what stands in the files beside it into the file."""
    with _opened(file) as whole:
        whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        whole.execute("PRAGMA journal_mode=DELETE")


def count_sqlite(file: Path) -> int:
    """How many tables there are; 0 without a file. A file that cannot be read any more is not empty."""
    if not file.is_file():
        return 0
    try:
        with _opened(file) as found:
            return int(found.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0])
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return 1


@contextmanager
def _opened(file: Path, mode: str = "rw") -> Iterator[sqlite3.Connection]:
    address = f"file:{quote(str(file.absolute()))}?mode={mode}"
    with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        yield connection


def _revision(connection: sqlite3.Connection) -> str:
    found = connection.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if found else None
    if row is None:
        raise BackupError("There is nothing to keep yet: the database has no tables. Run `cradle migrate`.")
    return str(row[0])


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    names = [str(row[0]) for row in connection.execute(tables)]
    # The names are those of the database's own tables.
    count = 'SELECT count(*) FROM "{}"'
    return {name: int(connection.execute(count.format(name)).fetchone()[0]) for name in names}

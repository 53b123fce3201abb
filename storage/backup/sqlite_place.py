"""A restored file of SQLite: checked and made ready in a folder of its own, then renamed into place."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from storage.backup.archive import BackupError, Manifest, unpack
from storage.backup.comparing import require_empty, require_same_rows
from storage.backup.making import sync_folder, workshop
from storage.backup.sqlite_copy import check_sqlite, count_sqlite, settle_into_one_file
from storage.holding import HeldError, use_alone

_BESIDE_IT = ("-shm", "-wal", "")


class SqlitePlace:
    """The file at `url` becomes `target`; what was there is renamed."""

    def __init__(self, beside: Path, target: Path, aside: Path) -> None:
        self.url = f"sqlite+aiosqlite:///{beside}"
        self._beside, self._target, self._aside = beside, target, aside

    def put_in_place(self) -> str | None:
        """Let it be the database from now on; gives where the old one is kept."""
        settle_into_one_file(self._beside)
        check_sqlite(self._beside)
        had_one = self._target.exists()
        for suffix in _BESIDE_IT:
            old = self._target.with_name(self._target.name + suffix)
            if old.exists():
                old.rename(self._aside.with_name(self._aside.name + suffix))
        self._beside.rename(self._target)
        sync_folder(self._target.parent)
        return str(self._aside) if had_one else None


@contextmanager
def sqlite_place(target: Path, file: Path, manifest: Manifest, *, at: datetime, replace: bool) -> Iterator[SqlitePlace]:
    """Nobody else may use the database meanwhile."""
    with _alone(target), workshop(target.parent) as folder:
        require_empty(count_sqlite(target), replace=replace)
        beside = folder / target.name
        unpack(file, manifest, beside)
        require_same_rows(manifest, check_sqlite(beside).rows)
        yield SqlitePlace(beside, target, target.with_name(f"{target.name}.before-{at:%Y%m%dT%H%M%S}"))


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    try:
        with use_alone(f"sqlite+aiosqlite:///{target}"):
            yield
    except HeldError as error:
        raise BackupError("Cradle is running on this database. Stop all its processes and try again.") from error

"""Where a backup is restored to: made ready beside the database, and put in its place when all is done.

Until then nobody sees it, and whatever fails leaves the database as it was.
"""

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from storage.backup.archive import BackupError, Manifest
from storage.backup.postgres_place import postgres_place
from storage.backup.sqlite_place import sqlite_place
from storage.holding import file_of


class Place(Protocol):
    """A backup as a database of its own at `url`, beside the one that it is to replace."""

    url: str

    def put_in_place(self) -> str | None:
        """Let it be the database from now on; gives where the old one is kept, None when there was none."""
        ...


def restored_beside(
    url: str, file: Path, manifest: Manifest, *, at: datetime, replace: bool
) -> AbstractContextManager[Place]:
    """The backup beside the database at `url`. BackupError when it may not be restored here."""
    target = file_of(url)
    engine = "postgresql" if target is None else "sqlite"
    if manifest.contents.engine != engine:
        raise BackupError(
            f"This is a backup of {manifest.contents.engine}, and CRADLE_DATABASE_URL names {engine}: it can be "
            "restored to its own engine only."
        )
    if target is not None:
        return sqlite_place(target, file, manifest, at=at, replace=replace)
    return postgres_place(url, file, manifest, at=at, replace=replace)

"""Make a backup: copy, prove, pack, and only then give the file its name."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.backup.archive import BackupError, Contents, Manifest, Origin, write_archive
from storage.backup.postgres_tools import dump_postgres
from storage.backup.sqlite_copy import Progress, copy_sqlite
from storage.holding import file_of


def make_backup(url: str, file: Path, origin: Origin, *, force: bool, progress: Progress) -> Path:
    """Keep everything in one file and give its name, made of the time when a folder is given.

    BackupError when it cannot be; then nothing is left behind.
    """
    if file.is_dir():
        file = file / f"cradle-{origin.made_at:%Y%m%dT%H%M%SZ}.backup"
    if file.exists() and not force:
        raise BackupError(f"{file} is there already. Choose another name, or say --force to replace it.")
    with workshop(file.parent) as folder:
        body, packed = folder / "copy", folder / "packed"
        contents = _copy(url, body, progress)
        write_archive(packed, body, Manifest(contents, origin))
        packed.replace(file)
        sync_folder(file.parent)
    return file


def _copy(url: str, into: Path, progress: Progress) -> Contents:
    source = file_of(url)
    return copy_sqlite(source, into, progress) if source is not None else dump_postgres(url, into)


@contextmanager
def workshop(beside: Path) -> Iterator[Path]:
    """A folder for half-done things that only we may look into, gone at the end. BackupError when there is no room."""
    try:
        beside.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".cradle-", dir=beside))
    except OSError as error:
        raise BackupError(f"Nothing can be written to {beside} ({error.strerror}).") from error
    try:
        yield folder
    except (OSError, sqlite3.OperationalError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BackupError(f"It could not be finished in {beside} ({why}). Nothing was changed.") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """Names given in it outlive a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

"""What both engines ask before a backup takes the place of a database."""

from collections.abc import Mapping

from storage.backup.archive import BackupError, Manifest


def require_empty(tables: int, *, replace: bool) -> None:
    """BackupError when there are tables and nobody said that they may be put aside."""
    if tables and not replace:
        raise BackupError(
            "The database is not empty. Say --replace to put the backup in its place; the old one is kept aside."
        )


def require_same_rows(manifest: Manifest, rows: Mapping[str, int]) -> None:
    """BackupError unless every table came back with as many rows as were copied."""
    told = manifest.contents.rows
    differing = sorted(name for name in {*told, *rows} if told.get(name) != rows.get(name))
    if differing:
        raise BackupError(f"The backup came back with other rows than were copied: {', '.join(differing)}.")

"""Who uses a file of SQLite: lock files beside it, held by processes and let go by the kernel when they end.

PostgreSQL is shared by design: there is nothing to hold.
"""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import make_url

IN_USE = ".lock"
PLANNING = ".scheduler.lock"


class HeldError(Exception):
    """Somebody else has it; `by` is what that process wrote down about itself."""

    def __init__(self, by: str) -> None:
        super().__init__(by)
        self.by = by


def file_of(url: str) -> Path | None:
    """The file of SQLite at this address; None for PostgreSQL."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def use(url: str) -> AbstractContextManager[None]:
    """Use the database, beside others. HeldError when it is being replaced."""
    return _held(url, IN_USE, fcntl.LOCK_SH)


def use_alone(url: str) -> AbstractContextManager[None]:
    """Have the database to oneself. HeldError while a process uses it."""
    return _held(url, IN_USE, fcntl.LOCK_EX)


def plan_alone(url: str) -> AbstractContextManager[None]:
    """Be the one scheduler of the database. HeldError when there is one."""
    return _held(url, PLANNING, fcntl.LOCK_EX)


def _held(url: str, suffix: str, how: int) -> AbstractContextManager[None]:
    file = file_of(url)
    return nullcontext() if file is None else _locked(file.with_name(file.name + suffix), how)


@contextmanager
def _locked(file: Path, how: int) -> Iterator[None]:
    file.parent.mkdir(parents=True, exist_ok=True)
    number = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(number, how)
        if how == fcntl.LOCK_EX:
            os.ftruncate(number, 0)
            os.pwrite(number, f"process {os.getpid()}".encode(), 0)
        yield
    finally:
        # The file stays: if it were removed, two could hold two files of one name.
        os.close(number)


def _take(number: int, how: int) -> None:
    try:
        fcntl.flock(number, how | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.EACCES):
            raise
        raise HeldError(os.pread(number, 80, 0).decode(errors="replace") or "another process") from error

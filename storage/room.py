"""Room on the disk: said in words once when it is gone, and once when it is back. And connections that are lost."""

import logging
import os
import sqlite3
from pathlib import Path
from typing import NoReturn

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.ports.room import NoRoomError, NotNowError

ENOUGH = 1 << 20
"""With so many bytes free, a fault of the disk has another reason."""
_MAIN_CODE = 0xFF
_WRITTEN = {
    "sqlite": "SELECT total_changes()",
    "postgresql": "SELECT coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0)",
}
logger = logging.getLogger(__name__)


class DatabaseAwayError(Exception):
    """The database cannot be used at all; its text is a sentence for people."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The database cannot be reached ({why}). See CRADLE_DATABASE_URL.")


class ConnectionLostError(NotNowError, DatabaseAwayError):
    """The server stopped, or the wire to it broke."""


class DiskFullError(NoRoomError, DatabaseAwayError):
    """Its text is a sentence for people."""

    def __init__(self, where: str) -> None:
        Exception.__init__(
            self,
            f"There is no room left {where}: nothing can be saved, and nothing new is acknowledged. Make room there; "
            "Cradle goes on trying and needs no restart.",
        )


class Room:
    """Whether the last write found room; `file` is the one of SQLite."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._is_full = False

    def look_at(self, error: DBAPIError) -> None:
        """DiskFullError or ConnectionLostError when that is what the database means."""
        if _says_lost(error.orig):
            raise ConnectionLostError(type(error.orig).__name__) from error
        if _says_full(error.orig) or (_says_disk_fault(error.orig) and self._is_nothing_free()):
            self._is_gone()

    async def written(self, connection: AsyncConnection) -> int:
        """While there is no room: a number that grows with what is written. To write nothing needs no room."""
        if not self._is_full:
            return 0
        return int((await connection.exec_driver_sql(_WRITTEN[connection.dialect.name])).scalar_one())

    def is_there(self) -> None:
        """Something was written and kept."""
        self._is_full = False
        logger.info("room_again")

    def _is_gone(self) -> NoReturn:
        full = DiskFullError(f"on the disk of {self._file}" if self._file else "on the disk of PostgreSQL")
        if not self._is_full:
            self._is_full = True
            logger.error("disk_full", extra={"hint": str(full)})
        raise full from None

    def _is_nothing_free(self) -> bool:
        if self._file is None:
            return False
        disk = os.statvfs(self._file.parent)
        return disk.f_bavail * disk.f_frsize < ENOUGH


def _says_lost(error: BaseException | None) -> bool:
    """What never came to the server has no code; class 08 is the wire, 57P the server that stops or starts."""
    return isinstance(error, psycopg.OperationalError) and (error.sqlstate or "08").startswith(("08", "57P"))


def _says_full(error: BaseException | None) -> bool:
    if isinstance(error, sqlite3.OperationalError):
        return _main_code(error) == sqlite3.SQLITE_FULL
    return isinstance(error, psycopg.errors.DiskFull)


def _says_disk_fault(error: BaseException | None) -> bool:
    """The side files of SQLite say no more than that something failed."""
    codes = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
    return isinstance(error, sqlite3.OperationalError) and _main_code(error) in codes


def _main_code(error: sqlite3.OperationalError) -> int:
    # What Python itself complains about, such as bytes that are no text, carries no code.
    return getattr(error, "sqlite_errorcode", 0) & _MAIN_CODE

"""The list of wishes to be forgotten, kept beside the backups: a restore must not bring back who was erased.

A line names a caregiver by a hash of her row's number and of the instant at which the programme's first worker was
entered. It tells nothing to anybody who has no database; a backup of the same programme finds her again.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.identifiers import CaregiverId
from services.privacy.erase_again import Wish
from storage.backup.archive import BackupError
from storage.engine import Database, DatabaseAwayError, open_database
from storage.holding import file_of
from storage.tables import actors, caregivers, erasures

NAME = "erased.jsonl"
_INSTANTS = ("asked_at", "due_at", "kept_at", "erased_at")


@dataclass(frozen=True)
class ErasedList:
    """Wishes by receipt, and up to when the list is complete."""

    wishes: Mapping[str, Wish]
    as_of: datetime | None = None

    def joined_by(self, wishes: Iterable[Wish], as_of: datetime | None) -> "ErasedList":
        """With what a database knows now. What became of a wish is never taken back by one that does not know it."""
        joined = dict(self.wishes)
        for wish in wishes:
            if wish.receipt not in joined or not wish.is_open:
                joined[wish.receipt] = wish
        return ErasedList(joined, max((one for one in (as_of, self.as_of) if one), default=None))


async def read_wishes(database: Database) -> Sequence[Wish] | None:
    """Every wish that the database knows; None when it has no place for them: it is empty, or of an old version."""
    told = [erasures.c[name] for name in ("caregiver_id", "receipt", "asked_at", "due_at", "cancelled_at", "done_at")]
    async with database.transaction() as connection:
        if not await connection.run_sync(lambda plain: inspect(plain).has_table(erasures.name)):
            return None
        mark = await _mark(connection)
        rows = (await connection.execute(select(*told).order_by(erasures.c.id))).all()
    return [
        Wish(_who(row.caregiver_id, mark), row.receipt, row.asked_at, row.due_at, row.cancelled_at, row.done_at)
        for row in rows
    ]


async def find_them(database: Database, wishes: Iterable[Wish]) -> list[tuple[CaregiverId, Wish]]:
    """Who of this database made these wishes; who was enrolled after the backup is not in it."""
    async with database.transaction() as connection:
        mark = await _mark(connection)
        numbers = (await connection.execute(select(caregivers.c.id))).scalars().all()
    by_hash = {_who(number, mark): CaregiverId(number) for number in numbers}
    return [(by_hash[wish.who], wish) for wish in wishes if wish.who in by_hash]


def read_list(file: Path) -> ErasedList | None:
    """The list in a file, None without one. BackupError when it cannot be read."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError(f"The list of erasures {file} cannot be read.") from error
    try:
        first, *rest = [json.loads(line) for line in lines]
        wishes = [_decode(line) for line in rest]
        return ErasedList({wish.receipt: wish for wish in wishes}, datetime.fromisoformat(first["as_of"]))
    except (KeyError, TypeError, ValueError) as error:
        raise BackupError(f"The list of erasures {file} is damaged: take the copy of another day.") from error


def write_list(file: Path, known: ErasedList) -> None:
    """All of it or nothing, for its owner only."""
    half = file.with_name(f".{file.name}.new")
    half.unlink(missing_ok=True)
    number = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w", encoding="utf-8") as stream:
        lines = [{"as_of": (known.as_of or datetime.min.replace(tzinfo=UTC)).isoformat()}]
        lines += [_encode(wish) for wish in known.wishes.values()]
        stream.writelines(json.dumps(line) + "\n" for line in lines)
        stream.flush()
        os.fsync(stream.fileno())
    half.replace(file)


async def ask_old_database(url: str, as_of: datetime) -> ErasedList | None:
    """What the database knows that is to be replaced; None when there is none, or it does not answer any more."""
    file = file_of(url)
    if file is not None and not file.is_file():
        return None
    database = open_database(url)
    try:
        wishes = await read_wishes(database)
        return None if wishes is None else ErasedList({}).joined_by(wishes, as_of)
    except (SQLAlchemyError, OSError, DatabaseAwayError):
        return None
    finally:
        await database.close()


async def renew_list(database: Database, file: Path, as_of: datetime) -> ErasedList:
    """Bring the list up to date with the database; gives what it holds now."""
    known = (read_list(file) or ErasedList({})).joined_by(await read_wishes(database) or (), as_of)
    try:
        write_list(file, known)
    except OSError as error:
        raise BackupError(f"The list of erasures {file} cannot be written ({error.strerror}).") from error
    return known


async def _mark(connection: AsyncConnection) -> str:
    """What tells this programme from every other; restored with it, and never changed."""
    first = (await connection.execute(select(func.min(actors.c.created_at)))).scalar()
    return first.isoformat() if first is not None else ""


def _who(number: int, mark: str) -> str:
    return hashlib.sha256(f"{mark}/{number}".encode()).hexdigest()


def _encode(wish: Wish) -> dict[str, Any]:
    return {name: value.isoformat() if name in _INSTANTS and value else value for name, value in asdict(wish).items()}


def _decode(line: Mapping[str, Any]) -> Wish:
    return Wish(
        who=str(line["who"]),
        receipt=str(line["receipt"]),
        asked_at=datetime.fromisoformat(line["asked_at"]),
        due_at=datetime.fromisoformat(line["due_at"]),
        kept_at=_instant(line["kept_at"]),
        erased_at=_instant(line["erased_at"]),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

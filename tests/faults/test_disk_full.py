"""The disk is full: nothing is acknowledged that was not stored, it is said in words, and room is enough to go on."""

import asyncio
import logging
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from services.ports.room import NoRoomError
from storage.engine import Database, open_database
from storage.room import DiskFullError
from storage.tables import updates
from tests.faults.figures import Figure
from tests.faults.reckoning import Show
from tests.storage.village import BOT, NOW
from tests.trips.programs import Program, running, surroundings
from tests.trips.village import SELDOM, Village, quiet_village

SIZE = "6m"
PATIENCE = 120.0
GREETINGS = 40


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    point = tmp_path / "disk"
    point.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", point], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("only root may mount a small disk")
    yield point
    subprocess.run(["umount", "-l", point], check=True)


@pytest.fixture
def url(migrated_sqlite: Path, small_disk: Path) -> str:
    return f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, small_disk / 'cradle.db')}"


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Not a byte is free, until the end."""
    ballast = disk / "ballast"
    with ballast.open("wb") as stream:
        try:
            while True:
                os.write(stream.fileno(), bytes(4096))
        except OSError:
            pass
    yield
    ballast.unlink()


async def store(database: Database, number: int) -> None:
    async with database.begin() as uow:
        body = "x" * 20_000
        await uow.updates.store(bot=BOT, update_id=number, chat="lan", body=body, at=NOW)


async def test_a_full_disk_is_said_in_words_once_and_forgotten_when_there_is_room(
    url: str, small_disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "storage.room")
    database = open_database(url)
    await store(database, 1)
    with filled(small_disk):
        stored = await store_until_full(database)
        with pytest.raises(NoRoomError):
            await store(database, 999)
        assert await newest_stored(database) == stored, "reading goes on, and half of nothing is kept"
    await store(database, stored + 1)
    assert await newest_stored(database) == stored + 1
    await database.close()
    said = [record.getMessage() for record in caplog.records if record.name == "storage.room"]
    assert said == ["disk_full", "room_again"]
    [hint] = [record.__dict__["hint"] for record in caplog.records if record.getMessage() == "disk_full"]
    assert f"no room left on the disk of {small_disk / 'cradle.db'}" in hint


async def newest_stored(database: Database) -> int:
    """The highest number of an update that was kept."""
    async with database.transaction() as connection:
        return int((await connection.execute(select(func.max(updates.c.update_id)))).scalar_one())


async def store_until_full(database: Database) -> int:
    """The last update that found room."""
    for number in range(2, 900):
        try:
            await store(database, number)
        except DiskFullError:
            return number - 1
    raise AssertionError("the disk is never full")


@pytest.mark.trip
async def test_what_lan_says_to_a_full_machine_is_answered_when_there_is_room(
    url: str, small_disk: Path, tmp_path: Path, show: Show
) -> None:
    began = time.monotonic()
    async with quiet_village(url, tmp_path) as village:
        lan = await village.person("Lan")
        settings = surroundings(village.simulator.base_url, CRADLE_DATABASE_URL=url)
        async with running("run", at=tmp_path, settings=settings) as program:
            await lan.starts()
            with filled(small_disk):
                for number in range(GREETINGS):
                    await village.stage.text(lan.phone, f"{'xin chào ' * 200}{number}")
                await says(program, "disk_full")
            await says(program, "room_again")
            await arrived(village, GREETINGS + 1)
            await village.settled()
            [(waiting,)] = await village.rows("SELECT count(*) FROM updates WHERE state <> 'done'")
            [(doubtful,)] = await village.rows("SELECT count(*) FROM outbox WHERE resent OR state = 'uncertain'")
            [(said,)] = await village.rows("SELECT count(*) FROM outbox WHERE state IN ('sent', 'uncertain')")
            more = max(0, len(await lan.messages()) - said - doubtful)
            counted = {"updates": GREETINGS + 1, "messages": said, "doubtful": doubtful, "lost": waiting}
            seconds = time.monotonic() - began
            show(Figure("disk full", "sqlite", faults=1, doubled=more, seconds=seconds, **counted))
            assert waiting == more == 0
            assert program.process.returncode is None


async def arrived(village: Village, updates: int) -> None:
    """Wait until so many updates are stored."""
    async with asyncio.timeout(PATIENCE):
        while await village.rows("SELECT count(*) FROM updates") != [(updates,)]:  # noqa: ASYNC110 - as below
            await asyncio.sleep(SELDOM)


async def says(program: Program, event: str) -> None:
    """Wait until the process has said it."""
    async with asyncio.timeout(PATIENCE):
        while event not in program.said:  # noqa: ASYNC110 - a process tells no event of ours
            await asyncio.sleep(SELDOM)

"""`cradle topics`: the coverage of topics as staff see it on the command line."""

import asyncio
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.command_line import program
from domain.identifiers import FacilityId
from storage.engine import open_database
from tests.fakes.databases import migrated_sqlite
from tests.storage.village import NOW, settle

__all__ = ["migrated_sqlite"]

TODAY = NOW.date()


@pytest.fixture
def address(migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The settings say where a database of Minh Châu's station is."""
    url = f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRADLE_DATABASE_URL", url)
    monkeypatch.setenv("CRADLE_SECRET_KEY", "a key that only these tests know, 32+")
    return url


async def _hold_sessions(url: str) -> None:
    database = open_database(url)
    village = await settle(database)
    async with database.begin() as uow:
        for on in (TODAY, TODAY - timedelta(days=30), TODAY - timedelta(days=500)):
            await uow.sessions.close(FacilityId(village.station), on, by=village.minh, at=NOW)
        await uow.sessions.note_topic(village.station, TODAY, "sleep", NOW)
    await database.close()


def asked(*arguments: str) -> list[str]:
    """The rows of the table, without its lines."""
    done = CliRunner().invoke(program, ["topics", *arguments])
    assert done.exit_code == 0, done.output
    return [" ".join(line.replace("│", " ").split()) for line in done.output.splitlines()]


def test_staff_see_each_station_and_topic_in_numbers(address: str) -> None:
    asyncio.run(_hold_sessions(address))
    shown = asked("--to", TODAY.isoformat())
    assert "Trạm Y tế Minh Châu Sleeping well 1 1 0 0 0 0" in shown
    assert "Trạm Y tế Minh Châu Clean hands, clean teeth 1 0 0 0 0 0" in shown
    assert len([line for line in shown if line.startswith("Trạm")]) == 2


def test_a_time_without_sessions_is_said_to_be_so(address: str) -> None:
    asyncio.run(_hold_sessions(address))
    shown = asked("--from", date(2020, 1, 1).isoformat(), "--to", date(2020, 2, 1).isoformat())
    assert shown == ["No session was closed and no topic noted in this time."]

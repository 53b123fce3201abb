"""`cradle audit`: what staff see on the command line, in numbers and never a name."""

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.command_line import program
from storage.engine import open_database
from tests.fakes.databases import migrated_sqlite
from tests.storage.village import settle, tip

__all__ = ["migrated_sqlite"]


@pytest.fixture
def address(migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The settings say where a database of Lan's village is."""
    url = f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRADLE_DATABASE_URL", url)
    monkeypatch.setenv("CRADLE_SECRET_KEY", "a key that only these tests know, 32+")
    return url


async def _leave_waiting(url: str) -> None:
    """A tip that was to go two days ago and is still planned."""
    database = open_database(url)
    village = await settle(database)
    two_days_ago = datetime.now(UTC) - timedelta(days=2)
    async with database.begin() as uow:
        waits = tip(village.lan, send_from=two_days_ago, expires_at=two_days_ago + timedelta(days=9))
        await uow.outbox.plan([waits], two_days_ago)
        await uow.families.change_caregiver(village.lan, amount=0)
    await database.close()


async def _settle(url: str) -> None:
    database = open_database(url)
    village = await settle(database)
    async with database.begin() as uow:
        await uow.families.change_caregiver(village.lan, amount=0)
    await database.close()


def test_a_village_without_faults_is_one_line(address: str) -> None:
    asyncio.run(_settle(address))
    done = CliRunner().invoke(program, ["audit", "--days", "2"])
    assert (done.exit_code, done.output) == (0, "Families: 1. Days: 2. Faults: 0.\n")


def test_a_tip_that_waits_is_listed_by_its_number_and_ends_with_1(address: str) -> None:
    asyncio.run(_leave_waiting(address))
    done = CliRunner().invoke(program, ["audit"])
    lines = [" ".join(line.replace("│", " ").split()) for line in done.output.splitlines()]
    assert done.exit_code == 1
    assert lines[0] == "Families: 1. Days: 3. Faults: 1."
    assert "late 1" in lines
    assert any("late 1 feeding.breast child:1" in line for line in lines)
    assert "An" not in done.output.split()


@pytest.mark.parametrize("days", ["0", "31"])
def test_other_spans_are_refused(address: str, days: str) -> None:
    asyncio.run(_settle(address))
    assert CliRunner().invoke(program, ["audit", "--days", days]).exit_code == 2

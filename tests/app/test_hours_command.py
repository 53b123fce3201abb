"""`cradle hours` as somebody meets it who keeps the machine: which hours are full, and who waits."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.command_line import program
from storage.engine import open_database
from tests.fakes.backups import own_url
from tests.fakes.databases import migrated_sqlite, postgres
from tests.storage.village import BOT, settle, tip

__all__ = ["migrated_sqlite", "own_url", "postgres"]

SLOW = "0.1"  # six a minute


@pytest.fixture(autouse=True)
def settings(own_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRADLE_SECRET_KEY", "a key that only these tests know, 32+")
    monkeypatch.setenv("CRADLE_DATABASE_URL", own_url)
    monkeypatch.setenv("CRADLE_SEND_RATE", SLOW)


def hours() -> Result:
    return CliRunner().invoke(program, ["hours"])


def plan_tips(url: str, count: int) -> None:
    """So many for Lan, at the last full hour that is to come within the day."""

    async def make() -> None:
        database = open_database(url)
        village = await settle(database)
        now = datetime.now(UTC)
        begins = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
        async with database.begin() as uow:
            rows = [tip(village.lan, occasion=f"child:{one}", send_from=begins) for one in range(count)]
            await uow.outbox.plan(rows, now)
        await database.close()

    asyncio.run(make())


def test_nothing_planned_is_said_in_words(own_url: str) -> None:
    shown = hours()
    assert (shown.exit_code, shown.output.strip()) == (0, "Nothing is planned for the next day yet.")


def test_an_hour_that_is_not_full_needs_no_words(own_url: str) -> None:
    plan_tips(own_url, 60)
    shown = hours()
    (row,) = [line for line in shown.output.splitlines() if BOT in line]
    assert row.split()[-2] == "60"
    assert row.split()[-1].endswith(":10")
    assert "Who waits" not in shown.output


def test_of_an_hour_that_is_too_full_it_is_told_when_the_last_leaves_and_who_waits(own_url: str) -> None:
    plan_tips(own_url, 420)
    shown = hours()
    assert shown.exit_code == 0
    assert max(len(line) for line in shown.output.splitlines()) <= 80
    (row,) = [line for line in shown.output.splitlines() if BOT in line]
    assert row.split()[-3] == "420"
    assert row.split()[-1] == "60"
    assert "Who waits" in shown.output

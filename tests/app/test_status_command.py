"""`cradle status` as somebody meets it who keeps the machine: in eighty columns, without colours, and for scripts."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.command_line import program
from storage.engine import Database, open_database
from tests.fakes.backups import own_url
from tests.fakes.databases import migrated_sqlite, postgres
from tests.storage.village import BOT, NOW, reply, settle

__all__ = ["migrated_sqlite", "own_url", "postgres"]


@pytest.fixture(autouse=True)
def settings(own_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRADLE_SECRET_KEY", "a key that only these tests know, 32+")
    monkeypatch.setenv("CRADLE_DATABASE_URL", own_url)


def status(*options: str) -> Result:
    return CliRunner().invoke(program, ["status", *options])


def trouble_at(url: str) -> None:
    """A reply that has waited since 2026, a refused bot with markup in its name, and a parked update."""

    async def make() -> None:
        database: Database = open_database(url)
        village = await settle(database)
        async with database.begin() as uow:
            await uow.outbox.plan([reply(village.chat, "update:1", NOW - timedelta(days=400))], NOW)
            await uow.operations.note_bot("[b]7[/b]", refused_as="InvalidToken", wall=NOW)
            await uow.updates.store(bot=BOT, update_id=1, chat="lan", body='{"text":"Lan writes"}', at=NOW)
            found = await uow.updates.next_of(BOT, "lan")
            assert found is not None
            await uow.updates.failed(found.id, problem="KeyError", parked=True, at=NOW)
            await uow.updates.end_turn(BOT, "lan", retry_at=None)
        await database.close()

    asyncio.run(make())


def test_once_is_a_page_of_eighty_columns_that_says_in_words_what_is_wrong(own_url: str) -> None:
    trouble_at(own_url)
    shown = status("--once")
    assert shown.exit_code == 1
    assert "\x1b" not in shown.output
    assert max(len(line) for line in shown.output.splitlines()) <= 80
    words = " ".join(shown.output.split())
    for sentence in ("Telegram has refused bot [b]7[/b]", "Replies wait: 1 of them", "1 updates are parked"):
        assert sentence in words
    assert "Nobody watches" in words
    assert "Lan" not in shown.output


def test_a_script_gets_the_same_as_json(own_url: str) -> None:
    trouble_at(own_url)
    shown = status("--json")
    assert shown.exit_code == 1
    figures = json.loads(shown.output)
    assert figures["queues"]["reply"]["due"] == 1
    assert figures["updates"] == {"waiting": 0, "lag_seconds": 0.0, "parked": 1}
    assert {one["kind"] for one in figures["trouble"]} >= {"refused", "replies", "parked", "tick"}
    assert figures["bots"]["[b]7[/b]"]["refused_as"] == "InvalidToken"


def test_a_scheduler_that_never_ran_is_said(own_url: str) -> None:
    del own_url
    shown = status("--once")
    assert shown.exit_code == 1
    assert "The scheduler has never run plan_day." in shown.output

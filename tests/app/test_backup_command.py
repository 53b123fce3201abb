"""`cradle backup` and `cradle restore` as somebody meets them who keeps the machine: what works, and every refusal."""

import asyncio
import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from app.command_line import program
from storage.backup.erased import read_list
from storage.backup.postgres_tools import conninfo_of
from storage.engine import open_database
from storage.holding import use
from tests.fakes.backups import elsewhere, own_url
from tests.fakes.databases import migrated_sqlite, postgres
from tests.storage.village import Village, settle

__all__ = ["migrated_sqlite", "own_url", "postgres"]

pytestmark = pytest.mark.use_case
HOUSE = Path(__file__).resolve().parents[2]
Elsewhere = Callable[[], str]


@pytest.fixture(autouse=True)
def settings(own_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings name the database of this test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRADLE_SECRET_KEY", "a key that only these tests know, 32+")
    monkeypatch.setenv("CRADLE_DATABASE_URL", own_url)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The name of the backup."""
    return tmp_path / "kept" / "monday.backup"


@pytest.fixture
def move(own_url: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    """Another machine: the settings name a database that is not there yet."""

    def move_on() -> str:
        url = elsewhere(own_url, request, tmp_path)
        monkeypatch.setenv("CRADLE_DATABASE_URL", url)
        return url

    return move_on


def cradle(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, [str(one) for one in arguments])


def done(*arguments: str | Path) -> str:
    """What a command said that worked."""
    result = cradle(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: str | Path) -> str:
    """The sentence of a command that did not."""
    result = cradle(*arguments)
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    return " ".join(result.output.split())


def settled(url: str) -> Village:
    """Lan's family is there."""

    async def settle_there() -> Village:
        database = open_database(url)
        try:
            return await settle(database)
        finally:
            await database.close()

    return asyncio.run(settle_there())


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    """What a query finds, or changes."""

    async def ask() -> list[tuple[object, ...]]:
        database = open_database(url)
        try:
            async with database.transaction() as connection:
                result = await connection.execute(text(query))
                return [tuple(row) for row in result] if result.returns_rows else []
        finally:
            await database.close()

    return asyncio.run(ask())


def test_a_backup_is_for_its_owners_eyes_and_never_overwrites_another(own_url: str, kept: Path) -> None:
    settled(own_url)
    done("backup", kept)
    before = kept.read_bytes()
    assert "is there already" in refused("backup", kept)
    assert kept.read_bytes() == before
    done("backup", kept, "--force")
    done("backup", kept.parent)
    assert {one.stat().st_mode & 0o777 for one in kept.parent.iterdir()} == {0o600}
    assert len(list(kept.parent.glob("cradle-*Z.backup"))) == 1
    assert not [one for one in kept.parent.iterdir() if one.name.startswith(".")]


def test_an_empty_database_is_no_backup(kept: Path, move: Elsewhere) -> None:
    move()
    assert "CRADLE_DATABASE_URL" in (said := refused("backup", kept)) or "cradle migrate" in said
    assert not list(kept.parent.glob("*.backup"))


def test_what_is_there_is_replaced_only_when_asked_and_then_kept_aside(own_url: str, kept: Path) -> None:
    settled(own_url)
    done("backup", kept)
    rows(own_url, "UPDATE children SET name = 'Bông'")
    assert "not empty" in refused("restore", kept)
    assert rows(own_url, "SELECT name FROM children") == [("Bông",)]
    said = done("restore", kept, "--replace")
    assert rows(own_url, "SELECT name FROM children") == [("An",)]
    assert _names_aside(own_url, said) == ["Bông"]


def _names_aside(url: str, said: str) -> list[str]:
    aside = said.partition("The old database is kept: ")[2].partition(". It holds")[0]
    if url.startswith("sqlite"):
        with sqlite3.connect(aside) as old:
            return [row[0] for row in old.execute("SELECT name FROM children")]
    schema = aside.removeprefix("the schema ")
    with psycopg.connect(conninfo_of(url)) as connection:
        return [row[0] for row in connection.execute(f'SELECT name FROM "{schema}".children'.encode())]


def test_nothing_is_restored_while_cradle_runs(own_url: str, kept: Path) -> None:
    settled(own_url)
    done("backup", kept)
    if own_url.startswith("sqlite"):
        with use(own_url):
            said = refused("restore", kept, "--replace")
    else:
        with psycopg.connect(conninfo_of(own_url)):
            said = refused("restore", kept, "--replace")
    assert "Stop all" in said
    done("restore", kept, "--replace")


def test_a_damaged_backup_is_refused_and_nothing_is_changed(own_url: str, kept: Path) -> None:
    settled(own_url)
    done("backup", kept)
    with zipfile.ZipFile(kept) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        [body] = [name for name in archive.namelist() if name != "manifest.json"]
        content = bytearray(archive.read(body))
    content[len(content) // 2] ^= 1
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(body, bytes(content))
        archive.writestr("manifest.json", json.dumps(manifest))
    assert "is damaged" in refused("restore", kept, "--replace")
    kept.write_bytes(kept.read_bytes()[:-100])
    assert "no backup of Cradle" in refused("restore", kept, "--replace")
    assert rows(own_url, "SELECT name FROM children") == [("An",)]


def test_a_backup_of_a_newer_version_is_refused_and_nothing_is_changed(own_url: str, kept: Path) -> None:
    settled(own_url)
    [(revision,)] = rows(own_url, "SELECT version_num FROM alembic_version")
    rows(own_url, "UPDATE alembic_version SET version_num = '9999_newer'")
    done("backup", kept)
    rows(own_url, f"UPDATE alembic_version SET version_num = '{revision}'")
    assert "that version is newer" in refused("restore", kept, "--replace")
    assert rows(own_url, "SELECT name FROM children") == [("An",)]


def test_a_backup_of_an_older_version_is_brought_up_to_date(kept: Path, move: Elsewhere) -> None:
    old = move()
    steps = ["-m", "alembic", "-x", f"url={old}", "upgrade", "0001"]
    subprocess.run([sys.executable, *steps], cwd=HOUSE, check=True, capture_output=True, timeout=60)
    done("backup", kept)
    done("restore", kept, "--replace")
    assert "up to date" in done("migrate")
    assert rows(old, "SELECT count(*) FROM erasures") == [(0,)]


def test_a_backup_of_the_other_engine_is_refused_in_words(
    own_url: str, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(own_url)
    done("backup", kept)
    other = "postgresql+psycopg://x@127.0.0.1:1/x" if own_url.startswith("sqlite") else "sqlite+aiosqlite:///other.db"
    monkeypatch.setenv("CRADLE_DATABASE_URL", other)
    assert "its own engine only" in refused("restore", kept)


def test_without_the_list_of_erasures_a_restore_asks_first(own_url: str, kept: Path, move: Elsewhere) -> None:
    settled(own_url)
    done("backup", kept)
    (kept.parent / "erased.jsonl").unlink()
    move()
    assert "no list of erasures" in refused("restore", kept)
    done("restore", kept, "--without-erased")


def test_the_list_of_erasures_tells_nobody_by_name_or_number(own_url: str, kept: Path) -> None:
    village = settled(own_url)
    asked = "INSERT INTO erasures (caregiver_id, asked_at, due_at, receipt) VALUES ({}, '{}', '{}', 'CR-7K3M-92QD')"
    rows(own_url, asked.format(village.lan, "2026-11-20 02:00:00", "2026-11-23 02:00:00"))
    done("backup", kept)
    listed = read_list(kept.parent / "erased.jsonl")
    assert listed is not None
    [wish] = listed.wishes.values()
    assert len(wish.who) == 64
    assert wish.is_open


@pytest.mark.parametrize("own_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_without_postgresqls_programs_it_says_how_to_get_them(
    own_url: str, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(own_url)
    monkeypatch.setenv("PATH", "/nowhere")
    assert "apt install postgresql-client" in refused("backup", kept)

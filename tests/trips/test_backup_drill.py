"""The drill: a backup while everybody writes, the machine lost, the backup restored, and the bot goes on."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from domain.people import ActorRole
from domain.sending.outbox import Lane, OutboxState
from services.ports.outbox import OutboxEntry
from storage.engine import open_database
from tests.fakes.backups import elsewhere, own_url, writing
from tests.fakes.databases import migrated_sqlite, postgres
from tests.storage.village import settle
from tests.trips.journeys import enrol_and_join
from tests.trips.programs import Ended, cradle, running, surroundings
from tests.trips.village import quiet_village

__all__ = ["migrated_sqlite", "own_url", "postgres"]


def said_by(ended: Ended) -> str:
    """What a command said that worked."""
    assert ended.code == 0, ended.said
    return ended.said


async def count(url: str, query: str) -> int:
    """The number that a query gives."""
    database = open_database(url)
    try:
        async with database.transaction() as connection:
            return int((await connection.execute(text(query))).scalar_one())
    finally:
        await database.close()


async def test_a_backup_made_while_others_write_holds_one_moment_and_comes_back_whole(
    own_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    database = open_database(own_url)
    village = await settle(database)
    await database.close()
    at_home, there = surroundings(CRADLE_DATABASE_URL=own_url), elsewhere(own_url, request, tmp_path)
    with writing(own_url, village.lan):
        begun = await count(own_url, "SELECT count(*) FROM updates")
        kept = said_by(await cradle("backup", "kept.backup", at=tmp_path, settings=at_home))
    ended = await count(own_url, "SELECT count(*) FROM updates")
    assert "1 families, 1 children, 1 caregivers" in kept
    said_by(await cradle("restore", "kept.backup", at=tmp_path, settings=surroundings(CRADLE_DATABASE_URL=there)))
    updates = await count(there, "SELECT count(*) FROM updates")
    assert begun <= updates < ended
    # An update and a message in each transaction: the middle of one would show.
    assert await count(there, "SELECT count(*) FROM outbox WHERE message_key LIKE 'writing.%'") == updates
    assert_is_whole(there)


def assert_is_whole(url: str) -> None:
    """SQLite says so itself; PostgreSQL checks its keys while it restores."""
    if url.startswith("sqlite"):
        with sqlite3.connect(make_url(url).database or "") as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert file.execute("PRAGMA foreign_key_check").fetchall() == []


async def test_after_the_drill_lan_is_answered_and_nothing_comes_twice(own_url: str, tmp_path: Path) -> None:
    async with quiet_village(own_url, tmp_path) as village:
        settings = surroundings(village.simulator.base_url, CRADLE_DATABASE_URL=own_url)
        async with running("run", at=tmp_path, settings=settings) as program:
            minh = await village.actor("Minh", ActorRole.VOLUNTEER)
            lan, hue = await village.person("Lan"), await village.person("Huệ")
            await enrol_and_join(minh, lan, born="10/11/2026", name="An")
            kept, _ = await asyncio.gather(
                cradle("backup", "kept.backup", at=tmp_path, settings=settings),
                enrol_and_join(minh, hue, born="11/11/2026", name="Bông"),
            )
            said_by(kept)
            await village.pass_time(days=4)
            await village.settled()
            await program.is_killed()
        before = tips_sent(await village.ledger(lan))
        await village.parts.database.close()
        said_by(await cradle("restore", "kept.backup", "--replace", at=tmp_path, settings=settings))
        async with running("run", at=tmp_path, settings=settings):
            assert await lan.types("/menu")
            await village.pass_time(days=9)
            await village.settled()
        after = tips_sent(await village.ledger(lan))
    assert before
    assert after
    assert before & after == set()


def tips_sent(ledger: list[OutboxEntry]) -> set[tuple[str, str]]:
    """Which tips a phone got."""
    sent = (one for one in ledger if one.lane is Lane.TIP and one.state is OutboxState.SENT)
    return {(one.message_key, one.occasion) for one in sent}

"""SIGTERM, as systemd and containers send it: each process ends by itself, and holds nothing when it has ended."""

import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.engine import Database
from tests.fakes.simulator import running_simulator
from tests.simulator.stage_client import Stage
from tests.trips.programs import TRACE, running, surroundings
from tests.trips.test_command_line import eventually
from tests.trips.village import START, TOKEN

pytestmark = [pytest.mark.trip, pytest.mark.timeout(1200)]
WITHIN = 20
PEOPLE = 24
SLOW = "4"


@pytest.fixture
async def stage(anyio_backend: str) -> AsyncIterator[Stage]:
    async with running_simulator([TOKEN], START) as simulator:
        yield simulator.stage


async def counted(database: Database, condition: str) -> int:
    async with database.transaction() as connection:
        return int((await connection.execute(text(f"SELECT count(*) FROM {condition}"))).scalar() or 0)


async def spoken_to(stage: Stage) -> list[int]:
    return [entry["params"]["chat_id"] for entry in await stage.journal(method="sendMessage")]


async def test_a_bot_in_the_middle_of_its_work_ends_what_it_began_and_gives_back_the_rest(
    database: Database, database_url: str, tmp_path: Path, stage: Stage
) -> None:
    origin = str(stage.base_url)
    settings = surroundings(origin, CRADLE_DATABASE_URL=database_url, CRADLE_SEND_RATE=SLOW)
    people = [await stage.add_phone(f"Lan {number}") for number in range(PEOPLE)]
    for one in people:
        await stage.text(one, "/start")
    async with running("bot", at=tmp_path, settings=settings) as bot:
        while len(await spoken_to(stage)) < 5:
            assert await stage.journal(method="sendMessage", timeout=20)
            assert bot.process.returncode is None, bot.said
        assert await bot.is_stopped(signal.SIGTERM, within=WITHIN) == 0
        assert TRACE.search(bot.said) is None
    said = await spoken_to(stage)
    assert 5 <= len(said) < PEOPLE
    assert await counted(database, "outbox WHERE state = 'sent'") == len(said)
    assert await counted(database, "outbox WHERE state = 'sending' OR lease_until IS NOT NULL") == 0
    assert await counted(database, "chat_turns WHERE lease_until IS NOT NULL") == 0

    quick = {**settings, "CRADLE_SEND_RATE": "30"}
    async with running("bot", at=tmp_path, settings=quick) as following:
        seen = 0
        while await counted(database, "outbox WHERE state <> 'sent'") or len(set(await spoken_to(stage))) < PEOPLE:
            seen = max([seen, *(entry["seq"] for entry in await stage.journal(since=seen, timeout=1))])
        assert await following.is_stopped(signal.SIGTERM, within=WITHIN) == 0
    assert await counted(database, "outbox") == len(await spoken_to(stage))


async def test_the_console_ends_and_lets_go_of_its_port(migrated_sqlite: Path, tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'one.db')}"
    settings = surroundings(CRADLE_DATABASE_URL=url)
    for _ in range(2):
        async with running("console", at=tmp_path, settings=settings) as console:
            await eventually(f"http://{settings['CRADLE_BIND']}/healthz")
            assert await console.is_stopped(signal.SIGTERM, within=WITHIN) == 0
            assert TRACE.search(console.said) is None


async def test_the_scheduler_ends_and_the_next_one_leads(
    database: Database, database_url: str, tmp_path: Path, stage: Stage
) -> None:
    settings = surroundings(str(stage.base_url), CRADLE_DATABASE_URL=database_url)
    for _ in range(2):
        async with running("scheduler", at=tmp_path, settings=settings) as scheduler:
            while not (await stage.clock())["follower"]:
                assert scheduler.process.returncode is None, scheduler.said
                await stage.wait_for_clock(rev=(await stage.clock())["rev"], timeout=1)
            assert await scheduler.is_stopped(signal.SIGTERM, within=WITHIN) == 0
            assert TRACE.search(scheduler.said) is None
        await stage.follow(0.001)
    assert await counted(database, "tick_runs") > 0

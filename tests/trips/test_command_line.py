"""The command line as somebody meets it who installs Cradle: what works, and one clear sentence for what does not."""

import asyncio
import shutil
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from storage.engine import open_database
from tests.fakes.ports import free_port
from tests.fakes.simulator import running_simulator
from tests.simulator.stage_client import Stage
from tests.trips.programs import TRACE, Ended, Program, cradle, running, surroundings
from tests.trips.village import ROOT, START, TOKEN

AREA = ROOT / "app" / "demo" / "area.csv"
PAGE = "http://127.0.0.1:8090"
WORKERS_OF_DEMO = 3  # Minh, Hoa, and who enrolled the neighbours
SIGNALS = (signal.SIGINT, signal.SIGTERM)
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def file_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """One file is enough where the command does not care which database it is."""
    return f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'one.db')}"


@pytest.fixture
async def origin(anyio_backend: str) -> AsyncIterator[str]:
    """A simulator for commands that ask Telegram."""
    async with running_simulator([TOKEN], START) as simulator:
        yield simulator.base_url


def is_a_sentence(ended: Ended, *words: str, code: int = 1) -> bool:
    """It ended so, said these words, and showed nothing of its inside."""
    assert ended.code == code, ended.said
    assert TRACE.search(ended.said) is None, ended.said
    assert TOKEN not in ended.said
    return all(word in ended.said for word in words)


async def at_once(*commands: tuple[str, ...], at: Path, settings: dict[str, str]) -> list[Ended]:
    """How these commands end, side by side."""
    return await asyncio.gather(*(cradle(*one, at=at, settings=settings) for one in commands))


async def eventually(url: str, *, status: int = 200, seconds: float = 30) -> httpx.Response:
    """The answer of an address that is about to be there."""
    async with asyncio.timeout(seconds), httpx.AsyncClient(trust_env=False) as client:
        while True:
            try:
                answer = await client.get(url)
            except httpx.TransportError:
                await asyncio.sleep(0.02)
            else:
                assert answer.status_code == status
                return answer


def _is_taken(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


async def say(program: Program, words: str, seconds: float = 30) -> str:
    """What it said, once these words are in it."""
    async with asyncio.timeout(seconds):
        while words not in program.said:
            assert program.process.returncode is None, program.said
            await asyncio.sleep(0.02)
    return program.said


async def count(url: str, table: str) -> int:
    database = open_database(url)
    async with database.transaction() as connection:
        number: Any = (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar()
    await database.close()
    return int(number)


async def test_a_wrong_setting_is_named_with_what_was_expected(tmp_path: Path) -> None:
    settings = surroundings(CRADLE_BIND="nonsense", CRADLE_TELEGRAM_TOKEN="no-token", CRADLE_SECRET_KEY="short")
    for ended in await at_once(("run",), ("migrate",), at=tmp_path, settings=settings):
        assert is_a_sentence(ended, "CRADLE_BIND", "host:port", "CRADLE_TELEGRAM_TOKEN", "CRADLE_SECRET_KEY", code=2)
        assert "no-token" not in ended.said


async def test_a_new_database_is_migrated_once_and_before_anything_else(tmp_path: Path, origin: str) -> None:
    settings = surroundings(origin)
    commands = (("run",), ("staff", "add", "Mai"), ("area", "import", str(AREA)))
    for ended in await at_once(*commands, at=tmp_path, settings=settings):
        assert is_a_sentence(ended, "Run `cradle migrate`")
    assert is_a_sentence(await cradle("migrate", at=tmp_path, settings=settings), "Done", code=0)
    assert is_a_sentence(await cradle("migrate", at=tmp_path, settings=settings), "up to date", code=0)


async def test_a_database_that_is_away_or_newer_is_one_sentence(tmp_path: Path, database_url: str) -> None:
    away = surroundings(CRADLE_DATABASE_URL=f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/cradle")
    blocked = surroundings(CRADLE_DATABASE_URL="sqlite+aiosqlite:////proc/nowhere/cradle.sqlite3")
    for settings in (away, blocked):
        ended = await cradle("migrate", at=tmp_path, settings=settings)
        assert is_a_sentence(ended, "The database cannot be reached", "CRADLE_DATABASE_URL")
    database = open_database(database_url)
    async with database.transaction() as connection:
        [(version,)] = (await connection.execute(text("SELECT version_num FROM alembic_version"))).all()
        await connection.execute(text("UPDATE alembic_version SET version_num = 'of-tomorrow'"))
        await connection.execute(text("DELETE FROM schema_floor"))
        await connection.execute(text("INSERT INTO schema_floor VALUES ('of-tomorrow')"))
    try:
        ended = await cradle("run", at=tmp_path, settings=surroundings(CRADLE_DATABASE_URL=database_url))
        assert is_a_sentence(ended, "A newer version of Cradle")
    finally:
        async with database.transaction() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = :known"), {"known": version})
            await connection.execute(text("UPDATE schema_floor SET oldest = '0004'"))
        await database.close()


async def test_a_token_that_telegram_does_not_know_is_one_sentence_without_it(
    tmp_path: Path, file_url: str, origin: str
) -> None:
    settings = surroundings(origin, CRADLE_DATABASE_URL=file_url, CRADLE_TELEGRAM_TOKEN="123456:stranger-to-telegram")
    for ended in await at_once(("run",), ("staff", "add", "Mai"), ("doctor",), at=tmp_path, settings=settings):
        assert is_a_sentence(ended, "Telegram does not know this token", "CRADLE_TELEGRAM_TOKEN")
        assert "stranger-to-telegram" not in ended.said


async def test_a_taken_port_is_one_sentence(tmp_path: Path, file_url: str, origin: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = f"127.0.0.1:{listener.getsockname()[1]}"
        binds = {"CRADLE_BIND": taken, "CRADLE_SIMULATOR_BIND": taken}
        settings = surroundings(origin, CRADLE_DATABASE_URL=file_url, **binds)
        ended, world = await at_once(("run",), ("simulator",), at=tmp_path, settings=settings)
        assert is_a_sentence(ended, taken, "taken", "CRADLE_BIND")
        assert is_a_sentence(world, taken.partition(":")[2], "taken", "CRADLE_SIMULATOR_BIND")


async def test_a_wrong_row_of_an_area_saves_nothing_and_a_right_file_saves_all(
    tmp_path: Path, file_url: str, origin: str
) -> None:
    settings = surroundings(origin, CRADLE_DATABASE_URL=file_url)
    lines = AREA.read_text(encoding="utf-8").splitlines()
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("\n".join([*lines, lines[1].replace("Asia/", "Asien/"), "too,few"]), encoding="utf-8")
    ended = await cradle("area", "import", str(wrong), at=tmp_path, settings=settings)
    assert is_a_sentence(ended, f"line {len(lines) + 1}", f"line {len(lines) + 2}", "Nothing was saved")
    assert await count(file_url, "facilities") == await count(file_url, "provinces") == 0

    for _ in range(2):
        ended = await cradle("area", "import", str(AREA), at=tmp_path, settings=settings)
        assert is_a_sentence(ended, "Saved", code=0)
    assert await count(file_url, "facilities") == len(lines) - 1
    ended = await cradle("doctor", at=tmp_path, settings=settings)
    assert is_a_sentence(ended, "The numbers of Quảng Ninh (115, 111) have not been verified for a year", code=0)
    ended = await cradle("area", "import", "nowhere.csv", at=tmp_path, settings=settings)
    assert is_a_sentence(ended, "nowhere.csv", code=2)


async def test_staff_are_invited_by_a_link_and_the_doctor_is_content(
    tmp_path: Path, file_url: str, origin: str
) -> None:
    settings = surroundings(origin, CRADLE_DATABASE_URL=file_url)
    ended = await cradle("staff", "add", "Mai", at=tmp_path, settings=settings)
    assert is_a_sentence(ended, "https://t.me/cradle_demo_bot?start=", code=0)
    ended = await cradle("doctor", at=tmp_path, settings=settings)
    assert is_a_sentence(ended, "schema is up to date", "@cradle_demo_bot", code=0)
    ended = await cradle("doctor", at=tmp_path, settings={**settings, "CRADLE_TELEGRAM_API": NOBODY})
    assert is_a_sentence(ended, "✗ Telegram cannot be reached", "schema is up to date")


async def test_texts_are_checked_and_the_exit_code_says_how_they_are(tmp_path: Path) -> None:
    ended = await cradle("content", "check", at=tmp_path, settings=surroundings())
    assert ended.code == (0 if "in order" in ended.out else 1)
    assert TRACE.search(ended.said) is None


@pytest.mark.parametrize("by", SIGNALS)
async def test_everything_starts_with_telegram_unreachable_and_stops_at_once(
    tmp_path: Path, file_url: str, by: signal.Signals
) -> None:
    settings = surroundings(CRADLE_DATABASE_URL=file_url, CRADLE_TELEGRAM_API=NOBODY)
    async with running("run", at=tmp_path, settings=settings) as program:
        health = await eventually(f"http://{settings['CRADLE_BIND']}/healthz")
        assert health.json()["status"] == "ok"
        await say(program, "telegram_unreachable")
        assert await program.is_stopped(by, within=6) == 0
    assert TRACE.search(program.said) is None
    assert TOKEN not in program.said


@pytest.mark.parametrize("by", SIGNALS)
async def test_a_running_bot_stops_at_once_and_holds_nothing(
    tmp_path: Path, database_url: str, origin: str, by: signal.Signals
) -> None:
    settings = surroundings(origin, CRADLE_DATABASE_URL=database_url)
    async with running("run", at=tmp_path, settings=settings) as program, Stage(origin) as stage:
        lan = await stage.add_phone("Lan")
        await stage.text(lan, "/start")
        assert await stage.journal(method="sendMessage", chat_id=lan, timeout=20)
        await stage.text(lan, "/help")
        assert await program.is_stopped(by, within=6) == 0
    assert TRACE.search(program.said) is None
    assert await count(database_url, "outbox WHERE state = 'sending'") == 0
    assert await count(database_url, "chat_turns WHERE lease_until IS NOT NULL") == 0


async def test_the_simulator_dies_under_a_running_bot_and_comes_back(tmp_path: Path, file_url: str) -> None:
    bind = f"127.0.0.1:{free_port()}"
    origin = f"http://{bind}"
    settings = surroundings(origin, CRADLE_DATABASE_URL=file_url, CRADLE_SIMULATOR_BIND=bind)
    world = ("simulator", "--state", "world.jsonl")
    async with running("run", at=tmp_path, settings=settings) as bot:
        async with running(*world, at=tmp_path, settings=settings), Stage(origin) as stage:
            await eventually(f"{origin}/sim/clock")
            lan = await stage.add_phone("Lan")
            await stage.text(lan, "/start")
            assert await stage.journal(method="sendMessage", chat_id=lan, timeout=20)
        await eventually(f"http://{settings['CRADLE_BIND']}/healthz")
        async with running(*world, at=tmp_path, settings=settings) as simulator, Stage(origin) as stage:
            await eventually(f"{origin}/sim/clock")
            before = len(await stage.messages(lan))
            await stage.text(lan, "/help")
            while len(await stage.messages(lan)) < before + 2:
                assert await stage.journal(since=0, timeout=1) is not None
                assert bot.process.returncode is None, bot.said
            assert await simulator.is_stopped(signal.SIGINT, within=3) == 0
        assert TRACE.search(simulator.said) is None
        assert await bot.is_stopped(signal.SIGTERM, within=6) == 0
    for unsaid in (TOKEN, "Lan", "Traceback"):
        assert unsaid not in bot.said


async def test_the_demo_shows_the_phones_goes_on_and_begins_anew(tmp_path: Path) -> None:
    for port in (8080, 8090):
        if _is_taken(port):
            pytest.skip(f"port {port}, which the demo needs, is taken on this machine: nothing of it was tested")
    settings = surroundings()
    async with running("demo", at=tmp_path, settings=settings) as demo, Stage(PAGE) as stage:
        said = await say(demo, "http", seconds=10)
        assert said.partition("http")[2].split()[0] == PAGE.removeprefix("http")
        assert "<html" in (await eventually(PAGE, seconds=10)).text.lower()
        await say(demo, "begins anew")
        for place in (0, 3):
            worker = (await stage.state())["phones"][place]["id"]
            assert await stage.journal(method="sendMessage", chat_id=worker, timeout=10)
        chats = [len(phone["messages"]) for phone in (await stage.state())["phones"]]
        for ended in await at_once(("demo",), ("demo", "--reset"), at=tmp_path, settings=settings):
            assert is_a_sentence(ended, "127.0.0.1:8090", "already")
        assert await demo.is_stopped(signal.SIGINT, within=6) == 0
    assert len(chats) == 4
    assert TRACE.search(demo.said) is None

    async with running("demo", at=tmp_path, settings=settings) as again, Stage(PAGE) as stage:
        await say(again, "as you left it")
        assert [len(phone["messages"]) for phone in (await stage.state())["phones"]] == chats
        assert await count(f"sqlite+aiosqlite:///{tmp_path}/var/demo/cradle.sqlite3", "actors") == WORKERS_OF_DEMO
        assert TRACE.search(again.said) is None
        page, _writer = await asyncio.open_connection("127.0.0.1", 8090)
        await again.is_killed()
        assert await asyncio.wait_for(page.read(), 10) == b""  # the simulator does not outlive the demo
    assert is_a_sentence(await cradle("demo", "--reset", at=tmp_path, settings=settings), "make demo", code=0)
    assert not (tmp_path / "var" / "demo").exists()

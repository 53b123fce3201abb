"""How soon a mother is answered while a campaign waits for everybody: from her update to the reply's arrival."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median, quantiles

import aiohttp

from benchmarks.cradle_process import SECRET, WITHOUT_SCHEDULER, Place, Running, cradle
from benchmarks.databases import fresh_address
from benchmarks.households import NOW, add_households
from benchmarks.measurement import Measurement
from benchmarks.queueing import Queue, queue_for_all
from benchmarks.telegram_server import Telegram, telegram
from content.library import load_library
from domain.sending.outbox import Lane
from storage.engine import open_database

CAMPAIGN = 100_000
UPDATES_A_SECOND = 15
SECONDS = 60
WARM_UP = 3
LAST_ANSWER = 15.0
BOUND = 150
PEER = "python-telegram-bot's AIORateLimiter, whose worst reply behind a broadcast took 11,800 ms"
WORDS = ("/help", "/child", "/settings")


def replies_sqlite() -> Measurement:
    """On a file of SQLite."""
    return asyncio.run(_measure("sqlite"))


def replies_postgres() -> Measurement:
    """On PostgreSQL."""
    return asyncio.run(_measure("postgres"))


async def _measure(kind: str) -> Measurement:
    async with _busy(kind) as (running, world):
        await _write(running, world, range(UPDATES_A_SECOND * WARM_UP))
        first = world.count
        waits = await _write(running, world, range(1_000, 1_000 + UPDATES_A_SECOND * SECONDS))
        others = world.count - first - len(waits)
    worst = (
        f"median {median(waits):.0f} ms, worst {max(waits):.0f} ms; beside it {others / SECONDS:.1f} of the campaign/s"
    )
    p95 = quantiles(waits, n=20)[-1]
    return Measurement(f"replies_{kind}", p95, "ms, p95", BOUND, at_most=True, peer=f"{PEER}; {worst}")


@asynccontextmanager
async def _busy(kind: str) -> AsyncIterator[tuple[Running, Telegram]]:
    """A bot in the middle of a campaign."""
    async with fresh_address(kind) as url, telegram(NOW) as world:
        database = open_database(url)
        await add_households(database, CAMPAIGN)
        await queue_for_all(database, load_library(), Queue(Lane.CAMPAIGN, CAMPAIGN, NOW))
        await database.close()
        async with cradle(Place(url, world.origin), WITHOUT_SCHEDULER, webhook=True) as running:
            yield running, world


@dataclass(frozen=True)
class _Writer:
    """Somebody whose turn in the campaign is far away."""

    number: int

    @property
    def chat(self) -> int:
        return 10_000_000 + CAMPAIGN - self.number

    @property
    def update(self) -> bytes:
        user = {"id": self.chat, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
        message = {
            "message_id": 1,
            "date": int(NOW.timestamp()),
            "chat": {"id": self.chat, "type": "private", "first_name": "Lan"},
            "from": user,
            "text": WORDS[self.number % len(WORDS)],
        }
        return json.dumps({"update_id": 1 + self.number, "message": message}).encode()


async def _write(running: Running, world: Telegram, numbers: range) -> list[float]:
    """One after another writes, at an even pace; gives after how many milliseconds each was answered."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    written: dict[int, float] = {}

    async def write(session: aiohttp.ClientSession, writer: _Writer) -> None:
        written[writer.chat] = loop.time()
        async with session.post(running.webhook, data=writer.update, headers=_HEADERS) as answer:
            answer.raise_for_status()

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        for turn, number in enumerate(numbers):
            await asyncio.sleep(begun + turn / UPDATES_A_SECOND - loop.time())
            group.create_task(write(session, _Writer(number)))
    async with asyncio.timeout(LAST_ANSWER):
        await world.until_spoken_to(written)
    return [(world.spoken[chat][0] - at) * 1000 for chat, at in written.items()]


_HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}

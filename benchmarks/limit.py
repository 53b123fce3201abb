"""How much of Telegram's limit a bot uses while thousands wait, against the simulator that holds it to that limit."""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks.cradle_process import LOOK_EVERY, PATIENCE, TOKEN, WITHOUT_SCHEDULER, Place, cradle, free_port
from benchmarks.databases import fresh_address
from benchmarks.households import BOT, NOW, add_households
from benchmarks.measurement import Measurement
from benchmarks.queueing import Queue, queue_for_all
from content.library import load_library
from domain.sending.outbox import Lane
from storage.engine import open_database

RECIPIENTS = 5_000
A_SECOND = 30
SECONDS = 120
WARM_UP = 3
BOUND = 98
FIRST_CHAT = 10_000_000


def limit_sqlite() -> Measurement:
    """On a file of SQLite."""
    return asyncio.run(_measure("sqlite"))


def limit_postgres() -> Measurement:
    """On PostgreSQL."""
    return asyncio.run(_measure("postgres"))


async def _measure(kind: str) -> Measurement:
    async with fresh_address(kind) as url, _simulator() as world:
        database = open_database(url)
        await add_households(database, RECIPIENTS)
        await queue_for_all(database, load_library(), Queue(Lane.TIP, RECIPIENTS, NOW))
        await database.close()
        async with cradle(Place(url, world.origin, rate=A_SECOND), WITHOUT_SCHEDULER, webhook=False):
            await asyncio.sleep(WARM_UP)
            taken, refused = await _count(world)
    used = 100 * taken / (A_SECOND * SECONDS)
    peer = f"the simulator's limit of {A_SECOND}/s and one a second and chat; {refused} refused with 429"
    # One refusal is one too many: then nothing of the limit counts as used.
    return Measurement(f"limit_{kind}", 0 if refused else used, "% used", BOUND, at_most=False, peer=peer)


@dataclass(frozen=True)
class _World:
    """The simulator, as its own door shows it."""

    origin: str
    door: httpx.AsyncClient

    async def calls(self, *, since: int) -> list[dict[str, Any]]:
        """The messages that were to be sent after this number of the journal."""
        answer = await self.door.get("/sim/journal", params={"since": since, "method": "sendMessage"})
        return list(answer.json()["entries"])


async def _count(world: _World) -> tuple[int, int]:
    """How many messages the simulator took and refused for being too many."""
    loop = asyncio.get_running_loop()
    before = await world.calls(since=0)
    ends = loop.time() + SECONDS
    await asyncio.sleep(ends - loop.time())
    calls = await world.calls(since=before[-1]["seq"])
    everything = [*before, *calls]
    return sum(one["ok"] for one in calls), sum(one["status"] == 429 for one in everything)


@asynccontextmanager
async def _simulator() -> AsyncIterator[_World]:
    """With the phone of every recipient, and Telegram's limits."""
    origin = f"http://127.0.0.1:{free_port()}"
    with tempfile.TemporaryDirectory(prefix="cb") as folder:
        state = Path(folder) / "simulator.jsonl"
        state.write_text("\n".join(json.dumps(one) for one in _past()) + "\n", encoding="utf-8")
        command = ("-m", "app", "simulator", "--state", str(state))
        environment = {
            **os.environ,
            "CRADLE_TELEGRAM_TOKEN": TOKEN,
            "CRADLE_SIMULATOR_BIND": origin.removeprefix("http://"),
        }
        process = await asyncio.create_subprocess_exec(sys.executable, *command, env=environment)
        try:
            async with httpx.AsyncClient(base_url=origin, trust_env=False, timeout=30) as door:
                await _until_up(door)
                await door.post("/sim/limits", json={"enabled": True})
                yield _World(origin, door)
        finally:
            process.terminate()
            await process.wait()


def _past() -> list[dict[str, Any]]:
    """What happened before, as the simulator writes it down: everybody has a phone and talks to the bot."""
    chats = range(FIRST_CHAT + 1, FIRST_CHAT + RECIPIENTS + 1)
    phones = [{"kind": "phone_added", "phone": {"id": chat, "name": "Lan", "language_code": "vi"}} for chat in chats]
    opened = {"kind": "chat_changed", "bot": int(BOT), "open": True, "blocked": False}
    return [*phones, *({**opened, "chat": chat} for chat in chats)]


async def _until_up(door: httpx.AsyncClient) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await door.get("/sim/clock")
            except httpx.TransportError:
                await asyncio.sleep(LOOK_EVERY)
            else:
                return

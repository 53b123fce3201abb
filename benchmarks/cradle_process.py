"""Cradle in a process of its own, with the settings of a rehearsal; as a module it is the bot and its console only."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx

from app.bot_process import Wakes, run_bot
from app.console_process import run_console
from app.logging import configure_logging
from app.processes import run_until_stopped
from app.settings import load_settings
from app.wiring import Parts
from benchmarks.households import NOW
from domain.moment import Moment

TOKEN = "123456789:AAF-a_text_that_only_BotFather_knows"
SECRET = "a-secret-of-the-webhook"
PATIENCE = 120.0
LOOK_EVERY = 0.1
RUN = ("-m", "app", "run")
WITHOUT_SCHEDULER = ("-m", "benchmarks.cradle_process")


@dataclass(frozen=True)
class Place:
    """Which database it works on, where Telegram and the clock are, and how fast it may speak."""

    database_url: str
    telegram: str
    rate: float = 30
    chat_pace: float = 1


@dataclass(frozen=True)
class Running:
    """The process, and where it listens."""

    pid: int
    origin: str

    @property
    def webhook(self) -> str:
        """The address at which it takes updates."""
        return f"{self.origin}/telegram"

    def megabytes(self, what: str) -> float:
        """What the kernel says it holds: `VmRSS` now, `VmHWM` at most so far."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:")) / 1024


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@asynccontextmanager
async def cradle(place: Place, command: Sequence[str], *, webhook: bool) -> AsyncIterator[Running]:
    """It answers when the block begins, and is stopped in good order when it ends."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    environment = _environment(place, port, webhook=webhook)
    process = await asyncio.create_subprocess_exec(sys.executable, *command, env=environment)
    try:
        await _until_up(origin, process)
        yield Running(process.pid, origin)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _environment(place: Place, port: int, *, webhook: bool) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("CRADLE_")}
    listens = {"CRADLE_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram", "CRADLE_WEBHOOK_SECRET": SECRET}
    return {
        **inherited,
        **(listens if webhook else {}),
        "CRADLE_DATABASE_URL": place.database_url,
        "CRADLE_TELEGRAM_TOKEN": TOKEN,
        "CRADLE_TELEGRAM_API": place.telegram,
        "CRADLE_CLOCK": place.telegram,
        "CRADLE_SECRET_KEY": "a key that only this measurement knows",
        "CRADLE_BIND": f"127.0.0.1:{port}",
        "CRADLE_SEND_RATE": f"{place.rate}",
        "CRADLE_CHAT_PACE": f"{place.chat_pace}",
    }


async def _until_up(origin: str, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient(trust_env=False) as client:
        while process.returncode is None:
            try:
                await client.get(f"{origin}/healthz")
            except httpx.TransportError:
                await asyncio.sleep(LOOK_EVERY)
            else:
                return
    raise RuntimeError("Cradle ended before it answered")


class _StandingClock:
    """The day of the rehearsal, asked of nobody: a real bot asks nobody either."""

    async def moment(self) -> Moment:
        return Moment(NOW, datetime.now(UTC))


async def _without_scheduler(parts: Parts, wakes: Wakes) -> None:
    parts = replace(parts, clock=_StandingClock())
    async with asyncio.TaskGroup() as group:
        group.create_task(run_console(parts, wakes.inbox))
        group.create_task(run_bot(parts, wakes))


if __name__ == "__main__":
    configure_logging(human=False)
    asyncio.run(run_until_stopped(load_settings(), _without_scheduler))

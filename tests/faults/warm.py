"""Bots that start at once: one process has loaded everything, and each bot is a copy of it.

Run as a program it takes orders, a line of JSON each: `{"settings": {…}, "log": PATH}` starts a bot and answers with
its number; `{"end": NUMBER, "by": SIGNAL}` ends one and answers when it is gone.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from app.bot_process import Wakes, run_bot
from app.clock import SimulatedClock
from app.console_process import run_console
from app.logging import configure_logging
from app.loops import Wake
from app.settings import load_settings
from app.wiring import Parts, make_parts
from storage.engine import open_database
from tests.trips.programs import PATIENCE, surroundings
from tests.trips.village import ROOT

NOWHERE = Path("there-is-no.env")
READY = "ready"
ELSEWHERE = "http://127.0.0.1:9"  # each bot is told where its simulator is; this one says that it is a rehearsal


@dataclass(frozen=True)
class WarmBots:
    """The process that has loaded everything, and a hand on its copies."""

    process: asyncio.subprocess.Process

    async def start(self, settings: Mapping[str, str], log: Path) -> int:
        """A bot with these settings; gives its number. What it says is added to the file."""
        return await self._order({"settings": dict(settings), "log": str(log)})

    async def kill(self, bot: int) -> None:
        """As by a power cut; returns when it is gone."""
        await self._order({"end": bot, "by": int(signal.SIGKILL)})

    async def stop(self, bot: int) -> None:
        """In order, as Ctrl-C does."""
        await self._order({"end": bot, "by": int(signal.SIGTERM)})

    async def _order(self, order: Mapping[str, Any]) -> int:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        return int(await self._answer())

    async def _answer(self) -> bytes:
        assert self.process.stdout is not None
        async with asyncio.timeout(2 * PATIENCE):
            line = await self.process.stdout.readline()
        assert line, "the process that starts bots is gone"
        return line.strip()

    async def until_ready(self) -> Self:
        """Wait until everything is loaded."""
        assert (await self._answer()).decode() == READY
        return self


@asynccontextmanager
async def warm_bots() -> AsyncIterator[WarmBots]:
    """Until the block ends; the bots end with it."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.warm", cwd=ROOT, env=surroundings(ELSEWHERE), stdin=pipe, stdout=pipe
    )
    try:
        yield await WarmBots(process).until_ready()
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


def _take_orders(loaded: Parts) -> None:
    bots: set[int] = set()
    print(READY, flush=True)  # noqa: T201 - an answer
    for line in sys.stdin:
        order = json.loads(line)
        if "end" in order:
            bots.discard(order["end"])
            answer = _end(order["end"], order["by"])
        else:
            answer = _copy(loaded, order)
            bots.add(answer)
        print(answer, flush=True)  # noqa: T201 - an answer
    for bot in bots:
        _end(bot, signal.SIGKILL)


def _end(bot: int, by: int) -> int:
    with suppress(ProcessLookupError):
        os.kill(bot, by)
    return os.waitstatus_to_exitcode(os.waitpid(bot, 0)[1])


def _copy(loaded: Parts, order: Mapping[str, Any]) -> int:
    bot = os.fork()
    if bot:
        return bot
    code = 1
    try:
        _be_a_bot(loaded, order)
        code = 0
    finally:
        os._exit(code)


def _be_a_bot(loaded: Parts, order: Mapping[str, Any]) -> None:
    with Path(order["log"]).open("ab") as log, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        for stream in (1, 2):
            os.dup2(log.fileno(), stream)
    configure_logging(human=False)
    os.environ.update(order["settings"])
    settings = load_settings(NOWHERE)
    database, clock = open_database(settings.database_url), SimulatedClock(settings.clock)
    asyncio.run(_work(replace(loaded, settings=settings, database=database, clock=clock)))


async def _work(parts: Parts) -> None:
    """Receive, answer and send until a signal comes, as `cradle bot` does, beside a console where it is needed."""
    working = asyncio.ensure_future(_serve(parts, Wakes(Wake(), Wake())))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, working.cancel)
    with suppress(asyncio.CancelledError):
        await working
    await parts.close()


async def _serve(parts: Parts, wakes: Wakes) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(run_bot(parts, wakes))
        if parts.settings.webhook_url is not None:
            group.create_task(run_console(parts, wakes.inbox))


if __name__ == "__main__":
    _take_orders(make_parts(load_settings(NOWHERE)))

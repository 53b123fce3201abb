"""`cradle …` as a process of its own: what it says, how it ends, and how it is killed."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.ports import free_port
from tests.trips.village import ROOT, TOKEN

PATIENCE = 120.0
KEY = "a key that only the trips know, 32+"
TRACE = re.compile(r"Traceback|was destroyed|never awaited|never retrieved|Unclosed")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything, on both streams, in one line."""
        return " ".join((self.out + self.err).split())


@dataclass(frozen=True)
class Program:
    """A command that goes on until somebody ends it; what it says is in a file."""

    process: asyncio.subprocess.Process
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    async def ends(self, seconds: float = PATIENCE) -> int:
        """Wait for its end; gives the exit code."""
        async with asyncio.timeout(seconds):
            return await self.process.wait()

    async def is_stopped(self, by: signal.Signals, *, within: float) -> int:
        """Send a signal; gives the exit code, or raises TimeoutError."""
        self.process.send_signal(by)
        return await self.ends(within)

    async def is_killed(self) -> None:
        """As by a power cut."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


def surroundings(origin: str = "", **more: str) -> dict[str, str]:
    """The environment of a program: none of our own settings, and those of a rehearsal at `origin` if there is one."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("CRADLE_")}
    ours.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling everything anew would take longer than the tests
    settings = {"CRADLE_SECRET_KEY": KEY, "CRADLE_TELEGRAM_TOKEN": TOKEN, "CRADLE_BIND": f"127.0.0.1:{free_port()}"}
    if origin:
        settings |= {"CRADLE_TELEGRAM_API": origin, "CRADLE_CLOCK": origin}
    settings |= {"CRADLE_CHAT_PACE": "0", "CRADLE_SEND_RATE": "30"}
    paths = {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(ROOT / "var" / "bytecode")}
    return {**ours, **paths, **settings, **more}


async def cradle(*arguments: str, at: Path, settings: dict[str, str]) -> Ended:
    """Run a command to its end, in a folder without `.env`."""
    process = await asyncio.create_subprocess_exec(
        *_program(*arguments), cwd=at, env=settings, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return Ended(process.returncode or 0, out.decode(), err.decode())


@asynccontextmanager
async def running(*arguments: str, at: Path, settings: dict[str, str]) -> AsyncIterator[Program]:
    """A command that goes on; killed at the end if it still does."""
    program = await start(*arguments, at=at, settings=settings)
    try:
        yield program
    finally:
        await program.is_killed()


async def start(*arguments: str, at: Path, settings: dict[str, str]) -> Program:
    """Start a command; what it says is added to one file of the folder."""
    log = at / f"{arguments[0]}.log"
    with log.open("ab") as stream:
        process = await asyncio.create_subprocess_exec(
            *_program(*arguments), cwd=at, env=settings, stdout=stream, stderr=stream, start_new_session=True
        )
    return Program(process, log)


def _program(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "app", *arguments)

"""The demo from start to Ctrl-C: first the page of phones, in a process of its own, then everything behind it."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from rich.console import Console

from app.demo.stage import Stage
from app.settings import Settings

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 10
out = Console(highlight=False)


class SimulatorEndedError(Exception):
    """The demo's world is gone; its text is a sentence for people."""


async def play(settings: Settings, state: Path) -> None:
    """Until a signal comes."""
    playing = asyncio.ensure_future(_play(settings, state))
    for name in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(name, playing.cancel)
    try:
        await playing
    except asyncio.CancelledError:
        out.print("Stopped.")


async def _play(settings: Settings, state: Path) -> None:
    stage = Stage(settings.telegram_api)
    simulator = await _start_simulator(state)
    ended = asyncio.ensure_future(_watch(simulator))
    try:
        await _first_of(stage.wait_until_up(), ended)
        out.print(f"[bold]The phones: {settings.telegram_api}[/bold]", soft_wrap=True)
        # Only now: the page of phones need not wait for it.
        from app.demo.village import live

        await _first_of(live(settings, stage), ended)
    finally:
        ended.cancel()
        await stage.close()
        await _stop(simulator)


async def _start_simulator(state: Path) -> asyncio.subprocess.Process:
    # In a session of its own: Ctrl-C comes to us alone, and the bot stops before its world does. The end of its input
    # stops the simulator, so that it never outlives us.
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app", "simulator", "--state", str(state), "--until-input-ends"),
        stdin=asyncio.subprocess.PIPE,
        start_new_session=True,
    )


async def _watch(simulator: asyncio.subprocess.Process) -> None:
    await simulator.wait()
    raise SimulatorEndedError("The simulator has ended, and the demo with it. Start it again with `make demo`.")


async def _first_of(work: Coroutine[Any, Any, None], ended: "asyncio.Task[None]") -> None:
    """Do the work, unless the simulator ends before."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait((task, ended), return_when=asyncio.FIRST_COMPLETED)
        await (ended if ended.done() else task)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _stop(simulator: asyncio.subprocess.Process) -> None:
    if simulator.returncode is not None or simulator.stdin is None:
        return
    simulator.stdin.close()
    try:
        async with asyncio.timeout(PATIENCE):
            await simulator.wait()
    except TimeoutError:
        simulator.kill()
        await simulator.wait()

"""The processes: each part alone, or all in one; stopped cleanly by Ctrl-C or SIGTERM."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import ExitStack

from app.bot_process import CannotStartError, Wakes, run_bot
from app.console_process import run_console
from app.garbage import spare_what_is_loaded
from app.loops import Wake
from app.scheduler_process import run_scheduler
from app.schema import require_schema
from app.settings import Settings
from app.wiring import Parts, make_parts
from storage.holding import HeldError, plan_alone, use

Process = Callable[[Parts, Wakes], Awaitable[None]]


async def bot_alone(parts: Parts, wakes: Wakes) -> None:
    """`cradle bot`."""
    await run_bot(parts, wakes)


async def scheduler_alone(parts: Parts, wakes: Wakes) -> None:
    """`cradle scheduler`."""
    await run_scheduler(parts, wakes.sender)


async def console_alone(parts: Parts, wakes: Wakes) -> None:
    """`cradle console`."""
    await run_console(parts, wakes.inbox)


async def all_in_one(parts: Parts, wakes: Wakes) -> None:
    """`cradle run`."""
    async with asyncio.TaskGroup() as group:
        group.create_task(run_console(parts, wakes.inbox))
        group.create_task(run_bot(parts, wakes))
        group.create_task(run_scheduler(parts, wakes.sender))


async def run_until_stopped(settings: Settings, process: Process) -> None:
    """Run a process until a signal comes; what is under way is ended in order."""
    parts = make_parts(settings)
    spare_what_is_loaded()
    task = asyncio.ensure_future(_run(parts, process))
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return
    finally:
        await parts.close()


async def _run(parts: Parts, process: Process) -> None:
    with ExitStack() as held:
        _hold(held, parts.settings.database_url, plans=process in (all_in_one, scheduler_alone))
        await require_schema(parts.database)
        await process(parts, Wakes(Wake(), Wake()))


def _hold(held: ExitStack, url: str, *, plans: bool) -> None:
    """The database is in use as long as the process lives; a file of SQLite has one scheduler."""
    try:
        held.enter_context(use(url))
    except HeldError as error:
        raise CannotStartError("The database is just being restored: start again when that is done.") from error
    try:
        if plans:
            held.enter_context(plan_alone(url))
    except HeldError as error:
        raise CannotStartError(
            f"Another scheduler works on this database already ({error.by}), by `cradle run` or `cradle scheduler`. "
            "SQLite takes one: stop that one first, or use PostgreSQL. See CRADLE_DATABASE_URL."
        ) from error

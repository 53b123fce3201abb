"""`cradle simulator`: the world outside, on one's own machine."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from app.clock import SystemClock
from app.settings import Settings
from simulator.server import make_application, serve


class CannotSimulateError(Exception):
    """The simulator cannot be made or cannot listen; its text is a sentence for people."""


async def run_simulator(
    settings: Settings, tokens: list[str], state: Path | None, *, until_input_ends: bool = False
) -> None:
    """Until stopped; the simulated clock begins at the real one's minute."""
    stop = _end_of_input() if until_input_ends else None
    now = (await SystemClock().moment()).now
    start = datetime(now.year, now.month, now.day, now.hour, now.minute, tzinfo=UTC)
    try:
        application = make_application(tokens, start=start, state_path=state)
        await serve(application, settings.simulator_bind.host, settings.simulator_bind.port, stop=stop)
    except ValueError as error:
        raise CannotSimulateError(f"{error}.") from error
    except OSError as error:
        raise CannotSimulateError(f"{error.strerror} See CRADLE_SIMULATOR_BIND.") from error


def _end_of_input() -> asyncio.Event:
    """Set when whoever started us is gone, however that came about: nobody ever writes into this pipe."""
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), ended.set)
    return ended

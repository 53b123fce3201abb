"""A simulator in the test's own process, on a free port of loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from simulator.server import SimulatorServer, listening_socket, make_application
from tests.simulator.stage_client import Stage

__all__ = ["RunningSimulator", "Stage", "running_simulator"]


@dataclass(frozen=True)
class RunningSimulator:
    """Where it listens, and a hand on its stage."""

    base_url: str
    stage: Stage
    stop: Callable[[], None]
    serving: asyncio.Task[None]

    @property
    def bot_url(self) -> str:
        """What python-telegram-bot calls base_url."""
        return f"{self.base_url}/bot"

    @property
    def file_url(self) -> str:
        return f"{self.base_url}/file/bot"


@asynccontextmanager
async def running_simulator(
    tokens: Sequence[str],
    start: datetime,
    state_path: Path | None = None,
    *,
    webhook_retry_base: float = 0.02,
) -> AsyncIterator[RunningSimulator]:
    """Serve these bots until the block ends."""
    application = make_application(tokens, start=start, state_path=state_path, webhook_retry_base=webhook_retry_base)
    server = SimulatorServer(application)
    listening = listening_socket("127.0.0.1", 0)
    base_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    await server.is_up.wait()
    try:
        async with Stage(base_url) as stage:
            yield RunningSimulator(base_url, stage, server.stop, serving)
    finally:
        server.stop()
        await serving

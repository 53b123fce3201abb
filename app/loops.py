"""Loops of a process: they wake when there is something to do, and outlive the faults of a single round."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any, TypeVar

from app.clock import SimulatorAwayError
from storage.engine import DatabaseAwayError
from storage.leading import Lead

logger = logging.getLogger(__name__)
AFTER_A_FAULT = 1.0
LAST_CHANCE = 8.0
"""Seconds for what is under way when we are to stop: a call to Telegram and the note of its answer. See `deploy/`."""
Result = TypeVar("Result")


class Wake:
    """Says that there is something to do, now rather than at the next look."""

    def __init__(self) -> None:
        self.times = 0
        self._event = asyncio.Event()

    def set(self) -> None:
        """There is: everybody who waits wakes."""
        self.times += 1
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, seen: int, at_most: float) -> None:
        """Until it was said more often than the `seen` times, or for so many real seconds."""
        if self.times != seen:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                await self._event.wait()


async def keep_going(name: str, one_round: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """One round after another, for ever; a fault is logged and the next round comes after a breath."""
    while True:
        try:
            await one_round()
        except SimulatorAwayError:
            logger.warning("simulator_away", extra={"loop": name})
            await asyncio.sleep(AFTER_A_FAULT)
        except DatabaseAwayError as error:
            logger.warning("database_away", extra={"loop": name, "why": str(error)})
            await asyncio.sleep(AFTER_A_FAULT)
        except Exception:
            logger.exception("round_failed", extra={"loop": name})
            await asyncio.sleep(AFTER_A_FAULT)


async def while_leading(
    lead: Callable[[], AbstractAsyncContextManager[Lead]], work: Callable[[], Coroutine[Any, Any, None]]
) -> None:
    """Work whenever this process leads, for ever; what is under way when the lead is lost is ended."""

    async def one_round() -> None:
        async with lead() as led:
            tasks = [asyncio.ensure_future(work()), asyncio.ensure_future(led.until_lost())]
            try:
                done, _others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    await keep_going("lead", one_round)


async def see_through(work: Coroutine[Any, Any, Result], *, on_stop: Callable[[], None] | None = None) -> Result:
    """Await it; when we are to stop meanwhile, it is told so and may still end, but not for long."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        if on_stop is not None:
            on_stop()
        await asyncio.wait([task], timeout=LAST_CHANCE)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise

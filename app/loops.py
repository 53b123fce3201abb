"""Loops of a process: they wake when there is something to do, and outlive the faults of a single round."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from app.clock import SimulatorAwayError
from storage.engine import DatabaseAwayError

logger = logging.getLogger(__name__)
AFTER_A_FAULT = 1.0
LAST_CHANCE = 1.0
Result = TypeVar("Result")


class Wake:
    """Says that there is something to do, now rather than at the next look."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def set(self) -> None:
        """There is."""
        self._event.set()

    async def wait(self, at_most: float) -> None:
        """Until there is, or for so many real seconds."""
        try:
            async with asyncio.timeout(at_most):
                await self._event.wait()
        except TimeoutError:
            pass
        self._event.clear()


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


async def see_through(work: Coroutine[Any, Any, Result]) -> Result:
    """Await it; when we are to stop meanwhile, it may still end, but not for long."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=LAST_CHANCE)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise

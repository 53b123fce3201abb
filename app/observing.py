"""What measuring needs from outside: the timetable, a stopwatch, and the limits that are set."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Generic, TypeVar

from app.scheduler_process import timetable_of
from app.settings import Settings
from app.wiring import Parts
from domain.operations import Limits, Observation
from services.operations.observe import Surroundings, observe
from services.operations.watch import Rules

Found = TypeVar("Found")
FRESH = 2.0
"""Real seconds for which a measurement is new enough."""


def surroundings_of(parts: Parts) -> Surroundings:
    """When each tick of the programme runs, and real seconds."""
    return Surroundings({tick.name: tick.next_after for tick in timetable_of(parts)}, time.monotonic)


def limits_of(settings: Settings) -> Limits:
    """From when on something is trouble."""
    return Limits(
        replies=timedelta(seconds=settings.alarm_replies),
        queue=timedelta(seconds=settings.alarm_queue),
        tick=timedelta(seconds=settings.alarm_tick),
        updates=timedelta(seconds=settings.alarm_updates),
    )


def rules_of(settings: Settings) -> Rules:
    """The limits, and whether staff are woken."""
    return Rules(limits_of(settings), at_night=settings.alarm_at_night)


class Fresh(Generic[Found]):
    """What was found out lately: who asks again so soon gets the same, and nobody asks while another does."""

    def __init__(self, find: Callable[[], Awaitable[Found]], *, seconds: float) -> None:
        self._find = find
        self._seconds = seconds
        self._turn = asyncio.Lock()
        self._last: tuple[float, Found] | None = None

    async def __call__(self) -> Found:
        """The newest answer; what raises is asked again."""
        async with self._turn:
            if self._last is None or time.monotonic() - self._last[0] >= self._seconds:
                self._last = None
                found = await self._find()
                self._last = (time.monotonic(), found)
            return self._last[1]


def looking(parts: Parts) -> Fresh[Observation]:
    """Measurements, at most one in two seconds however many ask."""
    surroundings = surroundings_of(parts)

    async def look() -> Observation:
        return await observe(parts.database, surroundings, await parts.clock.moment())

    return Fresh(look, seconds=FRESH)

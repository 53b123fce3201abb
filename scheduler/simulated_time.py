"""Simulated time: between now and where the clock is moved, every tick and planned message has its turn, in order."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.moment import Moment
from scheduler.running import run_tick
from scheduler.timetable import Tick
from services.ports import UnitsOfWork

FARTHEST = timedelta(days=31)  # how far "the next message" is looked for


class MovableClock(Protocol):
    """The clock that the simulator holds."""

    async def moment(self) -> Moment: ...

    async def step(self, now: datetime, done: bool) -> Moment: ...


@dataclass(frozen=True)
class Move:
    """How far the clock is to go: to an instant, or until the next message has been sent."""

    target: datetime | None


@dataclass(frozen=True)
class Follower:
    """Walks the clock from one event to the next. `drain` returns when nothing is due or under way any more."""

    units: UnitsOfWork
    timetable: Sequence[Tick]
    clock: MovableClock
    drain: Callable[[datetime], Awaitable[None]]
    sent_so_far: Callable[[], Awaitable[int]]

    async def walk(self, move: Move) -> None:
        """Do one move to its end; time never jumps over a tick or a planned message."""
        now = (await self.clock.moment()).now
        end = move.target or now + FARTHEST
        before = await self.sent_so_far()
        await self.drain(now)
        while now < end and (move.target or await self.sent_so_far() == before):
            now = min(await self._next_event(now), end)
            await self._live_through(await self.clock.step(now, done=False))
        await self.clock.step(now, done=True)

    async def _live_through(self, moment: Moment) -> None:
        for tick in self.timetable:
            if tick.next_after(moment.now - timedelta(microseconds=1)) == moment.now:
                await run_tick(self.units, tick, moment)
        await self.drain(moment.now)

    async def _next_event(self, now: datetime) -> datetime:
        ticks = [tick.next_after(now) for tick in self.timetable]
        async with self.units.look() as uow:
            message = await uow.outbox.next_send_from(now)
        return min([*ticks, *([message] if message else [])])

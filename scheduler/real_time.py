"""Real time: APScheduler calls the ticks of the timetable."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from domain.moment import Moment
from scheduler.running import run_tick
from scheduler.timetable import Tick
from services.ports import UnitsOfWork


def make_scheduler(
    units: UnitsOfWork, timetable: Sequence[Tick], now: Callable[[], Awaitable[Moment]]
) -> AsyncIOScheduler:
    """A scheduler that is not started yet. A late tick still runs, once, and never beside itself."""
    scheduler = AsyncIOScheduler(timezone=UTC)

    async def run(tick: Tick) -> None:
        await run_tick(units, tick, await now())

    for tick in timetable:
        scheduler.add_job(
            run,
            tick.trigger,
            args=[tick],
            id=tick.name,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
    return scheduler

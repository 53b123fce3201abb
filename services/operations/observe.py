"""One measurement of how the programme does, from the database: whoever asks, of however many processes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.moment import Moment
from domain.operations import Heartbeat, Observation
from services.ports import UnitOfWork, UnitsOfWork

HOUR = timedelta(hours=1)
WATCH = "watch"
"""The heartbeat of whoever watches; it stands beside the ticks and is none."""
Timetable = Mapping[str, Callable[[datetime], datetime]]


@dataclass(frozen=True)
class Surroundings:
    """For each tick when it runs next after an instant; and a stopwatch that counts real seconds."""

    timetable: Timetable
    stopwatch: Callable[[], float]


async def observe(units: UnitsOfWork, surroundings: Surroundings, moment: Moment) -> Observation:
    """Look once. It waits for no writer, and costs by what waits and what happened lately."""
    began = surroundings.stopwatch()
    async with units.look() as uow:
        await uow.operations.ping()
        latency = surroundings.stopwatch() - began
        runs = await uow.operations.tick_runs()
        return Observation(
            moment=moment,
            queues=await uow.operations.queues(moment.now),
            last_hour=await uow.operations.tally_since(moment.now - HOUR, moment.now),
            total=await uow.operations.total(moment.now),
            heartbeats=tuple(_heartbeat(tick, runs.get(tick), surroundings) for tick in surroundings.timetable),
            inbound=await uow.operations.inbound(moment.wall),
            bots=tuple(await uow.operations.bots(moment.wall)),
            latency=latency,
            watched_at=runs[WATCH][1] if WATCH in runs else None,
        )


def _heartbeat(tick: str, run: tuple[datetime, datetime] | None, surroundings: Surroundings) -> Heartbeat:
    if run is None:
        return Heartbeat(tick)
    ran_at, wall_at = run
    return Heartbeat(tick, ran_at, wall_at, surroundings.timetable[tick](ran_at))


async def note_watch(uow: UnitOfWork, moment: Moment) -> None:
    """Somebody watches."""
    await uow.programme.note_tick(WATCH, ran_at=moment.now, wall_at=moment.wall)

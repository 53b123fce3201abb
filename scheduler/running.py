"""One run of a tick: never two at once, its time noted as a heartbeat, its failure logged and no more."""

import logging
from collections.abc import Sequence

from domain.moment import Moment
from scheduler.timetable import Tick
from services.ports import UnitsOfWork

logger = logging.getLogger(__name__)


async def run_tick(units: UnitsOfWork, tick: Tick, moment: Moment) -> bool:
    """Run it; False when it failed. The next run makes good what this one left."""
    try:
        await tick.task(moment)
        async with units.begin() as uow:
            await uow.programme.note_tick(tick.name, ran_at=moment.now, wall_at=moment.wall)
    except Exception:
        logger.exception("tick_failed", extra={"tick": tick.name})
        return False
    return True


async def run_all(units: UnitsOfWork, timetable: Sequence[Tick], moment: Moment) -> None:
    """Every tick once: at start, so that nothing waits for the next minute of the table."""
    for tick in timetable:
        await run_tick(units, tick, moment)

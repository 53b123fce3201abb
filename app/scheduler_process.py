"""`cradle scheduler`: plans. In real time APScheduler calls the ticks; in a rehearsal the clock's moves do."""

import asyncio
import logging
import time
from dataclasses import replace
from datetime import datetime

from app.clock import ClockRefusedError, ClockState, SimulatedClock
from app.loops import Wake, keep_going, while_leading
from app.wiring import Parts
from domain.moment import Moment
from scheduler.real_time import make_scheduler
from scheduler.running import run_all
from scheduler.simulated_time import Follower, Move
from scheduler.timetable import Tick, make_timetable
from services.campaigns.advance import advance_campaigns
from services.campaigns.repeat import repeat_campaigns
from services.enrolment.let_go import let_go_applications
from services.messages.plan_day import plan_day
from services.operations.audit_sending import audit_nightly
from services.privacy.erase_due import erase_due
from storage.backup.erased import renew_list

HERE_FOR = 30
WAIT_FOR_A_MOVE = 10
PATIENCE = 20.0
logger = logging.getLogger(__name__)


async def run_scheduler(parts: Parts, sender: Wake) -> None:
    """Until cancelled: of all schedulers of a programme one leads."""
    await while_leading(lambda: parts.database.lead("ticks"), lambda: _lead_ticks(parts, sender))


async def _lead_ticks(parts: Parts, sender: Wake) -> None:
    timetable = timetable_of(parts)
    await run_all(parts.database, timetable, await parts.clock.moment())
    sender.set()
    if isinstance(parts.clock, SimulatedClock):
        await _follow(parts, parts.clock, timetable, sender)
        return
    scheduler = make_scheduler(parts.database, timetable, parts.clock.moment)
    scheduler.start()
    try:
        await asyncio.Event().wait()
    finally:
        scheduler.shutdown(wait=False)


def timetable_of(parts: Parts) -> tuple[Tick, ...]:
    """Every tick, and what it does with these parts."""

    async def plan(moment: Moment) -> int:
        await repeat_campaigns(parts.database, parts.programme, moment)
        return await plan_day(parts.database, parts.programme, moment)

    async def erase(moment: Moment) -> int:
        erased = await erase_due(parts.database, parts.programme, moment)
        if parts.settings.erased_list is not None:
            await renew_list(parts.database, parts.settings.erased_list, moment.wall)
        return erased

    async def let_go(moment: Moment) -> int:
        return await let_go_applications(parts.database, moment)

    async def audit(moment: Moment) -> int:
        written_in, days = parts.library.written_in, parts.settings.audit_days
        return await audit_nightly(parts.database, parts.programme, moment, written_in, days=days)

    return make_timetable(plan, erase, let_go, audit)


async def _follow(parts: Parts, clock: SimulatedClock, timetable: tuple[Tick, ...], sender: Wake) -> None:
    follower = Follower(
        units=parts.database,
        timetable=timetable,
        clock=clock,
        drain=lambda now: _drain(parts, sender, now),
        sent_so_far=lambda: _sent_so_far(parts),
    )
    async with asyncio.TaskGroup() as group:
        group.create_task(_stay(clock))
        group.create_task(_walk(clock, follower))


async def _stay(clock: SimulatedClock) -> None:
    async def one_round() -> None:
        await clock.follow(HERE_FOR)
        await asyncio.sleep(HERE_FOR / 3)

    await keep_going("follow", one_round)


async def _walk(clock: SimulatedClock, follower: Follower) -> None:
    seen: ClockState = await clock.state()

    async def one_round() -> None:
        nonlocal seen
        if seen.moving:
            try:
                await follower.walk(Move(seen.target))
            except ClockRefusedError:
                logger.info("move_ended")
            seen = await clock.state()
        else:
            seen = await clock.wait_for_change(seen.rev, WAIT_FOR_A_MOVE)

    await keep_going("walk", one_round)


async def _drain(parts: Parts, sender: Wake, now: datetime) -> None:
    """Wait until nothing is due or on its way at `now`, but not for a channel that never answers."""
    await advance_campaigns(parts.database, parts.programme, replace(await parts.clock.moment(), now=now))
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at:
        async with parts.database.look() as uow:
            if not await uow.outbox.waiting(now):
                return
        sender.set()
        await asyncio.sleep(0.01)


async def _sent_so_far(parts: Parts) -> int:
    async with parts.database.look() as uow:
        return await uow.outbox.count_sent()

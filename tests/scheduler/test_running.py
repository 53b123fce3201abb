"""A tick that runs leaves its heartbeat; one that fails leaves a line in the log, and nothing else stops."""

import asyncio
import logging
from datetime import UTC, datetime
from typing import cast

import pytest

from domain.moment import Moment
from scheduler.real_time import make_scheduler
from scheduler.running import run_all, run_tick
from scheduler.timetable import Tick
from services.ports import UnitsOfWork
from tests.fakes.clocks import WALL, HeldClock, Ledger

NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)
MOMENT = Moment(now=NOW, wall=WALL)


async def works(_moment: Moment) -> int:
    return 3


async def stumbles(_moment: Moment) -> int:
    raise RuntimeError("Lan's row cannot be read")


def units(ledger: Ledger) -> UnitsOfWork:
    return cast("UnitsOfWork", ledger)


async def test_a_tick_leaves_its_heartbeat_in_both_times() -> None:
    ledger = Ledger()
    assert await run_tick(units(ledger), Tick("plan_day", "* * * * *", works), MOMENT)
    assert ledger.heartbeats == [("plan_day", NOW, WALL)]


async def test_a_failure_is_logged_with_the_ticks_name_and_not_raised(caplog: pytest.LogCaptureFixture) -> None:
    ledger = Ledger()
    with caplog.at_level(logging.ERROR):
        assert not await run_tick(units(ledger), Tick("plan_day", "* * * * *", stumbles), MOMENT)
    (record,) = caplog.records
    assert (record.message, record.__dict__["tick"]) == ("tick_failed", "plan_day")
    assert ledger.heartbeats == []


async def test_a_heartbeat_that_cannot_be_kept_is_a_failure_too(caplog: pytest.LogCaptureFixture) -> None:
    assert not await run_tick(units(Ledger(fails=True)), Tick("plan_day", "* * * * *", works), MOMENT)
    assert "tick_failed" in caplog.messages


async def test_whoever_stops_the_program_stops_a_tick_as_well() -> None:
    async def stopped(_moment: Moment) -> int:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await run_tick(units(Ledger()), Tick("plan_day", "* * * * *", stopped), MOMENT)


async def test_at_start_every_tick_runs_once_whatever_the_others_do() -> None:
    ledger = Ledger()
    timetable = (Tick("first", "* * * * *", stumbles), Tick("second", "* * * * *", works))
    await run_all(units(ledger), timetable, MOMENT)
    assert [name for name, *_times in ledger.heartbeats] == ["second"]


async def test_in_real_time_a_late_tick_still_runs_once_and_never_beside_itself() -> None:
    timetable = (Tick("plan_day", "0 0,6,12,18 * * *", works), Tick("audit", "30 1 * * *", works))
    clock = HeldClock(NOW)
    scheduler = make_scheduler(units(Ledger()), timetable, clock.moment)
    scheduler.start(paused=True)
    try:
        jobs = {job.id: job for job in scheduler.get_jobs()}
        assert set(jobs) == {"plan_day", "audit"}
        for job in jobs.values():
            assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
    finally:
        scheduler.shutdown(wait=False)


async def test_in_real_time_the_same_function_runs_with_the_moment_of_the_clock() -> None:
    seen: list[Moment] = []

    async def look(moment: Moment) -> None:
        seen.append(moment)

    ledger = Ledger()
    scheduler = make_scheduler(units(ledger), (Tick("look", "* * * * *", look),), HeldClock(NOW).moment)
    scheduler.start(paused=True)
    try:
        (job,) = scheduler.get_jobs()
        await job.func(*job.args)
    finally:
        scheduler.shutdown(wait=False)
    assert seen == [MOMENT]
    assert ledger.heartbeats == [("look", NOW, WALL)]

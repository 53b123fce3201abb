"""A month in seconds: between now and where the clock is moved, everything has its turn, in order of time."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.moment import Moment
from scheduler.simulated_time import FARTHEST, Follower, Move
from scheduler.timetable import Tick
from services.ports import UnitsOfWork
from tests.fakes.clocks import HeldClock, Ledger

START = datetime(2026, 3, 1, 0, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class Days:
    """Some days of the programme: a tick every six hours, and the messages that are planned."""

    clock: HeldClock = field(default_factory=lambda: HeldClock(START))
    ledger: Ledger = field(default_factory=Ledger)
    ticks: list[datetime] = field(default_factory=list)
    events: list[datetime] = field(default_factory=list)
    tick_fails: bool = False
    plans_at: dict[datetime, datetime] = field(default_factory=dict)

    async def tick(self, moment: Moment) -> None:
        self.ticks.append(moment.now)
        self.events.append(moment.now)
        if moment.now in self.plans_at:
            self.ledger.planned.append(self.plans_at[moment.now])
        if self.tick_fails:
            raise RuntimeError("the planner stumbled")

    async def drain(self, now: datetime) -> None:
        self.events += self.ledger.send_due(now)

    async def sent_so_far(self) -> int:
        return len(self.ledger.sent)

    async def walk(self, target: datetime | None) -> None:
        follower = Follower(
            units=cast("UnitsOfWork", self.ledger),
            timetable=(Tick("plan_day", "0 0,6,12,18 * * *", self.tick),),
            clock=self.clock,
            drain=self.drain,
            sent_so_far=self.sent_so_far,
        )
        await follower.walk(Move(target))


async def test_a_day_has_its_four_plannings_and_ends_where_it_was_sent() -> None:
    days = Days()
    await days.walk(START + 24 * HOUR)
    assert days.ticks == [datetime(2026, 3, 1, hour, tzinfo=UTC) for hour in (6, 12, 18)] + [
        datetime(2026, 3, 2, tzinfo=UTC)
    ]
    assert days.clock.steps[-1] == (START + 24 * HOUR, True)
    assert [done for _now, done in days.clock.steps].count(True) == 1


async def test_a_tick_at_the_very_end_of_a_move_runs_once_and_not_again_in_the_next() -> None:
    days = Days()
    six = datetime(2026, 3, 1, 6, tzinfo=UTC)
    await days.walk(six)
    await days.walk(six + HOUR)
    assert days.ticks == [six]


async def test_a_message_leaves_at_its_own_minute_and_not_at_the_end_of_the_move() -> None:
    days = Days(ledger=Ledger(planned=[START + HOUR]))
    await days.walk(START + 2 * HOUR)
    assert (START + HOUR, False) in days.clock.steps
    assert days.ledger.sent == [START + HOUR]


async def test_what_a_tick_plans_on_the_way_leaves_on_the_way() -> None:
    six = datetime(2026, 3, 1, 6, tzinfo=UTC)
    days = Days(plans_at={six: six + HOUR})
    await days.walk(START + 12 * HOUR)
    assert (six + HOUR, False) in days.clock.steps
    assert days.ledger.sent == [six + HOUR]


async def test_what_is_due_already_leaves_before_the_clock_moves() -> None:
    days = Days(ledger=Ledger(planned=[START - HOUR]))
    await days.walk(START + HOUR)
    assert days.ledger.sent == [START - HOUR]


async def test_the_next_message_stops_the_clock_at_the_first_one() -> None:
    days = Days(ledger=Ledger(planned=[START + 30 * HOUR, START + 26 * HOUR]))
    await days.walk(None)
    assert days.clock.now == START + 26 * HOUR
    assert days.ledger.sent == [START + 26 * HOUR]
    assert len(days.ticks) == 4


async def test_looking_for_a_message_that_never_comes_ends_after_a_month() -> None:
    days = Days()
    await days.walk(None)
    assert days.clock.steps[-1] == (START + FARTHEST, True)


async def test_a_tick_that_fails_does_not_stop_the_walk() -> None:
    days = Days(tick_fails=True)
    await days.walk(START + 24 * HOUR)
    assert len(days.ticks) == 4
    assert days.ledger.heartbeats == []
    assert days.clock.steps[-1] == (START + 24 * HOUR, True)


async def test_a_move_to_where_the_clock_stands_ends_at_once() -> None:
    days = Days()
    await days.walk(START)
    assert days.clock.steps == [(START, True)]
    assert days.ticks == []


@settings(deadline=None, max_examples=30)
@given(minutes=st.lists(st.integers(-60, 4000), max_size=8), length=st.integers(0, 4000))
async def test_time_never_jumps_over_a_tick_or_a_message(minutes: list[int], length: int) -> None:
    planned = [START + timedelta(minutes=minute) for minute in minutes]
    days = Days(ledger=Ledger(planned=list(planned)))
    end = START + timedelta(minutes=length)
    await days.walk(end)
    stops = [START] + [now for now, _done in days.clock.steps]
    assert days.clock.now == end
    assert stops == sorted(stops)
    assert {at for at in planned if START < at <= end} <= set(stops)
    assert sorted(days.ledger.sent) == sorted(at for at in planned if at <= end)
    assert [at for at in days.events if at > START] == sorted(at for at in days.events if at > START)
    assert days.ticks == [
        tick for n in range(1, 13) if (tick := datetime(2026, 3, 1, tzinfo=UTC) + n * timedelta(hours=6)) <= end
    ]

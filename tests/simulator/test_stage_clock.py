"""Time stands still until somebody moves it, and runs through every tick when somebody follows."""

import asyncio
from datetime import UTC, datetime

import pytest

from simulator.instants import add_months
from tests.fakes.simulator import Stage
from tests.simulator.conftest import Api
from tests.simulator.stage_client import StageRefusedError

START = "2026-11-22T05:00:00Z"


async def test_the_clock_stands_still_at_the_start(stage: Stage) -> None:
    clock = await stage.clock()
    del clock["rev"]
    assert clock == {"now": START, "target": None, "until": None, "moving": False, "follower": False, "sent": 0}


@pytest.mark.parametrize(
    ("how", "now"),
    [
        ({"days": 1}, "2026-11-23T05:00:00Z"),
        ({"months": 1}, "2026-12-22T05:00:00Z"),
        ({"to": "2026-12-01T08:00:00+07:00"}, "2026-12-01T01:00:00Z"),
    ],
)
async def test_without_a_follower_time_has_passed_at_once(stage: Stage, how: dict[str, object], now: str) -> None:
    clock = await stage.move(**how)
    assert (clock["now"], clock["moving"]) == (now, False)


@pytest.mark.parametrize("how", [{"days": -1}, {"to": "2026-11-22T04:59:59Z"}, {"to": "soon"}, {}, {"days": 10**9}])
async def test_time_never_runs_backwards_nor_to_nowhere(stage: Stage, how: dict[str, object]) -> None:
    with pytest.raises(StageRefusedError) as caught:
        await stage.move(**how)
    assert caught.value.status == 400


async def test_a_follower_runs_what_lies_between(stage: Stage) -> None:
    await stage.follow(30)
    clock = await stage.move(days=1)
    assert (clock["now"], clock["target"], clock["moving"]) == (START, "2026-11-23T05:00:00Z", True)
    with pytest.raises(StageRefusedError, match="moving already"):
        await stage.move(days=1)
    assert (await stage.step("2026-11-22T06:00:00Z"))["moving"]
    with pytest.raises(StageRefusedError, match="beyond the target"):
        await stage.step("2026-11-24T00:00:00Z")
    clock = await stage.step("2026-11-23T05:00:00Z", done=True)
    assert (clock["now"], clock["target"], clock["moving"]) == ("2026-11-23T05:00:00Z", None, False)
    with pytest.raises(StageRefusedError, match="not moving"):
        await stage.step("2026-11-23T05:00:00Z")
    await stage.follow(0)


async def test_the_follower_of_a_move_to_the_next_message_learns_that_one_was_sent(
    api: Api, stage: Stage, lan: int
) -> None:
    with pytest.raises(StageRefusedError, match="start the bot first"):
        await stage.move(until="next_message")
    await stage.follow(30)
    assert (await stage.move(until="next_message"))["until"] == "next_message"
    assert (await stage.step("2026-11-23T01:00:00Z"))["sent"] == 0
    message = await api.ok("sendMessage", chat_id=lan, text="Chào")
    assert message["date"] == int(datetime(2026, 11, 23, 1, tzinfo=UTC).timestamp())
    clock = await stage.step("2026-11-23T01:00:00Z", done=True)
    assert (clock["sent"], clock["until"], clock["moving"]) == (1, None, False)
    await stage.follow(0)


async def test_waiting_for_the_clock_ends_when_it_changes_and_when_the_time_is_up(stage: Stage) -> None:
    rev = (await stage.clock())["rev"]
    waiting = asyncio.create_task(stage.wait_for_clock(rev=rev))
    await stage.move(days=1)
    async with asyncio.timeout(10):
        assert (await waiting)["now"] == "2026-11-23T05:00:00Z"
    rev = (await stage.clock())["rev"]
    assert (await stage.wait_for_clock(rev=rev, timeout=0))["rev"] == rev


async def test_a_follower_that_goes_away_leaves_the_clock_where_it_came_to(stage: Stage) -> None:
    await stage.follow(30)
    await stage.move(days=1)
    clock = await stage.step("2026-11-22T07:00:00Z")
    await stage.follow(0)
    while clock["follower"]:
        clock = await stage.wait_for_clock(rev=clock["rev"])
    assert (clock["moving"], clock["now"]) == (False, "2026-11-22T07:00:00Z")


async def test_the_page_hears_of_every_change(api: Api, stage: Stage, lan: int) -> None:
    async with api.client.stream("GET", "/sim/stream") as stream, asyncio.timeout(10):
        lines = stream.aiter_lines()
        assert await anext(lines) == f'data: {{"rev": {(await stage.state())["rev"]}}}'
        await stage.text(lan, "Chào")
        later = [await anext(lines) for _ in range(2)]
    assert later[1] == f'data: {{"rev": {(await stage.state())["rev"]}}}'


def test_a_day_a_month_does_not_have_rolls_forward_to_the_first() -> None:
    assert add_months(datetime(2027, 1, 31, tzinfo=UTC), 1) == datetime(2027, 3, 1, tzinfo=UTC)
    assert add_months(datetime(2026, 12, 15, tzinfo=UTC), 1) == datetime(2027, 1, 15, tzinfo=UTC)
    assert add_months(datetime(2026, 11, 30, tzinfo=UTC), 1) == datetime(2026, 12, 30, tzinfo=UTC)

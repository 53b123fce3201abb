"""The clock as the rest of the house sees it: the system's, and the simulator's over HTTP."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from app.clock import ClockRefusedError, ClockState, SimulatedClock, SimulatorAwayError, SystemClock

ORIGIN = "http://127.0.0.1:8090"
NOON = datetime(2027, 2, 3, 12, tzinfo=UTC)
STANDING = {"rev": 4, "now": "2027-02-03T12:00:00Z", "target": None, "until": None, "moving": False, "follower": True}
MOVING = {**STANDING, "rev": 5, "target": "2027-02-10T12:00:00Z", "moving": True}
Answer = Callable[[httpx.Request], httpx.Response]


def clock(answer: Answer, patience: float = 5.0) -> SimulatedClock:
    return SimulatedClock(ORIGIN, patience=patience, transport=httpx.MockTransport(answer))


def answering(*answers: httpx.Response | Exception) -> tuple[Answer, list[httpx.Request]]:
    """A simulator that gives these answers one after the other, and the requests it got."""
    remaining, seen = list(answers), []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        given = remaining.pop(0)
        if isinstance(given, Exception):
            raise given
        return given

    return answer, seen


def ok(body: dict[str, Any]) -> httpx.Response:
    return httpx.Response(200, json=body)


async def test_the_systems_moment_is_one_instant_for_programme_and_wall() -> None:
    before = datetime.now(UTC)
    moment = await SystemClock().moment()
    assert before <= moment.now == moment.wall <= datetime.now(UTC)


async def test_a_simulated_moment_has_the_simulators_time_and_the_real_wall() -> None:
    answer, seen = answering(ok(STANDING))
    moment = await clock(answer).moment()
    assert moment.now == NOON
    assert abs(moment.wall - datetime.now(UTC)) < timedelta(minutes=1)
    assert str(seen[0].url) == f"{ORIGIN}/sim/clock"


async def test_a_follower_is_told_of_a_move() -> None:
    answer, seen = answering(ok(MOVING))
    state = await clock(answer).wait_for_change(4, 25)
    assert state == ClockState(rev=5, now=NOON, target=NOON + timedelta(days=7), until=None, moving=True)
    assert seen[0].url.path == "/sim/clock/wait"
    assert dict(seen[0].url.params) == {"rev": "4", "timeout": "25"}
    assert seen[0].extensions["timeout"]["read"] > 25


async def test_a_follower_says_that_it_is_here_and_how_far_it_came() -> None:
    answer, seen = answering(ok(MOVING), ok(STANDING))
    follower = clock(answer)
    await follower.follow(30)
    await follower.step(NOON, done=True)
    assert [request.url.path for request in seen] == ["/sim/clock/follow", "/sim/clock/step"]
    assert json.loads(seen[0].content) == {"seconds": 30}
    assert json.loads(seen[1].content) == {"now": "2027-02-03T12:00:00+00:00", "done": True}


async def test_a_simulator_that_is_still_starting_is_asked_again() -> None:
    answer, seen = answering(httpx.ConnectError("refused"), httpx.Response(503), ok(STANDING))
    assert (await clock(answer).moment()).now == NOON
    assert len(seen) == 3


async def test_a_simulator_that_stays_away_is_one_clear_sentence() -> None:
    answer, _ = answering(httpx.ConnectError("refused"))
    with pytest.raises(SimulatorAwayError, match=r"clock at http://127\.0\.0\.1:8090 does not answer: start it with"):
        await clock(answer, patience=0).moment()


async def test_a_refused_step_is_told_and_not_repeated() -> None:
    answer, seen = answering(httpx.Response(409, json={"error": "The clock is not moving."}))
    with pytest.raises(ClockRefusedError, match="The clock is not moving"):
        await clock(answer).step(NOON, done=False)
    assert len(seen) == 1

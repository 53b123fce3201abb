"""The routes of the clock: reading it, waiting on it, moving it, following it."""

from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.accounts import Json
from simulator.clock import SimulatedClock
from simulator.instants import add_months, parse_instant
from simulator.refusal import impossible
from simulator.stage.bodies import body_of, number_in, query_number, simulation_of

LONGEST_WAIT = 60


def clock_routes() -> list[Route]:
    return [
        Route("/sim/clock", _read, methods=["GET"]),
        Route("/sim/clock/wait", _wait, methods=["GET"]),
        Route("/sim/clock/move", _move, methods=["POST"]),
        Route("/sim/clock/step", _step, methods=["POST"]),
        Route("/sim/clock/follow", _follow, methods=["POST"]),
    ]


async def _read(request: Request) -> Response:
    return JSONResponse(_clock(request).as_json())


async def _wait(request: Request) -> Response:
    timeout = min(max(query_number(request, "timeout", 25), 0), LONGEST_WAIT)
    clock = _clock(request)
    await clock.changes.beyond(query_number(request, "rev", clock.changes.rev), timeout)
    return JSONResponse(clock.as_json())


async def _move(request: Request) -> Response:
    body = await body_of(request)
    clock = _clock(request)
    if body.get("until") == "next_message":
        clock.move_until_next_message()
    else:
        clock.move_to(_target(body, simulation_of(request).world.now))
    return JSONResponse(clock.as_json())


async def _step(request: Request) -> Response:
    body = await body_of(request)
    clock = _clock(request)
    clock.step(_instant(body.get("now")), done=body.get("done") is True)
    return JSONResponse(clock.as_json())


async def _follow(request: Request) -> Response:
    body = await body_of(request)
    clock = _clock(request)
    seconds = body.get("seconds", 30)
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0:
        raise impossible('"seconds" must be a number, zero or more.')
    clock.follow(seconds)
    return JSONResponse(clock.as_json())


def _clock(request: Request) -> SimulatedClock:
    return simulation_of(request).clock


def _target(body: Json, now: datetime) -> datetime:
    try:
        if "days" in body:
            return now + timedelta(days=number_in(body, "days"))
        if "months" in body:
            return add_months(now, number_in(body, "months"))
    except (OverflowError, ValueError):
        raise impossible("That is too far away.") from None
    return _instant(body.get("to"))


def _instant(value: Any) -> datetime:
    try:
        return parse_instant(str(value))
    except ValueError:
        raise impossible("An instant looks like 2026-11-22T05:00:00Z.") from None

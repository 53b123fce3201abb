"""Reading what a request to the stage brings, with a sentence for whoever sent something else."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from simulator.accounts import Bot, Json
from simulator.people import Hand
from simulator.refusal import RefusedError, impossible, unknown
from simulator.simulation import Simulation

Endpoint = Callable[[Request], Awaitable[Response]]


def simulation_of(request: Request) -> Simulation:
    simulation: Simulation = request.app.state.simulation
    return simulation


def bot_of(request: Request) -> Bot:
    """The bot a request names with `?bot=`; the first one otherwise."""
    world = simulation_of(request).world
    if "bot" not in request.query_params:
        return world.first_bot
    bot = world.bots.get(_number(request.query_params["bot"], "bot"))
    if bot is None:
        raise unknown("There is no such bot.")
    return bot


def hand_of(request: Request) -> Hand:
    return hand_on(request, request.path_params["phone_id"])


def hand_on(request: Request, phone_id: Any) -> Hand:
    world = simulation_of(request).world
    phone = world.phones.get(_number(phone_id, "phone"))
    if phone is None:
        raise unknown("There is no such phone.")
    return Hand(world, bot_of(request), phone)


async def body_of(request: Request) -> Json:
    """The JSON object of a request; an empty body counts as an empty object."""
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError:
        raise impossible("The body is no JSON.") from None
    if not isinstance(body, dict):
        raise impossible("The body must be a JSON object.")
    return body


def text_in(body: Json, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise impossible(f'"{name}" must be a text.')
    return value


def number_in(body: Json, name: str) -> int:
    if name not in body:
        raise impossible(f'"{name}" is missing.')
    return _number(body[name], name)


def optional_number_in(body: Json, name: str) -> int | None:
    return None if body.get(name) is None else number_in(body, name)


def query_number(request: Request, name: str, default: int) -> int:
    return _number(request.query_params.get(name, default), name)


def _number(value: Any, name: str) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise impossible(f'"{name}" must be a whole number.') from None


async def refused(_request: Request, error: Exception) -> Response:
    """Say in one sentence what cannot be done."""
    status = error.status if isinstance(error, RefusedError) else 500
    return JSONResponse({"error": str(error)}, status_code=status)

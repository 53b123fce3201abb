"""The page of phones, and what keeps it up to date."""

from collections.abc import AsyncIterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from simulator.accounts import Json
from simulator.changes import Changes
from simulator.stage.bodies import bot_of, simulation_of
from simulator.stage.views import bot_view, phone_view

PAGE = Path(__file__).parent.parent / "page"
HEARTBEAT = 15.0


def page_routes() -> list[BaseRoute]:
    return [
        Route("/", _index, methods=["GET"]),
        Route("/sim/state", _state, methods=["GET"]),
        Route("/sim/stream", _stream, methods=["GET"]),
        Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
    ]


async def _index(_request: Request) -> Response:
    index = PAGE / "index.html"
    if not index.exists():
        return PlainTextResponse("The page is not installed.", status_code=404)
    return FileResponse(index, headers={"Cache-Control": "no-cache"})


async def _state(request: Request) -> Response:
    simulation = simulation_of(request)
    world, bot = simulation.world, bot_of(request)
    state: Json = {
        "rev": world.changes.rev,
        "clock": simulation.clock.as_json(),
        "limits": simulation.limits.enabled,
        "bots": [bot_view(bot) for bot in world.bots.values()],
        "phones": [phone_view(world, bot, phone) for phone in world.phones.values()],
    }
    return JSONResponse(state)


async def _stream(request: Request) -> Response:
    changes = simulation_of(request).world.changes
    headers = {"Cache-Control": "no-store"}
    return StreamingResponse(_revisions(changes), media_type="text/event-stream", headers=headers)


async def _revisions(changes: Changes) -> AsyncIterator[str]:
    """The newest revision at once, then again after every change; a comment now and then keeps the line open."""
    while not changes.closed:
        rev = changes.rev
        yield f'data: {{"rev": {rev}}}\n\n'
        while not await changes.beyond(rev, HEARTBEAT):
            yield ": still here\n\n"

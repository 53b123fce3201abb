"""The door of the Bot API: token, method, parameters in; an answer, an error or silence out."""

import asyncio
import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from simulator.accounts import Bot, Json
from simulator.bot_api.call import Call, Described
from simulator.bot_api.errors import ApiError, not_found, too_many_requests, unauthorized
from simulator.bot_api.methods import LIMITED, Method, find_method
from simulator.bot_api.parameters import Parameters, read_parameters
from simulator.bot_api.trouble import HELD, SILENT, refusal
from simulator.faults import Fault
from simulator.instants import format_instant
from simulator.simulation import Simulation
from simulator.stored_files import file_path_of


@dataclass(frozen=True)
class _Request:
    """A call whose token and method are known."""

    call: Call
    name: str
    method: Method

    @property
    def parameters(self) -> Parameters:
        return self.call.parameters


class _Silence(Response):
    """No answer at all: the call is held for a while, then the connection drops."""

    def __init__(self, seconds: float, simulation: Simulation) -> None:
        super().__init__()
        self._seconds = seconds
        self._simulation = simulation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._hold(receive)
        if drop := scope.get("drop_connection"):
            drop()
            await receive()
            return
        # Without our own server the nearest thing is an answer that breaks off.
        headers = [(b"content-length", b"1")]
        await send({"type": "http.response.start", "status": 502, "headers": headers})

    async def _hold(self, receive: Receive) -> None:
        """Until the time is up, the caller gives up, or the simulator stops."""
        gone = asyncio.ensure_future(receive())
        closing = asyncio.ensure_future(self._until_closed())
        await asyncio.wait((gone, closing), timeout=self._seconds, return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        closing.cancel()

    async def _until_closed(self) -> None:
        changes = self._simulation.world.changes
        while not changes.closed:
            await changes.beyond(changes.rev, None)


def routes() -> list[Route]:
    return [
        Route("/file/bot{token}/{path:path}", _download, methods=["GET"]),
        Route("/bot{token}/{method}", _method, methods=["GET", "POST"]),
        Route("/bot{rest:path}", _nowhere, methods=["GET", "POST"]),
    ]


async def _nowhere(_request: Request) -> Response:
    return _failure(not_found())


async def _method(request: Request) -> Response:
    simulation: Simulation = request.app.state.simulation
    try:
        asked = await _asked(request, simulation)
    except ApiError as error:
        return _failure(error)
    fault = simulation.faults.strike(asked.name, asked.parameters.chat_id())
    status, answer = await _answer(asked, fault)
    _journal(asked, status, answer, fault)
    if fault is not None and fault.kind in SILENT:
        seconds = fault.seconds if fault.kind in HELD else 0.0
        return _Silence(seconds, simulation)
    return JSONResponse(answer, status_code=status or 200)


async def _asked(request: Request, simulation: Simulation) -> _Request:
    bot = _bot(simulation, request.path_params["token"])
    found = find_method(request.path_params["method"])
    if found is None:
        raise not_found()
    name, method = found
    return _Request(Call(simulation, bot, await read_parameters(request)), name, method)


def _bot(simulation: Simulation, token: str) -> Bot:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token):
        raise not_found()
    bot = simulation.bot_with(token)
    if bot is None:
        raise unauthorized()
    return bot


async def _answer(asked: _Request, fault: Fault | None) -> tuple[int, Json]:
    """Status and body; status 0 when a fault swallowed the call before it did anything."""
    if fault is not None and fault.kind == "timeout_before":
        return 0, {"ok": False, "description": "the call was lost"}
    try:
        _refuse(asked, fault)
        result = await asked.method(asked.call)
    except ApiError as error:
        return error.code, error.as_json()
    if isinstance(result, Described):
        return 200, {"ok": True, "result": result.result, "description": result.description}
    return 200, {"ok": True, "result": result}


def _refuse(asked: _Request, fault: Fault | None) -> None:
    chat_id = asked.parameters.chat_id()
    if fault is not None and (error := refusal(fault, chat_id)):
        raise error
    if asked.name in LIMITED and chat_id is not None:
        wait = asked.call.simulation.limits.wait_before(asked.call.bot.id, chat_id)
        if wait:
            raise too_many_requests(wait)


def _journal(asked: _Request, status: int, answer: Json, fault: Fault | None) -> None:
    outcome = {name: answer[name] for name in ("result", "error_code", "description") if name in answer}
    asked.call.simulation.journal.add(
        at=format_instant(asked.call.world.now),
        bot_id=asked.call.bot.id,
        method=asked.name,
        params=asked.parameters.for_journal(),
        files=list(asked.parameters.files),
        status=status,
        ok=answer["ok"],
        **outcome,
        **({"fault": fault.kind} if fault else {}),
    )


def _failure(error: ApiError) -> Response:
    return JSONResponse(error.as_json(), status_code=error.code)


async def _download(request: Request) -> Response:
    simulation: Simulation = request.app.state.simulation
    try:
        _bot(simulation, request.path_params["token"])
    except ApiError as error:
        return _failure(error)
    world = simulation.world
    wanted = request.path_params["path"]
    stored = next((file for file in world.files.values() if file_path_of(file) == wanted), None)
    if stored is None:
        return _failure(not_found())
    return Response(world.file_bytes.read(stored.unique_id), media_type=stored.mime_type)

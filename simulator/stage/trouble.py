"""The routes of those who look for trouble: the journal, faults, limits, and a fresh start."""

from dataclasses import fields
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.accounts import Json
from simulator.faults import KINDS, Fault
from simulator.refusal import impossible
from simulator.stage.bodies import body_of, query_number, simulation_of, text_in

LONGEST_WAIT = 60
_FIELDS = {field.name for field in fields(Fault)}
_NUMBERS = _FIELDS - {"kind", "method"}


def trouble_routes() -> list[Route]:
    return [
        Route("/sim/journal", _journal, methods=["GET"]),
        Route("/sim/faults", _faults, methods=["GET"]),
        Route("/sim/faults", _add_fault, methods=["POST"]),
        Route("/sim/faults", _clear_faults, methods=["DELETE"]),
        Route("/sim/limits", _limits, methods=["POST"]),
        Route("/sim/reset", _reset, methods=["POST"]),
    ]


async def _journal(request: Request) -> Response:
    """The calls after `since`; with `timeout`, wait so many real seconds for the first one that matches."""
    journal = simulation_of(request).journal
    asked = request.query_params
    chat_id = query_number(request, "chat_id", 0) if asked.get("chat_id") else None
    entries: list[Json] = []
    async for _ in journal.changes.until(min(query_number(request, "timeout", 0), LONGEST_WAIT)):
        entries = journal.entries(
            since=query_number(request, "since", 0), method=asked.get("method", ""), chat_id=chat_id
        )
        if entries:
            break
    return JSONResponse({"entries": entries})


async def _faults(request: Request) -> Response:
    waiting = simulation_of(request).faults.waiting()
    return JSONResponse({"faults": [fault.as_json() for fault in waiting]})


async def _add_fault(request: Request) -> Response:
    simulation_of(request).faults.add(_fault(await body_of(request)))
    return await _faults(request)


async def _clear_faults(request: Request) -> Response:
    simulation_of(request).faults.clear()
    return await _faults(request)


async def _limits(request: Request) -> Response:
    enabled = (await body_of(request)).get("enabled")
    if not isinstance(enabled, bool):
        raise impossible('"enabled" must be true or false.')
    simulation_of(request).limits.switch(enabled=enabled)
    return JSONResponse({"enabled": enabled})


async def _reset(request: Request) -> Response:
    simulation_of(request).reset()
    return JSONResponse({})


def _fault(body: Json) -> Fault:
    if text_in(body, "kind") not in KINDS:
        raise impossible(f"A fault is one of: {', '.join(KINDS)}.")
    if strange := set(body) - _FIELDS:
        raise impossible(f"A fault has no {', '.join(sorted(strange))}.")
    known = {name: value for name, value in body.items() if value is not None}
    for name in _NUMBERS & set(known):
        _check_number(name, known[name])
    return Fault(**known)


def _check_number(name: str, value: Any) -> None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole and not (name == "seconds" and isinstance(value, float)):
        raise impossible(f'"{name}" must be a number.')

"""The console's routes: the webhook and health, and a plain sentence for whatever is not there."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from console.webhook import Receive, Webhook

Healthy = Callable[[], Awaitable[Mapping[str, object]]]

_SENTENCES = {404: "There is nothing at this address.", 405: "This address is there, but not for this kind of request."}
_logger = logging.getLogger(__name__)


def make_console(
    *,
    webhook_path: str | None,
    webhook_secrets: Sequence[str],
    receive: Receive,
    unreadable: type[Exception],
    healthy: Healthy,
) -> Starlette:
    """The application. Without a webhook's path it has no such route; `receive` raises `unreadable` for a bad body."""
    routes: list[BaseRoute] = [Route("/healthz", _health(healthy), methods=["GET"])]
    if webhook_path is not None:
        if not all(webhook_secrets) or not webhook_secrets:
            raise ValueError("a webhook needs a secret")
        webhook = Webhook(secrets=webhook_secrets, receive=receive, unreadable=unreadable)
        routes.append(Route(webhook_path, webhook.answer, methods=["POST"]))
    return Starlette(routes=routes, exception_handlers={HTTPException: _explain, Exception: _explain_fault})


def _health(healthy: Healthy) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        try:
            found = {"status": "ok", **await healthy()}
        except Exception:
            _logger.exception("health_unknown")
            found = {"status": "unavailable"}
        return JSONResponse(found, status_code=200 if found["status"] == "ok" else 503)

    return answer


async def _explain(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette hands over what the table above promised
    sentence = _SENTENCES.get(error.status_code, error.detail)
    return PlainTextResponse(sentence, status_code=error.status_code, headers=error.headers)


async def _explain_fault(_: Request, error: Exception) -> Response:
    _logger.error("request_failed", exc_info=error)
    return PlainTextResponse("Something went wrong here; it has been noted.", status_code=500)

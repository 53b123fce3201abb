"""The console's routes: the webhook, health and figures, and a plain sentence for whatever is not there."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from console.health import Ready, alive, readiness
from console.metrics import Gate, Measure, MetricsPage
from console.webhook import Receive, Webhook

_SENTENCES = {404: "There is nothing at this address.", 405: "This address is there, but not for this kind of request."}
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Seeing:
    """How the programme does: whether it is ready, its figures, and who may see them."""

    ready: Ready
    measure: Measure
    gate: Gate


def make_console(
    *,
    webhook_path: str | None,
    webhook_secrets: Sequence[str],
    receive: Receive,
    unreadable: type[Exception],
    seeing: Seeing,
) -> Starlette:
    """The application. Without a webhook's path it has no such route; `receive` raises `unreadable` for a bad body."""
    refused: Counter[int] = Counter()
    metrics = MetricsPage(seeing.measure, seeing.gate, refused)
    routes: list[BaseRoute] = [
        Route("/healthz", alive, methods=["GET"]),
        Route("/readyz", readiness(seeing.ready), methods=["GET"]),
        Route("/metrics", metrics.answer, methods=["GET"]),
    ]
    if webhook_path is not None:
        if not all(webhook_secrets) or not webhook_secrets:
            raise ValueError("a webhook needs a secret")
        webhook = Webhook(secrets=webhook_secrets, receive=receive, unreadable=unreadable, refused=refused)
        routes.append(Route(webhook_path, webhook.answer, methods=["POST"]))
    return Starlette(routes=routes, exception_handlers={HTTPException: _explain, Exception: _explain_fault})


async def _explain(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette hands over what the table above promised
    sentence = _SENTENCES.get(error.status_code, error.detail)
    return PlainTextResponse(sentence, status_code=error.status_code, headers=error.headers)


async def _explain_fault(_: Request, error: Exception) -> Response:
    _logger.error("request_failed", exc_info=error)
    return PlainTextResponse("Something went wrong here; it has been noted.", status_code=500)

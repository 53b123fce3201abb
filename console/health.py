"""Whether the console lives (`/healthz`), and whether the programme can serve (`/readyz`), with words why not."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Readiness:
    """Why the programme cannot serve now, a sentence each; and what else is worth knowing."""

    why: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


Ready = Callable[[], Awaitable[Readiness]]


async def alive(_: Request) -> Response:
    """It answers, so it lives: nothing else is asked, so that a database that is away restarts no console."""
    return JSONResponse({"status": "ok"})


def readiness(ready: Ready) -> Callable[[Request], Awaitable[Response]]:
    """The route that asks everything else."""

    async def answer(_: Request) -> Response:
        try:
            found = await ready()
        except Exception:
            _logger.exception("readiness_unknown")
            found = Readiness(("It could not be found out; the log says why.",))
        status = "not ready" if found.why else "ready"
        body = {"status": status, "why": list(found.why), **found.facts}
        return JSONResponse(body, status_code=503 if found.why else 200)

    return answer

"""The programme's clock: the system's, or the simulator's. No other file reads a clock."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

import httpx

from domain.moment import Moment

_TIMEOUT = 5.0
_FIRST_WAIT = 0.1
_LONGEST_WAIT = 1.0


class Clock(Protocol):
    """Tells the moment."""

    async def moment(self) -> Moment: ...


class SimulatorAwayError(Exception):
    """The simulator, which holds the clock, does not answer."""


class ClockRefusedError(Exception):
    """The simulator understood and said no: somebody else ended the move, or time would run backwards."""


@dataclass(frozen=True)
class ClockState:
    """Where the simulated clock stands, and how far it was asked to go (a target, or until something happens)."""

    rev: int
    now: datetime
    target: datetime | None
    until: str | None
    moving: bool
    sent: int = 0  # messages that the bots sent since the move began


class SystemClock:
    """The machine's own clock."""

    async def moment(self) -> Moment:
        now = _wall()
        return Moment(now=now, wall=now)

    @staticmethod
    def today() -> date:
        """The machine's own day, for tools that concern no family."""
        return _wall().date()


class SimulatedClock:
    """The simulator's clock, read over HTTP, and what somebody who runs its ticks tells it."""

    def __init__(
        self, origin: str, *, patience: float = 10.0, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._origin = origin
        self._patience = patience
        # The simulator is on this machine: a proxy of the environment has nothing to do with it.
        self._client = httpx.AsyncClient(base_url=origin, timeout=_TIMEOUT, trust_env=False, transport=transport)

    async def moment(self) -> Moment:
        state = await self.state()
        return Moment(now=state.now, wall=_wall())

    async def state(self) -> ClockState:
        return _read_state(await self._ask("GET", "/sim/clock"))

    async def wait_for_change(self, rev: int, timeout: float) -> ClockState:
        """The state as soon as its `rev` is another one, or when so many real seconds are over."""
        query = {"rev": rev, "timeout": timeout}
        return _read_state(await self._ask("GET", "/sim/clock/wait", params=query, timeout=timeout + _TIMEOUT))

    async def follow(self, seconds: float) -> None:
        """Say that somebody runs the ticks, for so many real seconds from now."""
        await self._ask("POST", "/sim/clock/follow", json={"seconds": seconds})

    async def step(self, now: datetime, done: bool) -> Moment:
        """Say how far the ticks have run, and stand there; ClockRefusedError when the move is no longer under way."""
        await self._ask("POST", "/sim/clock/step", json={"now": now.astimezone(UTC).isoformat(), "done": done})
        return Moment(now=now, wall=_wall())

    async def close(self) -> None:
        await self._client.aclose()

    async def _ask(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        """Call, and for a while call again when nobody is there: the simulator may still be starting."""
        give_up_at = time.monotonic() + self._patience
        wait = _FIRST_WAIT
        while True:
            try:
                return _answer(await self._client.request(method, path, **request))
            except (httpx.TransportError, httpx.HTTPStatusError) as error:
                if time.monotonic() + wait > give_up_at:
                    raise SimulatorAwayError(_away(self._origin)) from error
            await asyncio.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)


def _wall() -> datetime:
    return datetime.now(UTC)


def _answer(response: httpx.Response) -> dict[str, Any]:
    if response.is_client_error:
        raise ClockRefusedError(f"The simulator's clock said no: {response.text}")
    response.raise_for_status()
    try:
        answer: dict[str, Any] = response.json()
    except ValueError:
        raise httpx.RemoteProtocolError("no JSON") from None
    return answer


def _away(origin: str) -> str:
    return f"The simulator's clock at {origin} does not answer: start it with `cradle simulator`, or see CRADLE_CLOCK."


def _read_state(answer: dict[str, Any]) -> ClockState:
    target = answer["target"]
    return ClockState(
        rev=answer["rev"],
        now=_read_instant(answer["now"]),
        target=_read_instant(target) if target else None,
        until=answer["until"],
        moving=answer["moving"],
        sent=answer.get("sent", 0),
    )


def _read_instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)

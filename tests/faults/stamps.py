"""When each call reached the simulator in real time: what it limits, it limits in real time."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

from simulator.bot_api.methods import LIMITED
from simulator.journal import Journal


@dataclass(frozen=True)
class Stamped:
    """One call, and the real second in which it came."""

    at: float
    method: str
    ok: bool
    fault: str = ""
    code: int = 0


@dataclass
class Stamps:
    """Every call of every bot, in order."""

    calls: list[Stamped] = field(default_factory=list)
    said: int = 0
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, call: Stamped) -> None:
        """One more."""
        self.calls.append(call)
        self.said += call.method in LIMITED
        self._more.set()

    async def until_said(self, times: int, *, within: float) -> None:
        """Wait until so many more of those came that Telegram counts, but not for a bot that has nothing to say."""
        wanted = self.said + times
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self.said < wanted:
                    self._more.clear()
                    await self._more.wait()

    @property
    def limited(self) -> list[float]:
        """When those came that Telegram counts."""
        return [call.at for call in self.calls if call.method in LIMITED]

    @property
    def refused(self) -> list[float]:
        """When Telegram said: too many."""
        return [call.at for call in self.calls if call.code == 429]

    def busiest(self, seconds: float) -> int:
        """The most calls within so many seconds, wherever they begin."""
        times = self.limited
        return max((_within(times, first, seconds) for first in range(len(times))), default=0)


def _within(times: Sequence[float], first: int, seconds: float) -> int:
    last = first
    while last < len(times) and times[last] < times[first] + seconds:
        last += 1
    return last - first


def stamped(monkeypatch: pytest.MonkeyPatch) -> Stamps:
    """From now on; the simulator runs in the test's own process."""
    stamps, add = Stamps(), Journal.add

    def note(self: Journal, **entry: Any) -> None:
        told = (entry["method"], entry["ok"], entry.get("fault", ""), entry.get("error_code", 0))
        stamps.add(Stamped(time.monotonic(), *told))
        add(self, **entry)

    monkeypatch.setattr(Journal, "add", note)
    return stamps

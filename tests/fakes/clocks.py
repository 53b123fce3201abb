"""Clocks that a test holds in its hand, and the little of a database that walking them needs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from domain.moment import Moment

WALL = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass
class HeldClock:
    """The programme's clock: it only ever goes forward, and remembers each step."""

    now: datetime
    steps: list[tuple[datetime, bool]] = field(default_factory=list)

    async def moment(self) -> Moment:
        return Moment(now=self.now, wall=WALL)

    async def step(self, now: datetime, done: bool) -> Moment:
        assert now >= self.now, "time ran backwards"
        self.now = now
        self.steps.append((now, done))
        return await self.moment()


@dataclass
class Ledger:
    """Planned and sent messages and heartbeats; it hands itself out as the unit of work."""

    planned: list[datetime] = field(default_factory=list)
    sent: list[datetime] = field(default_factory=list)
    heartbeats: list[tuple[str, datetime, datetime]] = field(default_factory=list)
    fails: bool = False

    @property
    def outbox(self) -> "Ledger":
        return self

    @property
    def programme(self) -> "Ledger":
        return self

    @asynccontextmanager
    async def begin(self) -> AsyncIterator["Ledger"]:
        yield self

    @asynccontextmanager
    async def look(self) -> AsyncIterator["Ledger"]:
        yield self

    async def next_send_from(self, after: datetime) -> datetime | None:
        return min((at for at in self.planned if at > after), default=None)

    async def note_tick(self, tick: str, *, ran_at: datetime, wall_at: datetime) -> None:
        if self.fails:
            raise OSError("the disk is full")
        self.heartbeats.append((tick, ran_at, wall_at))

    def send_due(self, now: datetime) -> list[datetime]:
        """Send what is due; gives it in order."""
        due = sorted(at for at in self.planned if at <= now)
        self.planned = [at for at in self.planned if at > now]
        self.sent += due
        return due


@dataclass
class Beat:
    """Real seconds that pass only while somebody sleeps."""

    seconds: float = 100.0
    naps: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.seconds += seconds

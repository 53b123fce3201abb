"""How the programme does, as one measurement, and what of it is trouble."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from types import MappingProxyType

from domain.moment import Moment
from domain.sending.outbox import Lane

NONE = timedelta(0)
THROTTLED = "throttled"
"""How an attempt is named that Telegram answered with 429."""
REFUSALS = frozenset({"blocked", "deactivated", "never_started", "not_found", "rejected", "misconfigured"})
"""Attempts to which the channel said no; the other ones failed on their way."""
NIGHT_FROM, NIGHT_UNTIL = 21, 6
SETTLES_IN = timedelta(minutes=1)
"""What passes sooner is nobody's trouble."""
BOT_AWAY = timedelta(minutes=3)


@dataclass(frozen=True)
class Queue:
    """A lane of the outbox: rows due now, the age of the oldest, and how many are planned for the next hour."""

    lane: Lane
    due: int = 0
    oldest: timedelta = NONE
    next_hour: int = 0


@dataclass(frozen=True)
class Tally:
    """What became of messages: sent, uncertain, and the tries that failed, by what the channel said."""

    sent: int = 0
    uncertain: int = 0
    failed: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def throttled(self) -> int:
        """Answers 429."""
        return self.failed.get(THROTTLED, 0)

    @property
    def refused(self) -> Mapping[str, int]:
        """What the channel refused, by reason."""
        return {reason: count for reason, count in self.failed.items() if reason in REFUSALS}


@dataclass(frozen=True)
class Heartbeat:
    """A tick's last run; `expected_at` is when the next one should have begun. All empty: it never ran."""

    tick: str
    ran_at: datetime | None = None
    wall_at: datetime | None = None
    expected_at: datetime | None = None

    def age(self, moment: Moment) -> timedelta | None:
        """Since the last run, in the programme's time."""
        return max(moment.now - self.ran_at, NONE) if self.ran_at is not None else None

    def late(self, moment: Moment) -> timedelta:
        """For how long the next run is due. A clock that jumps is not late: the ticks in between have their turn."""
        return max(moment.now - self.expected_at, NONE) if self.expected_at is not None else NONE


@dataclass(frozen=True)
class Inbound:
    """Updates: how many wait, the age of the oldest, and how many are parked for a person."""

    waiting: int = 0
    oldest: timedelta = NONE
    parked: int = 0


@dataclass(frozen=True)
class BotState:
    """A bot: its pause and why, whether Telegram refuses it and since when, and when its process last looked."""

    bot: str
    pause_left: timedelta = NONE
    paused_for: str = ""
    refused_as: str = ""
    refused_since: datetime | None = None
    seen_at: datetime | None = None

    def is_away(self, wall: datetime) -> bool:
        """Whether no process of it has been seen lately."""
        return self.seen_at is not None and wall - self.seen_at > BOT_AWAY


@dataclass(frozen=True)
class Observation:
    """One measurement. `latency` is how many real seconds the database took for a trivial question."""

    moment: Moment
    queues: tuple[Queue, ...]
    last_hour: Tally
    total: Tally
    heartbeats: tuple[Heartbeat, ...]
    inbound: Inbound
    bots: tuple[BotState, ...]
    latency: float = 0.0
    watched_at: datetime | None = None

    def is_watched(self) -> bool:
        """Whether somebody would tell staff of trouble: a bot's process that looks every half minute."""
        return self.watched_at is not None and self.moment.wall - self.watched_at <= BOT_AWAY


class TroubleKind(StrEnum):
    """What can be wrong."""

    REPLIES = "replies"
    QUEUE = "queue"
    TICK = "tick"
    UPDATES = "updates"
    PARKED = "parked"
    REFUSED = "refused"
    DISK = "disk"


@dataclass(frozen=True)
class Trouble:
    """Something is wrong, for so long already; `about` is a tick or a bot.

    It is told when it is still so after `patience`.
    """

    kind: TroubleKind
    about: str = ""
    lasting: timedelta = NONE
    count: int = 0
    patience: timedelta = SETTLES_IN


@dataclass(frozen=True)
class Limits:
    """How old a waiting reply, another waiting message, a missed tick and a waiting update may grow."""

    replies: timedelta = timedelta(minutes=2)
    queue: timedelta = timedelta(hours=1)
    tick: timedelta = timedelta(hours=1)
    updates: timedelta = timedelta(minutes=2)


def troubles_of(seen: Observation, limits: Limits) -> tuple[Trouble, ...]:
    """Everything that passes its limit, the worst first."""
    return tuple(chain(_refused(seen), _inbound(seen, limits), _queues(seen, limits), _ticks(seen, limits)))


def is_night(hour: int) -> bool:
    """Whether people sleep at this local hour. Rule of this house."""
    return hour >= NIGHT_FROM or hour < NIGHT_UNTIL


def _refused(seen: Observation) -> list[Trouble]:
    wall = seen.moment.wall
    return [
        Trouble(TroubleKind.REFUSED, one.bot, max(wall - (one.refused_since or wall), NONE))
        for one in seen.bots
        if one.refused_as
    ]


def _inbound(seen: Observation, limits: Limits) -> list[Trouble]:
    inbound, found = seen.inbound, []
    if inbound.oldest > limits.updates:
        found.append(Trouble(TroubleKind.UPDATES, lasting=inbound.oldest, count=inbound.waiting))
    if inbound.parked:
        found.append(Trouble(TroubleKind.PARKED, count=inbound.parked, patience=NONE))
    return found


def _queues(seen: Observation, limits: Limits) -> list[Trouble]:
    """A large campaign may take hours: it has no limit of its own."""
    found = []
    for kind, lanes, limit in (
        (TroubleKind.REPLIES, {Lane.REPLY}, limits.replies),
        (TroubleKind.QUEUE, {Lane.VISIT, Lane.TIP}, limits.queue),
    ):
        ours = [one for one in seen.queues if one.lane in lanes]
        oldest = max((one.oldest for one in ours), default=NONE)
        if oldest > limit:
            found.append(Trouble(kind, lasting=oldest, count=sum(one.due for one in ours)))
    return found


def _ticks(seen: Observation, limits: Limits) -> list[Trouble]:
    """A tick that never ran gets as long as one that is late."""
    found = []
    for one in seen.heartbeats:
        if one.ran_at is None:
            found.append(Trouble(TroubleKind.TICK, one.tick, patience=limits.tick))
        elif one.late(seen.moment) > limits.tick:
            found.append(Trouble(TroubleKind.TICK, one.tick, one.late(seen.moment)))
    return found[:1]

"""How fast a bot may speak, shared by all its processes: each message has a slot of time, and none leaves early."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from domain.identifiers import AddressId
from domain.sending.outbox import Lane

REPLIES_IN_STEP = 8
GROUP_GAP = timedelta(seconds=3)
"""Twenty a minute. Source: reference/telegram.md section 1."""
LONGEST_HOLD = timedelta(seconds=2)
"""Who would have to wait longer for her chat's turn gives her place to the next."""
SET_BACK = timedelta(minutes=1)
"""What lies so much further ahead than it can was noted before somebody set the clock back: it holds no more."""


@dataclass(frozen=True)
class Pacing:
    """`rate`: messages a second of a bot, `inf` for no limit; `chat_gap`: real time between two to one chat."""

    rate: float
    chat_gap: timedelta

    def gap_of(self, external_id: str) -> timedelta:
        """The gap of this chat: groups, whose numbers are negative, hear less. Without a gap nobody waits."""
        is_group = external_id.startswith("-")
        return max(self.chat_gap, GROUP_GAP) if is_group and self.chat_gap else self.chat_gap

    @property
    def slot(self) -> timedelta:
        """How long a message has the bot for itself."""
        # Rounded up: down, one more would fit into a second.
        return timedelta(microseconds=ceil(1_000_000 / self.rate))

    @property
    def together(self) -> int:
        """How many leave in one step: what a twentieth of a second allows, so that a reply never waits behind more."""
        return max(1, min(64, int(min(self.rate, 64 * 20) / 20)))

    def step(self, lanes: Collection[Lane]) -> int:
        """How many take their slots at once. Where replies and what is planned both wait, eight of nine are replies."""
        return max(REPLIES_IN_STEP, self.together) if _are_replies(lanes) else self.together

    def ahead(self, lanes: Collection[Lane]) -> timedelta:
        """How far ahead these lanes take their slots: replies eight of them, what is planned one step."""
        return self.slot * (REPLIES_IN_STEP if _are_replies(lanes) else self.together)

    def patience(self, lanes: Collection[Lane]) -> timedelta:
        """How long these lanes let the line become short before they join it: replies not at all."""
        return timedelta(0) if _are_replies(lanes) else REPLIES_IN_STEP * self.slot


def _are_replies(lanes: Collection[Lane]) -> bool:
    return set(lanes) == {Lane.REPLY}


@dataclass(frozen=True)
class ChatTurn:
    """A chat that is to be spoken to, the gap between two messages there, and how many calls that count it takes."""

    address: AddressId
    gap: timedelta
    calls: int = 1


@dataclass(frozen=True)
class Turn:
    """How long until a message has its slot, and until its chat may hear it, which is never sooner."""

    slot: timedelta
    chat: timedelta


@dataclass(frozen=True)
class Budget:
    """A bot's pace as its processes share it, in real time, aware UTC.

    `next_at` is the first slot that nobody has taken; until `paused_until` nothing leaves at all.
    """

    next_at: datetime | None = None
    paused_until: datetime | None = None

    def pause_left(self, now: datetime) -> timedelta:
        """How long nothing may leave; zero when there is no pause."""
        return max(timedelta(0), self.paused_until - now) if self.paused_until else timedelta(0)

    def line(self, now: datetime, slot: timedelta) -> timedelta:
        """How long the slots last that are taken already; zero after the clock was set back."""
        if self.next_at is None or self.next_at - now > SET_BACK + 10 * slot:
            return timedelta(0)
        return max(timedelta(0), self.next_at - now)


def take_slots(budget: Budget, *, count: int, slot: timedelta, now: datetime) -> tuple[Sequence[datetime], Budget]:
    """The next `count` slots of this length, none before `now`, and what is left of the budget.

    Slots that passed unused are lost: there is no burst after a silence. Source: DESIGN 3.11.
    """
    first = max(now + budget.line(now, slot), budget.paused_until or now)
    return tuple(first + number * slot for number in range(count)), replace(budget, next_at=first + count * slot)


def in_turn(slot: datetime, spoken_to_at: datetime | None, gap: timedelta) -> datetime:
    """When a message may reach a chat: at its slot, but not sooner than `gap` after the one before."""
    if spoken_to_at is None or spoken_to_at - slot > SET_BACK + gap:
        return slot
    return max(slot, spoken_to_at + gap)

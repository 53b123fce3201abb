"""The simulated clock: it stands still until somebody moves it, and lets a follower run every tick in between."""

import asyncio
from datetime import datetime

from simulator.accounts import Json
from simulator.changes import Changes
from simulator.instants import format_instant
from simulator.refusal import impossible, not_now
from simulator.world import World


class SimulatedClock:
    """Who moves time, how far it is to go, and who follows it."""

    def __init__(self, world: World) -> None:
        self.changes = Changes()
        self.target: datetime | None = None
        self.until: str | None = None
        self.moving = False
        self.sent = 0
        self._world = world
        self._follower: asyncio.TimerHandle | None = None

    @property
    def followed(self) -> bool:
        return self._follower is not None

    def as_json(self) -> Json:
        return {
            "rev": self.changes.rev,
            "now": format_instant(self._world.now),
            "target": format_instant(self.target) if self.target else None,
            "until": self.until,
            "moving": self.moving,
            "follower": self.followed,
            "sent": self.sent,
        }

    def move_to(self, target: datetime) -> None:
        """Ask for time to pass; without a follower it has passed at once."""
        self._refuse_while_moving()
        if target < self._world.now:
            raise impossible("Time never runs backwards.")
        if not self.followed:
            self._set(target)
            return
        self._begin(target=target, until=None)

    def move_until_next_message(self) -> None:
        self._refuse_while_moving()
        if not self.followed:
            raise not_now("Nobody runs the ticks, so no next message will come: start the bot first.")
        self._begin(target=None, until="next_message")

    def step(self, now: datetime, *, done: bool) -> None:
        """The follower reports how far it came."""
        if not self.moving:
            raise not_now("The clock is not moving.")
        if now < self._world.now:
            raise impossible("Time never runs backwards.")
        if self.target is not None and now > self.target:
            raise impossible(f"That is beyond the target, {format_instant(self.target)}.")
        if done:
            self._end()
        self._set(now)

    def follow(self, seconds: float) -> None:
        """Somebody who runs the ticks is here for so many real seconds."""
        newly = not self.followed
        self._stop_waiting()
        self._follower = asyncio.get_running_loop().call_later(seconds, self._lapse)
        if newly:
            self._changed()

    def message_was_sent(self) -> None:
        if self.moving:
            self.sent += 1

    def reset(self) -> None:
        self._end()
        self.sent = 0
        self._changed()

    def close(self) -> None:
        self._stop_waiting()
        self.changes.close()

    def _refuse_while_moving(self) -> None:
        if self.moving:
            raise not_now("The clock is moving already.")

    def _begin(self, *, target: datetime | None, until: str | None) -> None:
        self.target, self.until, self.moving, self.sent = target, until, True, 0
        self._changed()

    def _end(self) -> None:
        self.target, self.until, self.moving = None, None, False

    def _set(self, now: datetime) -> None:
        self._world.record("clock_set", now=format_instant(now))
        self._changed()

    def _lapse(self) -> None:
        """A follower that went away leaves the clock where it came to."""
        self._follower = None
        self._end()
        self._changed()

    def _stop_waiting(self) -> None:
        if self._follower is not None:
            self._follower.cancel()
            self._follower = None

    def _changed(self) -> None:
        self.changes.bump()
        self._world.changes.bump()

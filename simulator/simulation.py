"""Everything that makes up one running simulator, plugged together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from simulator.accounts import Bot
from simulator.clock import SimulatedClock
from simulator.delivery.long_polls import LongPolls
from simulator.delivery.webhooks import RetryPace, WebhookDelivery
from simulator.faults import Faults
from simulator.journal import Journal
from simulator.limits import Limits
from simulator.world import World


@dataclass(frozen=True)
class Simulation:
    """The world and the machinery around it."""

    world: World
    clock: SimulatedClock
    webhooks: WebhookDelivery
    long_polls: LongPolls = field(default_factory=LongPolls)
    journal: Journal = field(default_factory=Journal)
    faults: Faults = field(default_factory=Faults)
    limits: Limits = field(default_factory=Limits)

    def bot_with(self, token: str) -> Bot | None:
        return next((bot for bot in self.world.bots.values() if bot.token == token), None)

    def reset(self) -> None:
        self.world.reset()
        self.clock.reset()
        self.journal.empty()
        self.faults.clear()
        self.limits.switch(enabled=False)
        for bot in self.world.bots.values():
            self.webhooks.restart(bot)

    def close(self) -> None:
        """Let every waiting call go."""
        self.clock.close()
        self.journal.changes.close()
        self.world.close()


def make_simulation(bots: Sequence[Bot], *, start: datetime, state_path: Path | None, pace: RetryPace) -> Simulation:
    if start.tzinfo is None:
        raise ValueError("The simulated clock starts at an instant with a time zone")
    world = World(bots, start=start.astimezone(UTC).replace(microsecond=0), state_path=state_path)
    return Simulation(world=world, clock=SimulatedClock(world), webhooks=WebhookDelivery(world, pace))

"""One call of the Bot API on its way through the methods."""

from dataclasses import dataclass

from simulator.accounts import Bot
from simulator.bot_api.parameters import Parameters
from simulator.simulation import Simulation
from simulator.world import World


@dataclass(frozen=True)
class Call:
    """Which bot asks for what."""

    simulation: Simulation
    bot: Bot
    parameters: Parameters

    @property
    def world(self) -> World:
        return self.simulation.world


@dataclass(frozen=True)
class Described:
    """An answer for which Telegram also says in words what happened."""

    result: bool
    description: str

"""getUpdates: one poller at a time for each bot, and an update stays until its successor is asked for."""

import asyncio

from simulator.accounts import Bot, Json, PendingUpdate
from simulator.bot_api.errors import conflict
from simulator.updates import forget_updates, living_updates
from simulator.world import World


class LongPolls:
    """Gives turns: whoever asks last polls, and the one before is told to stop."""

    def __init__(self) -> None:
        self._turns: dict[int, int] = {}

    async def poll(self, world: World, bot: Bot, *, offset: int, limit: int, timeout: float) -> list[Json]:
        turn = self._take_turn(bot)
        _confirm(world, bot, offset)
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            self._refuse_if_ended(bot, turn)
            rev = bot.arrivals.rev
            ready = living_updates(world, bot)[:limit]
            remaining = deadline - asyncio.get_running_loop().time()
            if ready or remaining <= 0 or bot.arrivals.closed:
                return [update.body for update in ready]
            await bot.arrivals.beyond(rev, remaining)

    def _take_turn(self, bot: Bot) -> int:
        self._turns[bot.id] = self._turns.get(bot.id, 0) + 1
        bot.arrivals.bump()
        return self._turns[bot.id]

    def _refuse_if_ended(self, bot: Bot, turn: int) -> None:
        if self._turns[bot.id] != turn:
            raise conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        if bot.webhook is not None:
            raise conflict("terminated by setWebhook request")


def _confirm(world: World, bot: Bot, offset: int) -> None:
    forget_updates(world, bot, [update.id for update in _before(living_updates(world, bot), offset)])


def _before(updates: list[PendingUpdate], offset: int) -> list[PendingUpdate]:
    """What an offset confirms; a negative one counts from the end."""
    if offset < 0:
        return updates[:offset]
    return [update for update in updates if update.id < offset]

"""A bot's process watches: whether Telegram accepts the bot, and whether all else is well; staff hear of trouble."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime

from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from app.loops import keep_going, while_leading
from app.observing import rules_of, surroundings_of
from app.wiring import Parts
from bot.sending.channel import TelegramChannel
from domain.alarms import ONE_PAIR, Alarm
from domain.moment import Moment
from services.operations.note_bot import note_bot
from services.operations.tell_directly import remember_full_disk, tell_of_full_disk
from services.operations.watch import watch
from services.ports.room import NoRoomError

LOOK_EVERY = 30.0
logger = logging.getLogger(__name__)


@dataclass
class Polling:
    """What the last poll said: another one polls with this token, or a webhook is set."""

    conflicts: bool = False

    def heed(self, error: TelegramError | None) -> None:
        """A poll ended so; what says nothing of it changes nothing."""
        if error is None or isinstance(error, Conflict):
            self.conflicts = error is not None


async def look_after_bot(parts: Parts, bot: Bot, name: str, polling: Polling) -> None:
    """Ask Telegram every half minute whether it accepts the bot, for ever."""

    async def one_round() -> None:
        refused_as = await _refused_as(bot)
        if not refused_as and polling.conflicts:
            refused_as = Conflict.__name__
        await note_bot(parts.database, name, refused_as, await parts.clock.moment())
        await asyncio.sleep(LOOK_EVERY)

    await keep_going("look_after_bot", one_round)


async def _refused_as(bot: Bot) -> str | None:
    """Empty when it is accepted, None when Telegram did not say."""
    try:
        await bot.get_me()
    except InvalidToken as error:
        logger.error("bot_refused", extra={"detail": type(error).__name__})
        return type(error).__name__
    except TelegramError:
        return None
    return ""


class Watcher:
    """Watches over everything. What only memory holds is what no database takes: that its disk is full."""

    def __init__(self, parts: Parts, bot: Bot, name: str) -> None:
        self._parts = parts
        self._channel = TelegramChannel(bot)
        self._name = name
        self._surroundings = surroundings_of(parts)
        self._rules = rules_of(parts.settings)
        self._full: Alarm | None = None
        self._told_at: datetime | None = None

    async def keep_watch(self) -> None:
        """For ever; of all processes one watches."""
        await while_leading(lambda: self._parts.database.lead("watch"), self._look_again_and_again)

    async def _look_again_and_again(self) -> None:
        async def one_round() -> None:
            await self.look()
            await asyncio.sleep(LOOK_EVERY)

        await keep_going("watch", one_round)

    async def look(self) -> None:
        """One look."""
        moment = await self._parts.clock.moment()
        try:
            if self._full is not None:
                await remember_full_disk(self._parts.database, self._full)
                self._full = None
            await watch(self._parts.database, self._surroundings, self._rules, moment)
        except NoRoomError:
            await self._tell_of_full_disk(moment)

    async def _tell_of_full_disk(self, moment: Moment) -> None:
        """Once, until there is room; and once an hour where room comes and goes."""
        if self._full is not None or (self._told_at is not None and moment.wall - self._told_at < ONE_PAIR):
            return
        parts = self._parts
        told = await tell_of_full_disk(
            parts.database, parts.library.renderer, self._channel, bot=self._name, moment=moment
        )
        if told is not None:
            self._full, self._told_at = told, moment.wall

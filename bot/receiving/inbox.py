"""The inbox: stored updates, processed chat by chat in order, each in one transaction with its answer."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.receiving.processing import Processor
from domain.moment import Moment
from services.ports import StoredUpdate, UnitsOfWork
from services.ports.room import NotNowError

LEASE = timedelta(seconds=60)
AFTER_A_FAULT = timedelta(seconds=2)
TRIES = 3
AT_A_TIME = 20
"""So many updates of one chat are served, then the others have their turn; nobody is held up by whoever floods."""
AFTER_MANY = timedelta(milliseconds=250)
logger = logging.getLogger(__name__)

Now = Callable[[], Awaitable[Moment]]


class Inbox:
    """Takes a chat's turn, processes what waits there, and lets the turn go."""

    def __init__(self, units: UnitsOfWork, processor: Processor, *, bot: str, now: Now) -> None:
        self._units = units
        self._processor = processor
        self._bot = bot
        self._now = now
        self._held: dict[str, datetime] = {}
        self._left: set[str] = set()

    async def take_turn(self) -> str | None:
        """A chat in which something waits and that is ours to serve now; None when there is none."""
        moment = await self._now()
        await self._let_go(moment.wall)
        async with self._units.begin() as uow:
            chat = await uow.updates.take_turn(self._bot, wall=moment.wall, lease_until=moment.wall + LEASE)
        if chat is not None:
            self._held[chat] = moment.wall + LEASE
        return chat

    async def _let_go(self, wall: datetime) -> None:
        """Of turns that a fault of the database interrupted: nobody is to wait until their lease runs out."""
        for chat in tuple(self._left):
            if wall < self._held[chat]:
                await self._end_turn(chat, AFTER_A_FAULT)
            self._left.discard(chat)

    async def serve(self, chat: str) -> None:
        """Process what waits in one chat, and let its turn go."""
        try:
            await self._end_turn(chat, await self._serve(chat))
        except NotNowError:
            self._left.add(chat)
            raise

    async def _serve(self, chat: str) -> timedelta:
        """Gives how long the chat is left alone before what still waits there."""
        for _ in range(AT_A_TIME):
            async with self._units.look() as uow:
                update = await uow.updates.next_of(self._bot, chat)
            if update is None:
                return timedelta(0)
            if not await self._process(update):
                return timedelta(seconds=2**update.attempts)
        return AFTER_MANY

    async def _process(self, update: StoredUpdate) -> bool:
        moment = await self._now()
        try:
            await self._processor.process(update, moment)
        except NotNowError:
            raise  # the update is sound: it waits until the database works again
        except Exception as error:  # whatever a handler raises: the update is kept and tried again, then parked
            await self._failed(update, error, moment)
            return update.attempts + 1 >= TRIES
        return True

    async def _failed(self, update: StoredUpdate, error: Exception, moment: Moment) -> None:
        parked = update.attempts + 1 >= TRIES
        logger.exception("update_failed", extra={"update": update.update_id, "parked": parked})
        async with self._units.begin() as uow:
            await uow.updates.failed(update.id, problem=_reason(error), parked=parked, at=moment.wall)

    async def _end_turn(self, chat: str, retry_in: timedelta) -> None:
        retry_at = (await self._now()).wall + retry_in if retry_in else None
        async with self._units.begin() as uow:
            await uow.updates.end_turn(self._bot, chat, retry_at=retry_at)


def _reason(error: Exception) -> str:
    """What broke and where, for whoever looks at it: never the fault's own words, which may hold somebody's."""
    places = traceback.extract_tb(error.__traceback__)
    if not places:
        return type(error).__name__
    last = places[-1]
    return f"{type(error).__name__} in {last.name} ({last.filename.rpartition('/')[2]}:{last.lineno})"

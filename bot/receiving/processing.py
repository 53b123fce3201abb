"""One stored update through python-telegram-bot's application: acknowledged first, then answered in one transaction."""

import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackContext, TypeHandler

from bot.answering import Answering
from bot.heard import Heard
from bot.parsing import heard_in, said_at, sender_of
from bot.receiving.attachments import Attachments
from domain.flood import Hurry, begin_of_minute, hurry_of
from domain.moment import Moment
from services.access import Arrival
from services.ports import StoredUpdate, UnitOfWork, UnitsOfWork

CHANNEL = "telegram"
AnyApplication = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True)
class Said:
    """Who said what in an update."""

    arrival: Arrival
    heard: Heard


@dataclass
class Processing:
    """The update that is being processed right now, and what went wrong with it."""

    uow: UnitOfWork
    moment: Moment
    stored: StoredUpdate
    said: Said | None
    failure: Exception | None = None


_current: ContextVar[Processing] = ContextVar("processing")


class Processor:
    """Hands stored updates to the application, whose handler answers within the transaction that marks them done."""

    def __init__(
        self,
        units: UnitsOfWork,
        application: AnyApplication,
        answering: Answering,
        *,
        bot: str,
        on_answer: Callable[[], None],
    ) -> None:
        self._units = units
        self._application = application
        self._answering = answering
        self._bot = bot
        self._on_answer = on_answer
        self._attachments = Attachments(units, application.bot)
        application.add_handler(TypeHandler(Update, self._handle))
        application.add_error_handler(self._note_failure)

    async def process(self, stored: StoredUpdate, moment: Moment) -> None:
        """Process one update; raises what the handler raised, and then nothing of it is kept."""
        update = Update.de_json(json.loads(stored.body), self._application.bot)
        await self._acknowledge(update)
        said = await self._said(update, stored, moment)
        async with self._units.begin() as uow:
            current = Processing(uow, moment, stored, said)
            token = _current.set(current)
            try:
                await self._application.process_update(update)
            finally:
                _current.reset(token)
            if current.failure is not None:
                raise current.failure
            await uow.updates.done(stored.id, moment.wall)
        self._on_answer()

    async def _acknowledge(self, update: Update) -> None:
        """Stop the button's spinner before any work; a tap that is too old for that is answered all the same."""
        if update.callback_query is None:
            return
        try:
            await self._application.bot.answer_callback_query(update.callback_query.id)
        except TelegramError:
            return

    async def _said(self, update: Update, stored: StoredUpdate, moment: Moment) -> Said | None:
        """What is found out before the transaction begins: who speaks, since when it waits, which picture came."""
        user, heard = sender_of(update), heard_in(update)
        if user is None or heard is None:
            return None
        language = self._answering.programme.guess_language(user.language_code)
        arrival = Arrival(CHANNEL, self._bot, str(user.id), language)
        # A tap does not say when it was made: it was when it came in, which may be long ago after an outage of ours.
        at = said_at(update) or moment.now - (moment.wall - stored.received_at)
        heard = replace(heard, said_at=min(at, moment.now))
        return Said(arrival, await self._attachments.fetch(arrival, heard, moment))

    async def _handle(self, update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
        current = _current.get()
        if current.said is None:
            return
        heard = replace(current.said.heard, hurry=await self._hurry(current))
        await self._answering.answer(
            current.uow, current.said.arrival, heard, occasion=f"update:{update.update_id}", moment=current.moment
        )

    async def _hurry(self, current: Processing) -> Hurry | None:
        most, stored = self._answering.most_a_minute, current.stored
        if most is None:
            return None
        since = begin_of_minute(stored.received_at)
        before = await current.uow.updates.came_before(stored, since, at_most=most + 1)
        return hurry_of(before, most)

    async def _note_failure(self, _update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        _current.get().failure = context.error

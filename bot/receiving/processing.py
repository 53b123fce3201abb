"""One stored update through python-telegram-bot's application: acknowledged first, then answered in one transaction."""

import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackContext, TypeHandler

from bot.answering import Answering
from bot.parsing import heard_in, sender_of
from domain.moment import Moment
from services.access import Arrival
from services.ports import StoredUpdate, UnitOfWork, UnitsOfWork

CHANNEL = "telegram"
AnyApplication = Application[Any, Any, Any, Any, Any, Any]


@dataclass
class Processing:
    """The update that is being processed right now, and what went wrong with it."""

    uow: UnitOfWork
    moment: Moment
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
        application.add_handler(TypeHandler(Update, self._handle))
        application.add_error_handler(self._note_failure)

    async def process(self, stored: StoredUpdate, moment: Moment) -> None:
        """Process one update; raises what the handler raised, and then nothing of it is kept."""
        update = Update.de_json(json.loads(stored.body), self._application.bot)
        await self._acknowledge(update)
        async with self._units.begin() as uow:
            current = Processing(uow, moment)
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

    async def _handle(self, update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
        user, heard = sender_of(update), heard_in(update)
        if user is None or heard is None:
            return
        current = _current.get()
        language = self._answering.programme.guess_language(user.language_code)
        await self._answering.answer(
            current.uow,
            Arrival(CHANNEL, self._bot, str(user.id), language),
            heard,
            occasion=f"update:{update.update_id}",
            moment=current.moment,
        )

    async def _note_failure(self, _update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        _current.get().failure = context.error

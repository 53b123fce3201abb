"""`cradle bot`: receives, answers and sends, for one bot."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from telegram import Bot
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError

from app.campaign_loop import run_campaigns
from app.loops import Wake, keep_going, see_through, while_leading
from app.watching import Polling, Watcher, look_after_bot
from app.wiring import Labels, Parts, make_transport
from bot.answering import Answering
from bot.application import (
    COMMANDS,
    AnyApplication,
    build_application,
    introduce,
    polling_request,
    receive_by_polling,
    receive_by_webhook,
)
from bot.receiving.inbox import Inbox
from bot.receiving.polling import Poller, pause_after
from bot.receiving.processing import Processor
from bot.sending.channel import TelegramChannel
from bot.sending.sender import Outlet, Sender
from domain.flood import most_a_minute
from domain.message import Text
from domain.sending.outbox import Lane, Share
from domain.sending.pacing import Pacing
from services.media.keep_media import content_of
from storage.listening import Bell

LOOK_EVERY = 0.5
SETTLE_EVERY = 10.0
CHATS_AT_ONCE = 8
REPLIES = frozenset({Lane.REPLY})
PLANNED = frozenset(Lane) - REPLIES
logger = logging.getLogger(__name__)


class CannotStartError(Exception):
    """The bot cannot start; its text is a sentence for people."""


@dataclass(frozen=True)
class Wakes:
    """What the parts of one process tell one another."""

    inbox: Wake
    sender: Wake


async def run_bot(parts: Parts, wakes: Wakes) -> None:
    """Until cancelled. Only getMe and setWebhook can stop the start."""
    settings = parts.settings
    application = build_application(settings.require_token(), settings.telegram_api, make_transport(settings))
    labels = Labels(parts.library)
    try:
        await _start(application, parts)
        async with asyncio.TaskGroup() as group:
            group.create_task(introduce(application.bot, _introduction(labels, parts)))
            group.create_task(_send(parts, application, wakes))
            group.create_task(_answer(parts, application, labels, wakes))
            group.create_task(_hear_bells(parts, wakes))
            group.create_task(run_campaigns(parts, wakes.sender))
            group.create_task(Watcher(parts, application.bot, bot_name(parts)).keep_watch())
            if settings.webhook_url is None:
                group.create_task(_poll_while_leading(parts, application.bot, wakes))
            else:
                group.create_task(look_after_bot(parts, application.bot, bot_name(parts), Polling()))
    finally:
        await application.shutdown()
        await application.bot.shutdown()  # where the start failed half way, the application leaves it open


def bot_name(parts: Parts) -> str:
    """By which our tables know a bot: the digits of its token."""
    return parts.settings.require_token().partition(":")[0]


async def _start(application: AnyApplication, parts: Parts) -> None:
    bot, url = application.bot, parts.settings.webhook_url
    try:
        await _insist(application.initialize)
        async with parts.database.begin() as uow:
            await uow.budgets.forgive(bot_name(parts))
        if url is None:
            await _remove_webhook(bot)
        else:
            secret = parts.settings.require_webhook_secret()
            await _insist(lambda: receive_by_webhook(bot, url, secret))
    except InvalidToken as error:
        raise CannotStartError("Telegram does not know this token. See CRADLE_TELEGRAM_TOKEN.") from error
    except TelegramError as error:
        raise CannotStartError(f"Telegram refused the webhook: {error.message}. See CRADLE_WEBHOOK_URL.") from error


async def _insist(call: Callable[[], Awaitable[None]]) -> None:
    """Again and again until Telegram can be reached; only what it refuses ends it."""
    wait = 1.0
    while True:
        try:
            return await call()
        except (InvalidToken, BadRequest):
            raise
        except TelegramError as error:
            logger.warning("telegram_unreachable", extra={"error": type(error).__name__, "again_in": wait})
        await asyncio.sleep(wait)
        wait = min(2 * wait, 30.0)


async def _remove_webhook(bot: Bot) -> None:
    """A webhook keeps us from polling. When it cannot be removed now, the next poll says so and it is tried again."""
    try:
        await receive_by_polling(bot)
    except TelegramError as error:
        logger.warning("webhook_not_removed", extra={"error": type(error).__name__})


def _introduction(labels: Labels, parts: Parts) -> dict[str, dict[str, str]]:
    keys = [*(f"command.{name}" for name in COMMANDS), "bot.description", "bot.short_description"]
    words = {one.tag: {key: labels(Text(key), one.tag) for key in keys} for one in parts.programme.languages}
    return {"": words["vi"], **words}


async def _hear_bells(parts: Parts, wakes: Wakes) -> None:
    """Other processes store updates and write replies: neither waits for the next look."""

    async def one_round() -> None:
        async for bell in parts.database.bells():
            (wakes.inbox if bell is Bell.UPDATE else wakes.sender).set()

    await keep_going("bells", one_round)


async def _poll_while_leading(parts: Parts, bot: Bot, wakes: Wakes) -> None:
    """Of all processes with this token one polls: two would take the updates from one another."""
    await while_leading(lambda: parts.database.lead(f"poll:{bot_name(parts)}"), lambda: _poll(parts, bot, wakes))


async def _poll(parts: Parts, bot: Bot, wakes: Wakes) -> None:
    settings = parts.settings
    url = f"{settings.telegram_api}/bot{settings.require_token()}"
    async with polling_request(make_transport(settings)) as request:
        poller = Poller(parts.database, request, url=url, bot=bot_name(parts))
        polling = Polling()

        async def one_round() -> None:
            try:
                if await poller.poll(await parts.clock.moment()):
                    wakes.inbox.set()
                polling.heed(None)
            except TelegramError as error:
                polling.heed(error)
                if isinstance(error, Conflict):
                    await _remove_webhook(bot)
                await asyncio.sleep(pause_after(error))

        async with asyncio.TaskGroup() as group:
            group.create_task(keep_going("poll", one_round))
            group.create_task(look_after_bot(parts, bot, bot_name(parts), polling))


async def _answer(parts: Parts, application: AnyApplication, labels: Labels, wakes: Wakes) -> None:
    most = most_a_minute(timedelta(seconds=parts.settings.chat_pace))
    answering = Answering(parts.programme, application.bot.username, labels, most)
    processor = Processor(parts.database, application, answering, bot=bot_name(parts), on_answer=wakes.sender.set)
    inbox = Inbox(parts.database, processor, bot=bot_name(parts), now=parts.clock.moment)
    places = asyncio.Semaphore(CHATS_AT_ONCE)

    async with asyncio.TaskGroup() as group:

        async def serve(chat: str) -> None:
            try:
                await see_through(inbox.serve(chat))
            except Exception:
                logger.exception("turn_failed")
            finally:
                places.release()

        async def one_round() -> None:
            await places.acquire()
            seen = wakes.inbox.times
            try:
                chat = await inbox.take_turn()
            except BaseException:
                places.release()
                raise
            if chat is None:
                places.release()
                await wakes.inbox.wait(seen, LOOK_EVERY)
            else:
                group.create_task(serve(chat))

        await keep_going("answer", one_round)


async def _send(parts: Parts, application: AnyApplication, wakes: Wakes) -> None:
    """Replies have senders of their own, so that none waits behind what was planned."""
    settings = parts.settings
    pacing = Pacing(rate=settings.send_rate, chat_gap=timedelta(seconds=settings.chat_pace))
    channel = TelegramChannel(application.bot, partial(content_of, parts.database))
    outlet = Outlet(parts.library.renderer, channel, pacing)
    async with asyncio.TaskGroup() as group:
        for lanes in (REPLIES, PLANNED):
            share = Share(bot_name(parts), lanes)
            sender = Sender(parts.database, parts.programme, outlet, share=share, now=parts.clock.moment)
            group.create_task(_keep_sending(sender, wakes))
        group.create_task(_keep_settling(sender))


async def _keep_sending(sender: Sender, wakes: Wakes) -> None:
    def stop() -> None:
        sender.stop()
        wakes.sender.set()

    async def one_round() -> None:
        await see_through(sender.keep_up(wakes.sender), on_stop=stop)

    await keep_going("send", one_round)


async def _keep_settling(sender: Sender) -> None:
    async def one_round() -> None:
        await sender.settle()
        await asyncio.sleep(SETTLE_EVERY)

    await keep_going("settle", one_round)

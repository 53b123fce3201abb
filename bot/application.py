"""The one python-telegram-bot application, the same for Telegram and for the simulator: only addresses differ."""

import logging
from typing import Any

from telegram import Bot, BotCommand
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder
from telegram.request import BaseRequest

from bot.receiving.polling import ALLOWED
from bot.transport.choice import Library, Transport
from bot.transport.limits import Limits
from bot.transport.making import make_request

AnyApplication = Application[Any, Any, Any, Any, Any, Any]
COMMANDS = ("start", "menu", "child", "tip", "settings", "known", "language", "stop", "help")
CONNECTIONS: dict[Library, int] = {"aiohttp": 64, "httpx": 8}  # more make httpx slower
DIRECT = Transport()
logger = logging.getLogger(__name__)


def build_application(token: str, api: str, transport: Transport = DIRECT) -> AnyApplication:
    """Without an updater: updates come from our own table."""
    return (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .request(make_request(transport, Limits(CONNECTIONS[transport.library], pool=20, read=20)))
        .get_updates_request(make_request(transport, Limits(1)))
        .updater(None)
        .build()
    )


def polling_request(transport: Transport = DIRECT) -> BaseRequest:
    """A connection of its own for long polls, so that no answer waits behind one."""
    return make_request(transport, Limits(1, read=40))


async def receive_by_webhook(bot: Bot, url: str, secret: str) -> None:
    """Tell Telegram where to bring updates."""
    await bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED, max_connections=40)


async def receive_by_polling(bot: Bot) -> None:
    """Tell Telegram that we fetch updates ourselves; what waits is kept."""
    await bot.delete_webhook(drop_pending_updates=False)


async def introduce(bot: Bot, words: dict[str, dict[str, str]]) -> None:
    """Commands and descriptions in every language; `words` maps a two-letter code ("" for the rest) to texts by key.

    A bot without its menu still works: a refusal is logged and no more.
    """
    for code, texts in words.items():
        commands = [BotCommand(name, texts[f"command.{name}"]) for name in COMMANDS]
        try:
            await bot.set_my_commands(commands, language_code=code or None)
            await bot.set_my_description(texts["bot.description"], language_code=code or None)
            await bot.set_my_short_description(texts["bot.short_description"], language_code=code or None)
        except TelegramError as error:
            logger.warning("introduction_refused", extra={"code": code, "error": type(error).__name__})

"""The phones and bots as the page sees them."""

import time

from simulator.accounts import Bot, Chat, Json, Phone, StoredMessage
from simulator.bot_api.commands import command_scopes
from simulator.world import World


def phone_view(world: World, bot: Bot, phone: Phone) -> Json:
    chat = bot.chat_with(phone.id)
    return {
        "id": phone.id,
        "name": phone.name,
        "label": phone.label,
        "language_code": phone.language_code,
        "phone_number": phone.phone_number,
        "blocked": chat.blocked,
        "deactivated": phone.deactivated,
        "chat_open": chat.open,
        "messages": [_message_view(world, stored) for stored in chat.messages.values()],
        "keyboard": chat.keyboard,
        "action": _action(chat),
        "toast": chat.toast,
        "commands": _commands(bot, phone),
        "description": _description(bot, phone.language_code),
    }


def bot_view(bot: Bot) -> Json:
    return {
        "id": bot.id,
        "username": bot.username,
        "name": bot.name(),
        "description": bot.texts.get("description", {}).get("", ""),
        "short_description": bot.texts.get("short_description", {}).get("", ""),
        "commands": _first_list(bot, command_scopes(0, None)),
        "webhook_url": bot.webhook.url if bot.webhook else None,
    }


def _message_view(world: World, stored: StoredMessage) -> Json:
    marks: Json = {"outgoing": stored.outgoing, "edited": stored.edited, "deleted": stored.deleted}
    file = {"file": world.files[stored.file_id].as_json()} if stored.file_id else {}
    return {**stored.body, **marks, **file}


def _action(chat: Chat) -> str | None:
    return chat.action[0] if chat.action and chat.action[1] > time.monotonic() else None


def _commands(bot: Bot, phone: Phone) -> list[Json]:
    """Her own commands: her chat's, then those of private chats, then everybody's, each in her language first."""
    return _first_list(bot, command_scopes(phone.id, phone.language_code))


def _description(bot: Bot, language_code: str | None) -> str:
    """What the bot says of itself, in her language if it says it there."""
    texts = bot.texts.get("description", {})
    return texts.get(language_code or "") or texts.get("", "")


def _first_list(bot: Bot, scopes: list[str]) -> list[Json]:
    return next((bot.commands[scope] for scope in scopes if scope in bot.commands), [])

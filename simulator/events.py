"""What each recorded event does to the world; nothing else may change it, so that a replay gives the same world."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from simulator.accounts import Bot, Json, PendingUpdate, Phone, StoredFile, StoredMessage, Webhook
from simulator.instants import parse_instant

if TYPE_CHECKING:
    from simulator.world import World


T = TypeVar("T")


def _bot(world: World, event: Json) -> Bot | None:
    """The bot an event is about; None for one whose token is no longer served."""
    return world.bots.get(event["bot"])


def _clock_set(world: World, event: Json) -> None:
    world.now = parse_instant(event["now"])


def _ids_continued(world: World, event: Json) -> None:
    world.next_phone_id = event["phone"]
    world.next_callback_id = event["callback"]
    for bot_id, (message_id, update_id) in event["bots"].items():
        if bot := world.bots.get(int(bot_id)):
            bot.next_message_id, bot.next_update_id = message_id, update_id


def _phone_added(world: World, event: Json) -> None:
    phone = Phone(**event["phone"])
    world.phones[phone.id] = phone
    world.next_phone_id = max(world.next_phone_id, phone.id + 1)


def _phone_deactivated(world: World, event: Json) -> None:
    world.phones[event["phone"]].deactivated = True


def _file_kept(world: World, event: Json) -> None:
    stored = StoredFile(**event["file"])
    world.files[stored.unique_id] = stored


def _chat_changed(bot: Bot, event: Json) -> None:
    chat = bot.chat_with(event["chat"])
    chat.open = event["open"]
    chat.blocked = event["blocked"]


def _message_added(bot: Bot, event: Json) -> None:
    body = event["message"]
    chat = bot.chat_with(event["chat"])
    chat.messages[body["message_id"]] = StoredMessage(body, event["outgoing"], event["file"])
    if event["outgoing"]:
        chat.action = None
    bot.next_message_id = max(bot.next_message_id, body["message_id"] + 1)


def _message_edited(bot: Bot, event: Json) -> None:
    stored = bot.chat_with(event["chat"]).messages[event["message"]["message_id"]]
    old, stored.body = stored.body, event["message"]
    # New buttons under an old text are no edit to her eyes.
    stored.edited = stored.edited or any(old.get(n) != stored.body.get(n) for n in ("text", "caption"))


def _message_deleted(bot: Bot, event: Json) -> None:
    bot.chat_with(event["chat"]).messages[event["message_id"]].deleted = True


def _keyboard_shown(bot: Bot, event: Json) -> None:
    bot.chat_with(event["chat"]).keyboard = event["keyboard"]


def _callback_opened(world: World, event: Json) -> None:
    world.next_callback_id = event["number"] + 1
    if bot := _bot(world, event):
        bot.callbacks[event["id"]] = event["at"]


def _callback_answered(bot: Bot, event: Json) -> None:
    bot.chat_with(event["chat"]).toast = event["toast"]


def _update_queued(bot: Bot, event: Json) -> None:
    bot.updates.append(PendingUpdate(**event["update"]))
    bot.next_update_id = max(bot.next_update_id, event["update"]["id"] + 1)
    bot.arrivals.bump()


def _updates_gone(bot: Bot, event: Json) -> None:
    gone = set(event["ids"])
    bot.updates = [update for update in bot.updates if update.id not in gone]


def _updates_wanted(bot: Bot, event: Json) -> None:
    bot.allowed_updates = event["allowed"]


def _webhook_set(bot: Bot, event: Json) -> None:
    bot.webhook = Webhook(**event["webhook"]) if event["webhook"] else None
    bot.arrivals.bump()


def _text_set(bot: Bot, event: Json) -> None:
    _set_or_drop(bot.texts.setdefault(event["field"], {}), event["language_code"], event["text"])


def _commands_set(bot: Bot, event: Json) -> None:
    _set_or_drop(bot.commands, event["scope"], event["commands"])


def _menu_button_set(bot: Bot, event: Json) -> None:
    bot.menu_buttons[event["chat"]] = event["button"]


def _set_or_drop(values: dict[str, T], key: str, value: T) -> None:
    if value:
        values[key] = value
    else:
        values.pop(key, None)


_OF_THE_WORLD: dict[str, Callable[[World, Json], None]] = {
    "clock_set": _clock_set,
    "ids_continued": _ids_continued,
    "phone_added": _phone_added,
    "phone_deactivated": _phone_deactivated,
    "file_kept": _file_kept,
    "callback_opened": _callback_opened,
}
_OF_A_BOT: dict[str, Callable[[Bot, Json], None]] = {
    "chat_changed": _chat_changed,
    "message_added": _message_added,
    "message_edited": _message_edited,
    "message_deleted": _message_deleted,
    "keyboard_shown": _keyboard_shown,
    "callback_answered": _callback_answered,
    "update_queued": _update_queued,
    "updates_gone": _updates_gone,
    "updates_wanted": _updates_wanted,
    "webhook_set": _webhook_set,
    "text_set": _text_set,
    "commands_set": _commands_set,
    "menu_button_set": _menu_button_set,
}


def apply_event(world: World, event: Json) -> None:
    """Let one event happen."""
    kind = event["kind"]
    if kind in _OF_THE_WORLD:
        _OF_THE_WORLD[kind](world, event)
    elif bot := _bot(world, event):
        _OF_A_BOT[kind](bot, event)

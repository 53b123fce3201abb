"""What a bot tells about itself: name, descriptions and menu button; and who it and its chats are."""

from typing import Any

from simulator.accounts import Json
from simulator.bot_api.call import Call
from simulator.bot_api.chats import known_phone
from simulator.bot_api.errors import bad_request
from simulator.bot_api.languages import language_code

_LENGTHS = {"name": 64, "description": 512, "short_description": 120}
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
_MENU_BUTTONS = ("default", "commands", "web_app")


async def get_me(call: Call) -> Json:
    return {
        **call.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_chat(call: Call) -> Json:
    phone = known_phone(call)
    if not call.bot.chat_with(phone.id).open:
        raise bad_request("chat not found")
    gifts = dict.fromkeys(_GIFTS, False)
    return {
        **phone.chat(),
        "accent_color_id": phone.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": gifts,
    }


async def set_my_name(call: Call) -> bool:
    return _set_text(call, "name")


async def get_my_name(call: Call) -> Json:
    return {"name": _text(call, "name") or call.bot.first_name}


async def set_my_description(call: Call) -> bool:
    return _set_text(call, "description")


async def get_my_description(call: Call) -> Json:
    return {"description": _text(call, "description")}


async def set_my_short_description(call: Call) -> bool:
    return _set_text(call, "short_description")


async def get_my_short_description(call: Call) -> Json:
    return {"short_description": _text(call, "short_description")}


async def set_chat_menu_button(call: Call) -> bool:
    button: Any = {"type": "default"}
    if call.parameters.has("menu_button"):
        button = call.parameters.decoded("menu_button", "can't parse menu button JSON object")
    if not isinstance(button, dict) or button.get("type") not in _MENU_BUTTONS:
        raise bad_request("can't parse menu button: unsupported type specified")
    call.world.record("menu_button_set", bot=call.bot.id, chat=_menu_chat(call), button=button)
    return True


async def get_chat_menu_button(call: Call) -> Json:
    buttons = call.bot.menu_buttons
    own = buttons.get(_menu_chat(call), {"type": "default"})
    return buttons.get("", {"type": "commands"}) if own["type"] == "default" else own


def _menu_chat(call: Call) -> str:
    return str(known_phone(call).id) if call.parameters.has("chat_id") else ""


def _set_text(call: Call, field: str) -> bool:
    text = call.parameters.text(field)
    if len(text) > _LENGTHS[field]:
        raise bad_request(f"BOT_{'TITLE' if field == 'name' else 'DESCRIPTION'}_INVALID")
    language = language_code(call.parameters)
    call.world.record("text_set", bot=call.bot.id, field=field, language_code=language, text=text)
    return True


def _text(call: Call, field: str) -> str:
    texts = call.bot.texts.get(field, {})
    return texts.get(language_code(call.parameters)) or texts.get("", "")

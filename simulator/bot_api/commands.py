"""The bot's list of commands, by scope and language."""

import json
import re
from typing import Any

from simulator.accounts import Json
from simulator.bot_api.call import Call
from simulator.bot_api.errors import ApiError, bad_request
from simulator.bot_api.languages import language_code

MOST_COMMANDS = 100
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


async def set_my_commands(call: Call) -> bool:
    listed = call.parameters.decoded("commands", "can't parse commands JSON object")
    if not isinstance(listed, list):
        raise bad_request("expected an Array of BotCommand")
    if len(listed) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    _record(call, [_command(command) for command in listed])
    return True


async def get_my_commands(call: Call) -> list[Json]:
    return call.bot.commands.get(_key(call), [])


async def delete_my_commands(call: Call) -> bool:
    _record(call, [])
    return True


def command_scopes(chat_id: int, language: str | None) -> list[str]:
    """Where a private chat looks for its commands, nearest first."""
    scopes: list[Json] = [{"type": "chat", "chat_id": chat_id}, {"type": "all_private_chats"}, {"type": "default"}]
    codes = [language[:2], ""] if language else [""]
    return [scope_key(scope, code) for scope in scopes for code in codes]


def scope_key(scope: Json, language: str) -> str:
    return json.dumps([scope, language], sort_keys=True)


def _record(call: Call, commands: list[Json]) -> None:
    call.world.record("commands_set", bot=call.bot.id, scope=_key(call), commands=commands)


def _key(call: Call) -> str:
    scope: Any = {"type": "default"}
    if call.parameters.has("scope"):
        scope = call.parameters.decoded("scope", "can't parse BotCommandScope JSON object")
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    kept: Json = {"type": scope["type"]}
    for name in _SCOPES[scope["type"]]:
        kept[name] = _scope_id(call, scope, name)
    return scope_key(kept, language_code(call.parameters))


def _scope_id(call: Call, scope: Json, name: str) -> int:
    value = str(scope.get(name, ""))
    if not value:
        raise bad_request(f"can't parse BotCommandScope: Can't find field \"{name}\"")
    if not value.lstrip("-").isdigit() or int(value) not in call.world.phones:
        raise bad_request("chat not found")
    return int(value)


def _command(command: Any) -> Json:
    if not isinstance(command, dict):
        raise _unreadable("expected an Object")
    for name in ("command", "description"):
        if not isinstance(command.get(name), str):
            raise _unreadable(f'Can\'t find field "{name}"')
    name, description = command["command"].removeprefix("/"), command["description"]
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse BotCommand: {reason}")

"""What a bot tells about itself, by language and by chat."""

from typing import Any

import pytest

from tests.fakes.simulator import Stage
from tests.simulator.conftest import Api

HELP = [{"command": "help", "description": "Help"}]
VIETNAMESE = [{"command": "help", "description": "Trợ giúp"}]


async def test_the_bot_says_who_it_is(api: Api) -> None:
    me = await api.ok("getMe")
    assert (me["id"], me["is_bot"], me["username"], me["first_name"]) == (1234567, True, "cradle_demo_bot", "Cradle")


@pytest.mark.parametrize("what", ["Name", "Description", "ShortDescription"])
async def test_texts_about_the_bot_have_languages(api: Api, what: str) -> None:
    field = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}[what]
    await api.ok(f"setMy{what}", **{field: "Cradle"})
    await api.ok(f"setMy{what}", **{field: "Nôi", "language_code": "vi"})
    assert await api.ok(f"getMy{what}", language_code="vi") == {field: "Nôi"}
    assert await api.ok(f"getMy{what}", language_code="zh") == {field: "Cradle"}
    refusal = await api.error(f"setMy{what}", **{field: "x", "language_code": "tyz"})
    assert refusal == "Bad Request: invalid language code specified"


async def test_commands_have_scopes_and_languages_and_her_phone_shows_hers(api: Api, stage: Stage, lan: int) -> None:
    await api.ok("setMyCommands", commands=HELP)
    await api.ok("setMyCommands", commands=VIETNAMESE, language_code="vi")
    assert (await stage.phone(lan))["commands"] == VIETNAMESE
    hers = [{"command": "start", "description": "Bắt đầu"}]
    await api.ok("setMyCommands", commands=hers, scope={"type": "chat", "chat_id": lan})
    assert (await stage.phone(lan))["commands"] == hers
    assert (await stage.state())["bots"][0]["commands"] == HELP
    await api.ok("deleteMyCommands", scope={"type": "chat", "chat_id": lan})
    assert await api.ok("getMyCommands", scope={"type": "chat", "chat_id": lan}) == []
    assert await api.ok("getMyCommands", language_code="vi") == VIETNAMESE


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({"commands": [{"command": "Help!", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "help", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": HELP * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": "{"}, "can't parse commands JSON object"),
        ({"commands": {}}, "expected an Array of BotCommand"),
        (
            {"commands": HELP, "scope": {"type": "planet"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ({"commands": HELP, "scope": {"type": "chat", "chat_id": 42}}, "chat not found"),
    ],
)
async def test_wrong_commands_are_refused(api: Api, parameters: dict[str, Any], complaint: str) -> None:
    assert await api.error("setMyCommands", **parameters) == f"Bad Request: {complaint}"


async def test_the_menu_button_can_differ_for_one_chat(api: Api, lan: int) -> None:
    assert await api.ok("getChatMenuButton", chat_id=lan) == {"type": "commands"}
    app = {"type": "web_app", "text": "Nôi", "web_app": {"url": "https://example.org"}}
    await api.ok("setChatMenuButton", chat_id=lan, menu_button=app)
    assert await api.ok("getChatMenuButton", chat_id=lan) == app
    assert await api.ok("getChatMenuButton") == {"type": "commands"}


async def test_a_chat_that_was_opened_can_be_looked_up(api: Api, stage: Stage, lan: int) -> None:
    assert (await api.ok("getChat", chat_id=lan))["first_name"] == "Lan"
    stranger = await stage.add_phone("Binh")
    assert await api.error("getChat", chat_id=stranger) == "Bad Request: chat not found"

"""What a bot sends appears on the phone, and what it must not send is refused in Telegram's words."""

import asyncio
from typing import Any

import pytest

from tests.fakes.simulator import Stage
from tests.simulator.conftest import OTHER_TOKEN, TOKEN, Api

MARKUP_REFUSALS: list[tuple[Any, str]] = [
    ("{", "can't parse reply keyboard markup JSON object"),
    ("[]", "object expected as reply markup"),
    ("null", "object expected as reply markup"),
    ({"inline_keyboard": "bad"}, 'field "inline_keyboard" must be of type Array'),
    ({"inline_keyboard": [{}]}, 'field "inline_keyboard" must be an Array of Arrays'),
    ({"inline_keyboard": [["x"]]}, "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
    ({"inline_keyboard": [[{"callback_data": "x"}]]}, "can't parse inline keyboard button: Can't find field \"text\""),
    ({"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]}, "inline keyboard button text is empty"),
    (
        {"inline_keyboard": [[{"text": "x"}]]},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"inline_keyboard": [[{"text": "x", "callback_data": ""}]]},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    ({"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]}, "BUTTON_DATA_INVALID"),
    (
        {"inline_keyboard": [[{"text": "x", "callback_data": "a", "url": "https://example.org"}]]},
        "BUTTON_TYPE_INVALID",
    ),
    (
        {"inline_keyboard": [[{"text": "x", "url": "not-a-url"}]]},
        "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
    ),
    (
        {"inline_keyboard": [[{"text": "x", "url": "ftp://example.org"}]]},
        "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
    ),
    ({"inline_keyboard": [[{"text": "x", "url": "https://example.org/a b"}]]}, "BUTTON_URL_INVALID"),
    ({"inline_keyboard": [[{"text": "x", "callback_data": "a"}]] * 101}, "reply markup is too long"),
    ({"keyboard": [[{"text": "x"}]], "one_time_keyboard": "yes"}, 'field "one_time_keyboard" must be of type Boolean'),
    ({"keyboard": [[{"request_contact": True}]]}, "can't parse keyboard button: Can't find field \"text\""),
    ({"remove_keyboard": "yes"}, 'field "remove_keyboard" must be of type Boolean'),
]


async def test_a_text_appears_on_the_phone(api: Api, stage: Stage, lan: int) -> None:
    message = await api.ok("sendMessage", chat_id=lan, text="Chào Lan")
    seen = await stage.last_message(lan)
    assert seen["text"] == message["text"] == "Chào Lan"
    assert seen["outgoing"]
    assert message["chat"] == {"id": lan, "first_name": "Lan", "type": "private"}
    assert message["date"] == 1795323600


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": "   "}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "👶" * 2049}, "message is too long"),
        ({"text": "x", "parse_mode": "XML"}, "unsupported parse_mode"),
        ({"text": "<p>", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "p" at byte offset 0'),
        ({"text": "x", "message_thread_id": 3}, "message thread not found"),
        ({"text": "x", "business_connection_id": "b"}, "business connection not found"),
        ({"text": "x", "allow_paid_broadcast": True}, "FLOODSKIP_NOT_ALLOWED"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": {}}, 'can\'t find field "message_id"'),
        ({"text": "x", "link_preview_options": {"is_disabled": "yes"}}, 'field "is_disabled" must be of type Boolean'),
    ],
)
async def test_a_text_telegram_would_not_take_is_refused(
    api: Api, lan: int, parameters: dict[str, Any], complaint: str
) -> None:
    assert await api.error("sendMessage", chat_id=lan, **parameters) == f"Bad Request: {complaint}"


async def test_the_length_counts_after_the_markup_is_taken_away(api: Api, lan: int) -> None:
    message = await api.ok("sendMessage", chat_id=lan, text="<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    assert len(message["text"]) == 4096


@pytest.mark.parametrize(("markup", "complaint"), MARKUP_REFUSALS)
async def test_a_wrong_keyboard_is_refused(api: Api, lan: int, markup: Any, complaint: str) -> None:
    answer = await api.error("sendMessage", chat_id=lan, text="x", reply_markup=markup)
    assert answer == f"Bad Request: {complaint}"


async def test_a_hundred_buttons_with_64_bytes_each_are_fine(api: Api, lan: int) -> None:
    buttons = [[{"text": "x", "callback_data": "x" * 64}] * 5] * 20
    message = await api.ok("sendMessage", chat_id=lan, text="x", reply_markup={"inline_keyboard": buttons})
    assert message["reply_markup"]["inline_keyboard"] == buttons


@pytest.mark.parametrize(
    ("chat_id", "complaint"),
    [("", "chat_id is empty"), ("nobody", "chat not found"), ("@nobody", "chat not found"), (42, "chat not found")],
)
async def test_nobody_is_there(api: Api, chat_id: Any, complaint: str) -> None:
    assert await api.error("sendMessage", chat_id=chat_id, text="x") == f"Bad Request: {complaint}"


async def test_a_bot_cannot_write_first(api: Api, stage: Stage) -> None:
    hoa = await stage.add_phone("Hoa")
    refusal = await api.error("sendMessage", chat_id=hoa, text="x")
    assert refusal == "Forbidden: bot can't initiate conversation with a user"


async def test_a_bot_that_was_blocked_is_told_so(api: Api, stage: Stage, lan: int) -> None:
    await stage.block(lan)
    assert await api.error("sendMessage", chat_id=lan, text="x") == "Forbidden: bot was blocked by the user"


async def test_a_deactivated_account_gets_nothing(api: Api, stage: Stage, lan: int) -> None:
    await stage.deactivate(lan)
    assert await api.error("sendMessage", chat_id=lan, text="x") == "Forbidden: user is deactivated"


async def test_parameters_come_in_every_way_telegram_takes(api: Api, lan: int) -> None:
    path = f"/bot{TOKEN}/SENDMESSAGE"
    asked = {"chat_id": str(lan), "text": "Chào"}
    answers = [
        await api.client.get(path, params=asked),
        await api.client.post(path, params=asked),
        await api.client.post(path, data=asked),
        await api.client.post(path, json=asked),
        await api.client.post(path, data=asked, files={"unused": b"x"}),
    ]
    assert [answer.json()["result"]["text"] for answer in answers] == ["Chào"] * 5


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        (f"/bot{TOKEN}/makeCoffee", 404, "Not Found"),
        ("/bot999:unknown/getMe", 401, "Unauthorized"),
        ("/botnonsense/getMe", 404, "Not Found"),
        (f"/bot{TOKEN}", 404, "Not Found"),
    ],
)
async def test_a_wrong_door_is_said_to_be_wrong(api: Api, path: str, status: int, description: str) -> None:
    answer = await api.client.post(path)
    assert answer.status_code == status
    assert answer.json() == {"ok": False, "error_code": status, "description": description}


async def test_an_answer_quotes_what_it_answers(api: Api, stage: Stage, lan: int) -> None:
    asked = await stage.text(lan, "Bé ăn gì?")
    message = await api.ok(
        "sendMessage", chat_id=lan, text="Cháo", reply_parameters={"message_id": asked["message_id"]}
    )
    assert message["reply_to_message"]["text"] == "Bé ăn gì?"


async def test_typing_is_seen_until_the_message_comes(api: Api, stage: Stage, lan: int) -> None:
    await api.ok("sendChatAction", chat_id=lan, action="typing")
    assert (await stage.phone(lan))["action"] == "typing"
    await api.ok("sendMessage", chat_id=lan, text="x")
    assert (await stage.phone(lan))["action"] is None
    assert await api.error("sendChatAction", chat_id=lan, action="sleeping") == (
        "Bad Request: wrong parameter action in request"
    )


async def test_a_message_can_be_copied_and_forwarded_to_the_grandmother(api: Api, stage: Stage, lan: int) -> None:
    grandmother = await stage.add_phone("Bà")
    await stage.open(grandmother, "https://t.me/cradle_demo_bot")
    original = await api.ok("sendMessage", chat_id=lan, text="Chào")
    where = {"chat_id": grandmother, "from_chat_id": lan, "message_id": original["message_id"]}
    forwarded = await api.ok("forwardMessage", **where)
    copied = await api.ok("copyMessage", **where)
    assert forwarded["forward_origin"]["type"] == "user"
    assert set(copied) == {"message_id"}
    assert [m["text"] for m in await stage.messages(grandmother)] == ["/start", "Chào", "Chào"]


async def test_two_bots_keep_their_chats_apart(api: Api, stage: Stage, lan: int) -> None:
    other = Api(api.client, OTHER_TOKEN)
    assert (await other.ok("getMe"))["username"] == "cradle_demo2_bot"
    refusal = await other.error("sendMessage", chat_id=lan, text="x")
    assert refusal == "Forbidden: bot can't initiate conversation with a user"


async def test_a_thousand_units_of_caption_and_no_more(api: Api, lan: int, png: bytes) -> None:
    fits = await api.upload("sendPhoto", {"photo": png}, chat_id=lan, caption="x" * 1024)
    long = await api.upload("sendPhoto", {"photo": png}, chat_id=lan, caption="x" * 1025)
    assert fits.json()["ok"]
    assert long.json()["description"] == "Bad Request: message caption is too long"


async def test_many_messages_at_once_get_different_numbers(api: Api, lan: int) -> None:
    sent = await asyncio.gather(*(api.ok("sendMessage", chat_id=lan, text=str(n)) for n in range(20)))
    assert len({message["message_id"] for message in sent}) == 20

"""What people do with their phones, and what the bot hears of it."""

import io

import pytest
import segno

from tests.fakes.simulator import Stage
from tests.simulator.conftest import Api
from tests.simulator.stage_client import StageRefusedError

LINK = "https://t.me/cradle_demo_bot?start=abc_DEF-123"


async def _news(api: Api) -> list[dict[str, object]]:
    """What is new for the bot, confirmed."""
    updates: list[dict[str, object]] = await api.ok("getUpdates")
    if updates:
        await api.ok("getUpdates", offset=int(str(updates[-1]["update_id"])) + 1)
    return updates


def _code(text: str) -> bytes:
    stream = io.BytesIO()
    segno.make(text).save(stream, kind="png", scale=5, border=4)
    return stream.getvalue()


async def test_she_types_a_command_and_the_bot_sees_it_is_one(api: Api, stage: Stage, lan: int) -> None:
    await _news(api)
    sent = await stage.text(lan, "/help me")
    message = (await _news(api))[0]["message"]
    assert message == {
        "message_id": sent["message_id"],
        "date": 1795323600,
        "chat": {"id": lan, "first_name": "Lan", "type": "private"},
        "from": {"id": lan, "is_bot": False, "first_name": "Lan", "language_code": "vi"},
        "text": "/help me",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
    }


async def test_she_must_press_start_before_she_can_type(stage: Stage) -> None:
    hoa = await stage.add_phone("Hoa")
    with pytest.raises(StageRefusedError, match="press Start first"):
        await stage.text(hoa, "Chào")
    await stage.text(hoa, "/start")
    assert (await stage.phone(hoa))["chat_open"]


async def test_a_tap_brings_the_data_of_the_button_and_an_answer_shows_a_toast(
    api: Api, stage: Stage, lan: int
) -> None:
    await _news(api)
    rows = [[{"text": "Có", "callback_data": "yes"}, {"text": "Trang", "url": "https://example.org/a"}]]
    sent = await api.ok("sendMessage", chat_id=lan, text="?", reply_markup={"inline_keyboard": rows})
    tapped = await stage.tap_labelled(lan, "Có")
    query = (await _news(api))[0]["callback_query"]
    assert isinstance(query, dict)
    assert (query["id"], query["data"]) == (tapped["callback_query_id"], "yes")
    assert query["message"] == sent
    await api.ok("answerCallbackQuery", callback_query_id=query["id"], text="Đã ghi", show_alert=True)
    assert (await stage.phone(lan))["toast"]["text"] == "Đã ghi"
    assert await stage.tap(lan, sent["message_id"], column=1) == {"url": "https://example.org/a"}
    with pytest.raises(StageRefusedError, match="no button in this place"):
        await stage.tap(lan, sent["message_id"], row=1)


async def test_a_forged_tap_brings_data_no_button_has(api: Api, stage: Stage, lan: int) -> None:
    await _news(api)
    sent = await api.ok("sendMessage", chat_id=lan, text="Chào")
    await stage.forge_tap(lan, sent["message_id"], "v1:evil")
    query = (await _news(api))[0]["callback_query"]
    assert isinstance(query, dict)
    assert query["data"] == "v1:evil"


async def test_the_keyboard_appears_is_used_and_goes(api: Api, stage: Stage, lan: int) -> None:
    await _news(api)
    keys = [[{"text": "Có"}], [{"text": "Số của tôi", "request_contact": True}]]
    await api.ok("sendMessage", chat_id=lan, text="?", reply_markup={"keyboard": keys})
    await stage.key(lan)
    await stage.key(lan, row=1)
    messages = [update["message"] for update in await _news(api)]
    assert [m.get("text") for m in messages if isinstance(m, dict)] == ["Có", None]
    assert isinstance(messages[1], dict)
    assert messages[1]["contact"] == {"phone_number": "+84901234567", "first_name": "Lan", "user_id": lan}
    await api.ok("sendMessage", chat_id=lan, text="!", reply_markup={"remove_keyboard": True})
    assert (await stage.phone(lan))["keyboard"] is None


async def test_a_one_time_keyboard_goes_after_one_key(api: Api, stage: Stage, lan: int) -> None:
    markup = {"keyboard": [[{"text": "Có"}]], "one_time_keyboard": True}
    await api.ok("sendMessage", chat_id=lan, text="?", reply_markup=markup)
    await stage.key(lan)
    assert (await stage.phone(lan))["keyboard"] is None


async def test_a_strangers_contact_carries_no_account(api: Api, stage: Stage, lan: int) -> None:
    await _news(api)
    await stage.contact(lan, "+84999", "Người lạ")
    await stage.contact(lan, "+84998", "Binh", user_id=42)
    contacts = [update["message"]["contact"] for update in await _news(api)]  # type: ignore[index]
    assert contacts == [
        {"phone_number": "+84999", "first_name": "Người lạ"},
        {"phone_number": "+84998", "first_name": "Binh", "user_id": 42},
    ]


async def test_a_photo_she_sends_can_be_fetched_by_the_bot(api: Api, stage: Stage, lan: int, png: bytes) -> None:
    await _news(api)
    await stage.file(lan, "photo", png, caption="Sổ tiêm")
    message = (await _news(api))[0]["message"]
    assert isinstance(message, dict)
    assert message["caption"] == "Sổ tiêm"
    found = await api.ok("getFile", file_id=message["photo"][-1]["file_id"])
    assert found["file_size"] == len(png)
    with pytest.raises(StageRefusedError, match="no picture"):
        await stage.file(lan, "photo", b"text")


async def test_a_link_of_the_bot_opens_the_chat_with_its_payload(api: Api, stage: Stage) -> None:
    hoa = await stage.add_phone("Hoa")
    await stage.open(hoa, LINK)
    assert (await _news(api))[0]["message"]["text"] == "/start abc_DEF-123"  # type: ignore[index]
    await stage.open(hoa, "tg://resolve?domain=Cradle_Demo_Bot&start=x")
    assert (await stage.last_message(hoa))["text"] == "/start x"


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/another_bot?start=x",
        "https://example.org/cradle_demo_bot",
        "https://t.me/cradle_demo_bot?start=a.b",
    ],
)
async def test_a_link_that_leads_elsewhere_is_not_opened(stage: Stage, link: str) -> None:
    hoa = await stage.add_phone("Hoa")
    with pytest.raises(StageRefusedError) as caught:
        await stage.open(hoa, link)
    assert caught.value.status == 400
    assert not (await stage.phone(hoa))["chat_open"]


async def test_a_father_scans_the_code_on_her_screen(api: Api, stage: Stage, lan: int) -> None:
    father = await stage.add_phone("Tuấn")
    shown = (await api.upload("sendPhoto", {"photo": _code(LINK)}, chat_id=lan)).json()["result"]
    seen = await stage.scan(father, screen_of=lan, message_id=shown["message_id"])
    assert (seen["text"], seen["opened"]) == (LINK, True)
    assert (await stage.last_message(father))["text"] == "/start abc_DEF-123"


async def test_a_printed_code_is_read_and_a_blank_page_is_not(stage: Stage, png: bytes) -> None:
    father = await stage.add_phone("Tuấn")
    assert (await stage.scan_picture(father, _code(LINK)))["opened"]
    elsewhere = await stage.scan_picture(father, _code("https://example.org"))
    assert elsewhere == {"text": "https://example.org", "opened": False}
    with pytest.raises(StageRefusedError, match="no code to read"):
        await stage.scan_picture(father, png)


async def test_blocking_and_coming_back_are_told_to_the_bot(api: Api, stage: Stage, lan: int) -> None:
    await _news(api)
    assert (await stage.block(lan))["blocked"]
    with pytest.raises(StageRefusedError, match="blocked the bot"):
        await stage.text(lan, "Chào")
    await stage.unblock(lan)
    news = await _news(api)
    changes = [update["my_chat_member"]["new_chat_member"]["status"] for update in news[:2]]  # type: ignore[index]
    assert changes == ["kicked", "member"]
    assert news[2]["message"]["text"] == "/start"  # type: ignore[index]


async def test_a_deactivated_account_does_nothing_any_more(stage: Stage, lan: int) -> None:
    assert (await stage.deactivate(lan))["deactivated"]
    with pytest.raises(StageRefusedError, match="deactivated"):
        await stage.text(lan, "Chào")


async def test_what_cannot_be_understood_is_refused_in_a_sentence(api: Api, stage: Stage, lan: int) -> None:
    answers = [
        await api.client.post(f"/sim/phones/{lan}/text", content=b"{"),
        await api.client.post(f"/sim/phones/{lan}/text", json=[]),
        await api.client.post(f"/sim/phones/{lan}/tap", json={"message_id": "x"}),
        await api.client.post("/sim/phones/42/text", json={"text": "x"}),
        await api.client.post("/sim/phones", json={"name": "Binh", "id": lan}),
    ]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 404, 409]
    assert all(answer.json()["error"].endswith(".") for answer in answers)

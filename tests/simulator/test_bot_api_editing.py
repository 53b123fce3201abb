"""Messages change and disappear as far as Telegram allows, and not further."""

from typing import Any

from tests.fakes.simulator import Stage
from tests.simulator.conftest import Api

YES = {"inline_keyboard": [[{"text": "Có", "callback_data": "yes"}]]}


async def _sent(api: Api, lan: int, **more: Any) -> dict[str, int]:
    message = await api.ok("sendMessage", chat_id=lan, text="Chào", **more)
    return {"chat_id": lan, "message_id": message["message_id"]}


async def test_an_edited_text_replaces_the_old_one_and_drops_the_buttons(api: Api, stage: Stage, lan: int) -> None:
    where = await _sent(api, lan, reply_markup=YES)
    edited = await api.ok("editMessageText", **where, text="Cảm ơn")
    assert edited["text"] == "Cảm ơn"
    assert "reply_markup" not in edited
    assert edited["edit_date"] >= edited["date"]
    assert (await stage.last_message(lan))["edited"]


async def test_buttons_alone_can_be_changed_and_nobody_calls_that_edited(api: Api, stage: Stage, lan: int) -> None:
    where = await _sent(api, lan)
    assert (await api.ok("editMessageReplyMarkup", **where, reply_markup=YES))["reply_markup"] == YES
    assert "reply_markup" not in await api.ok("editMessageReplyMarkup", **where)
    assert not (await stage.last_message(lan))["edited"]


async def test_a_caption_can_be_changed_but_not_where_there_is_none(api: Api, lan: int, png: bytes) -> None:
    photo = (await api.upload("sendPhoto", {"photo": png}, chat_id=lan)).json()["result"]
    where = {"chat_id": lan, "message_id": photo["message_id"]}
    assert (await api.ok("editMessageCaption", **where, caption="Thẻ"))["caption"] == "Thẻ"
    refusal = await api.error("editMessageText", **where, text="x")
    assert refusal == "Bad Request: there is no text in the message to edit"
    text = await _sent(api, lan)
    refusal = await api.error("editMessageCaption", **text, caption="x")
    assert refusal == "Bad Request: there is no caption in the message to edit"


async def test_an_edit_that_changes_nothing_is_refused(api: Api, lan: int) -> None:
    where = await _sent(api, lan, reply_markup=YES)
    refusal = await api.error("editMessageText", **where, text="Chào", reply_markup=YES)
    assert refusal == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    )


async def test_only_the_bots_own_messages_that_are_still_there_can_be_edited(api: Api, stage: Stage, lan: int) -> None:
    hers = (await stage.text(lan, "Xin chào"))["message_id"]
    refusal = await api.error("editMessageText", chat_id=lan, message_id=hers, text="x")
    assert refusal == "Bad Request: message can't be edited"
    refusal = await api.error("editMessageText", chat_id=lan, message_id=999, text="x")
    assert refusal == "Bad Request: message to edit not found"
    refusal = await api.error("editMessageText", chat_id=lan, text="x")
    assert refusal == "Bad Request: message identifier is not specified"


async def test_an_edit_takes_inline_keyboards_only(api: Api, lan: int) -> None:
    where = await _sent(api, lan)
    refusal = await api.error("editMessageText", **where, text="x", reply_markup={"remove_keyboard": True})
    assert refusal == "Bad Request: inline keyboard expected"


async def test_a_deleted_message_is_gone_for_good(api: Api, stage: Stage, lan: int) -> None:
    where = await _sent(api, lan)
    assert await api.ok("deleteMessage", **where) is True
    assert (await stage.last_message(lan))["deleted"]
    assert await api.error("deleteMessage", **where) == "Bad Request: message to delete not found"
    assert await api.error("editMessageText", **where, text="x") == "Bad Request: message to edit not found"


async def test_after_two_days_a_message_stays_but_can_still_be_edited(api: Api, stage: Stage, lan: int) -> None:
    where = await _sent(api, lan)
    await stage.move(days=3)
    assert await api.error("deleteMessage", **where) == "Bad Request: message can't be deleted for everyone"
    assert (await api.ok("editMessageText", **where, text="Cảm ơn"))["text"] == "Cảm ơn"

"""Changing and deleting what was sent."""

from simulator.accounts import Json, StoredMessage
from simulator.bot_api.call import Call
from simulator.bot_api.chats import find_message, known_phone
from simulator.bot_api.errors import ApiError, bad_request
from simulator.bot_api.keyboards import inline_markup
from simulator.bot_api.texts import message_caption, message_text

DELETABLE_FOR = 48 * 3600
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_MARKUP = ("reply_markup",)


async def edit_message_text(call: Call) -> Json:
    text = message_text(call.parameters)
    markup = inline_markup(call.parameters)
    stored = _editable(call)
    if "text" not in stored.body:
        raise bad_request("there is no text in the message to edit")
    return _edit(call, stored, text, markup, replaced=("text", "entities", *_MARKUP))


async def edit_message_caption(call: Call) -> Json:
    caption = message_caption(call.parameters)
    markup = inline_markup(call.parameters)
    stored = _editable(call)
    if stored.file_id is None:
        raise bad_request("there is no caption in the message to edit")
    return _edit(call, stored, caption, markup, replaced=("caption", "caption_entities", *_MARKUP))


async def edit_message_reply_markup(call: Call) -> Json:
    markup = inline_markup(call.parameters)
    return _edit(call, _editable(call), {}, markup, replaced=_MARKUP)


async def delete_message(call: Call) -> bool:
    phone = known_phone(call)
    message_id = call.parameters.integer("message_id")
    stored = find_message(call, phone, message_id)
    if stored is None:
        raise bad_request("message to delete not found")
    if call.world.unix_now() - stored.body["date"] > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    call.world.record("message_deleted", bot=call.bot.id, chat=phone.id, message_id=message_id)
    return True


def _editable(call: Call) -> StoredMessage:
    if not call.parameters.has("chat_id") and call.parameters.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    phone = known_phone(call)
    if not call.parameters.integer("message_id"):
        raise bad_request("message identifier is not specified")
    stored = find_message(call, phone, call.parameters.integer("message_id"))
    if stored is None:
        raise bad_request("message to edit not found")
    _check_editable(call, stored)
    return stored


def _check_editable(call: Call, stored: StoredMessage) -> None:
    if not stored.outgoing or "forward_origin" in stored.body:
        raise bad_request("message can't be edited")
    phone = call.world.phones[stored.body["chat"]["id"]]
    if phone.deactivated:
        raise ApiError(403, "Forbidden: user is deactivated")


def _edit(call: Call, stored: StoredMessage, content: Json, markup: Json | None, *, replaced: tuple[str, ...]) -> Json:
    kept = {name: value for name, value in stored.body.items() if name not in (*replaced, "edit_date")}
    edited = kept | content | ({"reply_markup": markup} if markup else {})
    if edited == {name: value for name, value in stored.body.items() if name != "edit_date"}:
        raise bad_request(_NOT_MODIFIED)
    edited["edit_date"] = call.world.unix_now()
    call.world.record("message_edited", bot=call.bot.id, chat=edited["chat"]["id"], message=edited)
    return edited

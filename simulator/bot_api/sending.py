"""Messages that a bot sends: texts, photos, voices, documents, copies and forwards."""

from typing import Any

from simulator.accounts import Json, Phone, StoredMessage
from simulator.bot_api.call import Call
from simulator.bot_api.chats import find_message, known_phone, writable_phone
from simulator.bot_api.errors import bad_request
from simulator.bot_api.keyboards import reply_markup
from simulator.bot_api.texts import message_caption, message_text
from simulator.bot_api.uploads import file_to_send
from simulator.messages import bot_writes, without_reply
from simulator.stored_files import media_content

_PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")
_CONTENT = (
    "text", "entities", "photo", "voice", "document", "caption", "caption_entities", "contact",
)  # fmt: skip


async def send_message(call: Call) -> Json:
    content = message_text(call.parameters) | _link_preview(call)
    return _send(call, content)


async def send_photo(call: Call) -> Json:
    return _send_file(call, "photo")


async def send_voice(call: Call) -> Json:
    return _send_file(call, "voice")


async def send_document(call: Call) -> Json:
    return _send_file(call, "document")


async def forward_message(call: Call) -> Json:
    original = _original(call, "message to forward not found")
    origin = {"type": "user", "date": original.body["date"], "sender_user": original.body["from"]}
    return _send(call, {"forward_origin": origin, **_content_of(original)}, file_id=original.file_id)


async def copy_message(call: Call) -> Json:
    original = _original(call, "message to copy not found")
    content = _content_of(original)
    if "caption" in call.parameters.values:
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= message_caption(call.parameters)
    return {"message_id": _send(call, content, file_id=original.file_id)["message_id"]}


def _send_file(call: Call, kind: str) -> Json:
    caption = message_caption(call.parameters)
    markup = reply_markup(call.parameters)
    phone = writable_phone(call)
    stored = file_to_send(call, kind)
    content = media_content(call.bot.id, stored) | caption
    return _deliver(call, phone, content, markup=markup, file_id=stored.unique_id)


def _send(call: Call, content: Json, *, file_id: str | None = None) -> Json:
    markup = reply_markup(call.parameters)
    return _deliver(call, writable_phone(call), content, markup=markup, file_id=file_id)


def _deliver(call: Call, phone: Phone, content: Json, *, markup: Json | None, file_id: str | None) -> Json:
    _refuse_what_this_bot_lacks(call)
    content |= _reply_to(call, phone)
    if call.parameters.flag("protect_content"):
        content["has_protected_content"] = True
    if markup and markup.get("inline_keyboard"):
        content["reply_markup"] = markup
    message = bot_writes(call.world, call.bot, phone, content, file_id=file_id)
    _show_keyboard(call, phone, markup)
    call.simulation.clock.message_was_sent()
    return message


def _show_keyboard(call: Call, phone: Phone, markup: Json | None) -> None:
    if markup is None or not ("keyboard" in markup or markup.get("remove_keyboard")):
        return
    keyboard = markup if "keyboard" in markup else None
    call.world.record("keyboard_shown", bot=call.bot.id, chat=phone.id, keyboard=keyboard)


def _reply_to(call: Call, phone: Phone) -> Json:
    if not call.parameters.has("reply_parameters"):
        return {}
    reply = call.parameters.decoded("reply_parameters", "can't parse reply parameters JSON object")
    if not isinstance(reply, dict) or "message_id" not in reply:
        raise bad_request('can\'t find field "message_id"')
    stored = find_message(call, phone, int(reply["message_id"]))
    if stored is not None:
        return {"reply_to_message": without_reply(stored.body)}
    if reply.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _link_preview(call: Call) -> Json:
    if not call.parameters.has("link_preview_options"):
        return {}
    options = call.parameters.decoded("link_preview_options", "can't parse link preview options JSON object")
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    for name in _PREVIEW_FLAGS:
        if not isinstance(options.get(name, False), bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    kept: dict[str, Any] = {name: True for name in _PREVIEW_FLAGS if options.get(name)}
    return {"link_preview_options": kept} if kept else {}


def _refuse_what_this_bot_lacks(call: Call) -> None:
    if call.parameters.has("business_connection_id"):
        raise bad_request("business connection not found")
    if call.parameters.integer("message_thread_id"):
        raise bad_request("message thread not found")
    if call.parameters.flag("allow_paid_broadcast"):
        raise bad_request("FLOODSKIP_NOT_ALLOWED")


def _original(call: Call, missing: str) -> StoredMessage:
    source = known_phone(call, "from_chat_id")
    stored = find_message(call, source, call.parameters.integer("message_id"))
    if stored is None:
        raise bad_request(missing)
    return stored


def _content_of(stored: StoredMessage) -> Json:
    return {name: stored.body[name] for name in _CONTENT if name in stored.body}

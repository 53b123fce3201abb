"""Small signs of life: answers to taps and "is typing"."""

import asyncio
import time

from simulator.bot_api.call import Call
from simulator.bot_api.chats import writable_phone
from simulator.bot_api.errors import bad_request
from simulator.updates import CALLBACK_LIFETIME

ACTION_SECONDS = 5.0
_ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip


async def answer_callback_query(call: Call) -> bool:
    query_id = call.parameters.text("callback_query_id")
    opened_at = call.bot.callbacks.get(query_id)
    if opened_at is None or call.world.unix_now() - opened_at > CALLBACK_LIFETIME:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = call.parameters.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    toast = {"callback_query_id": query_id, "text": text, "show_alert": call.parameters.flag("show_alert")}
    chat_id = int(query_id) >> 24
    call.world.record("callback_answered", bot=call.bot.id, chat=chat_id, toast=toast if text else None)
    return True


async def send_chat_action(call: Call) -> bool:
    action = call.parameters.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    phone = writable_phone(call)
    call.bot.chat_with(phone.id).action = (action, time.monotonic() + ACTION_SECONDS)
    call.world.changes.bump()
    asyncio.get_running_loop().call_later(ACTION_SECONDS, call.world.changes.bump)
    return True

"""Whom a call is about, and whether the bot may write to her."""

from simulator.accounts import Phone, StoredMessage
from simulator.bot_api.call import Call
from simulator.bot_api.errors import bad_request, forbidden


def known_phone(call: Call, name: str = "chat_id") -> Phone:
    """The phone behind a chat id; the bot cannot tell a stranger's id from no id at all."""
    if not call.parameters.has(name):
        raise bad_request("chat_id is empty")
    phone = call.world.phones.get(call.parameters.integer(name))
    if phone is None:
        raise bad_request("chat not found")
    return phone


def writable_phone(call: Call) -> Phone:
    """The phone the bot may send to, or why not."""
    phone = known_phone(call)
    chat = call.bot.chat_with(phone.id)
    if phone.deactivated:
        raise forbidden("user is deactivated")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.open:
        raise forbidden("bot can't initiate conversation with a user")
    return phone


def find_message(call: Call, phone: Phone, message_id: int) -> StoredMessage | None:
    """A message that is still there."""
    stored = call.bot.chat_with(phone.id).messages.get(message_id)
    return None if stored is None or stored.deleted else stored

"""From a Telegram update to what was heard and where it came from. Nothing is looked up and nothing answered here."""

import unicodedata
from datetime import datetime

from telegram import ChatMember, Contact, Message, Update, User
from telegram.constants import ChatType

from bot.heard import Attachment, Heard
from bot.heard import Contact as SharedContact
from bot.payloads import read_payload
from domain.media import LARGEST
from domain.message import MediaKind

GONE = frozenset({ChatMember.BANNED, ChatMember.LEFT})


def sender_of(update: Update) -> User | None:
    """Who wrote in a private chat; None for groups and channels, where we say nothing."""
    chat = update.effective_chat
    if chat is not None and chat.type != ChatType.PRIVATE:
        return None
    user = update.effective_user
    return None if user is None or user.is_bot else user


def heard_in(update: Update) -> Heard | None:
    """What an update says; None for what we do not listen to, such as an edited message."""
    if update.callback_query is not None:
        return _tap(update)
    if update.my_chat_member is not None:
        return Heard(blocked=update.my_chat_member.new_chat_member.status in GONE)
    return _message(update.message) if update.message is not None else None


def said_at(update: Update) -> datetime | None:
    """When it was said; None for a tap, which does not tell."""
    return update.message.date if update.message is not None else None


def _tap(update: Update) -> Heard:
    query = update.callback_query
    data = query.data if query and isinstance(query.data, str) else ""
    message_id = str(query.message.message_id) if query and query.message else None
    tap = read_payload(data)
    return Heard(tap=tap, forged=tap is None, message_id=message_id)


def _message(message: Message) -> Heard:
    if message.contact is not None:
        return Heard(contact=_contact(message.contact, message.from_user))
    # One writing for what looks the same: phones differ in how they spell "ế" and "１".
    text = unicodedata.normalize("NFKC", message.text or "")
    if text.startswith("/"):
        command, _, argument = text[1:].partition(" ")
        return Heard(command=command.partition("@")[0].lower(), words=argument)
    return Heard(words=text, media=_media(message))


def _media(message: Message) -> Attachment | None:
    """A picture in the largest of its sizes that may be kept, or a voice."""
    if message.photo:
        sizes = sorted(message.photo, key=lambda one: one.width * one.height)
        fit = [one for one in sizes if (one.file_size or 0) <= LARGEST[MediaKind.PHOTO]] or sizes
        return Attachment(MediaKind.PHOTO, fit[-1].file_id, fit[-1].file_size or 0)
    voice = message.voice
    return Attachment(MediaKind.VOICE, voice.file_id, voice.file_size or 0, voice.mime_type) if voice else None


def _contact(contact: Contact, sender: User | None) -> SharedContact:
    own = sender is not None and contact.user_id == sender.id
    return SharedContact(contact.phone_number, own)

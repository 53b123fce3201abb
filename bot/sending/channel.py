"""Telegram as a channel: sends or edits one rendered message, and turns every answer into a value."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.sending.media_files import ContentOf, MediaFiles, nothing_kept
from documents.calendar_file import write_calendar
from documents.call_list import print_call_list
from documents.letter import print_letter
from documents.printing import PrintingError
from documents.qr import qr_png
from documents.vaccination_card import print_vaccination_card
from domain.message import Change, Keyboard, Layout, Media, MediaKind
from domain.rendered import RenderedChoice, RenderedDocument, RenderedMessage
from domain.sending.retry import (
    Delivered,
    Gone,
    Misconfigured,
    Moved,
    NotSent,
    Rejected,
    SendResult,
    Throttled,
    Unknown,
    Unreachable,
)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
SAME = "message is not modified"
CANNOT_EDIT = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
)
CANNOT_DELETE = ("message can't be deleted", "message to delete not found")
NEVER_LEFT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "ClientConnectorError"})
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None


class TelegramChannel:
    """One bot on Telegram; `content_of` reads a picture or voice that is to be uploaded."""

    def __init__(self, bot: Bot, content_of: ContentOf = nothing_kept) -> None:
        self._bot = bot
        self._files = MediaFiles(content_of)

    async def send(self, external_id: str, message: RenderedMessage) -> SendResult:
        """Send or edit. No answer of Telegram's is an exception here."""
        try:
            return await self._send(int(external_id), message)
        except TelegramError as error:
            return result_of(error)
        except PrintingError as error:
            return Rejected(type(error).__name__)

    async def _send(self, chat: int, message: RenderedMessage) -> SendResult:
        if message.edits is not None and message.change is not None:
            return await self._change(chat, int(message.edits), message)
        if message.edits is not None:
            edited = await self._edit(chat, int(message.edits), message)
            if edited is not None:
                return edited
        if message.disarms is not None:
            await self._disarm(chat, int(message.disarms))
        if message.media is not None:
            return await self._send_media(chat, message, message.media)
        sent = await self._send_anew(chat, message)
        return Delivered(str(sent.message_id))

    async def _send_anew(self, chat: int, message: RenderedMessage) -> Message:
        if message.document is not None:
            pdf = await asyncio.to_thread(print_document, message.document, language=message.language)
            return await self._send_file(chat, message, pdf, message.document.file_name)
        if message.calendar is not None:
            file = write_calendar(message.calendar)
            return await self._send_file(chat, message, file, message.calendar.file_name)
        return await (self._send_picture if message.picture else self._send_text)(chat, message)

    async def _send_text(self, chat: int, message: RenderedMessage) -> Message:
        return await self._bot.send_message(
            chat,
            message.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            protect_content=message.names_child or None,
            reply_markup=markup_of(message),
        )

    async def _send_picture(self, chat: int, message: RenderedMessage) -> Message:
        link = message.picture.link if message.picture else ""
        return await self._bot.send_photo(
            chat,
            qr_png(link),
            caption=message.text,
            parse_mode=ParseMode.HTML,
            protect_content=message.names_child or None,
            reply_markup=markup_of(message),
            filename="cradle.png",
        )

    async def _send_media(self, chat: int, message: RenderedMessage, media: Media) -> SendResult:
        is_voice = media.kind is MediaKind.VOICE
        send = self._bot.send_voice if is_voice else self._bot.send_photo

        async def put(file: str | bytes) -> Message:
            return await send(
                chat,
                file,
                caption=message.text,
                parse_mode=ParseMode.HTML,
                protect_content=message.names_child or None,
                reply_markup=markup_of(message),
                filename="cradle.ogg" if is_voice else "cradle.jpg",
            )

        return await self._files.send(media, message.file_id, put)

    async def _send_file(self, chat: int, message: RenderedMessage, content: bytes, name: str) -> Message:
        """Not protected, whatever it holds: it is made to be kept."""
        return await self._bot.send_document(
            chat,
            content,
            caption=message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=markup_of(message),
            filename=name,
        )

    async def _disarm(self, chat: int, message_id: int) -> None:
        """Take the buttons off an older message. Only a courtesy: they are authorised anew at every tap anyway."""
        with suppress(BadRequest, NetworkError, InvalidToken):
            await self._bot.edit_message_reply_markup(chat_id=chat, message_id=message_id, reply_markup=None)

    async def _change(self, chat: int, message_id: int, message: RenderedMessage) -> SendResult:
        """Correct or take back what was delivered; nothing new is sent when that is no longer possible."""
        try:
            if message.change is Change.TAKE_BACK:
                await self._bot.delete_message(chat, message_id)
                return Delivered(str(message_id))
            return await self._edit(chat, message_id, message) or Gone(CANNOT_EDIT[0])
        except BadRequest as error:
            if any(words in error.message.lower() for words in CANNOT_DELETE):
                return Gone(error.message)
            raise

    async def _edit(self, chat: int, message_id: int, message: RenderedMessage) -> SendResult | None:
        """Take the place of an older message; None when that is no longer possible and a new one is to be sent."""
        try:
            await (self._edit_text if message.media is None else self._edit_caption)(chat, message_id, message)
        except InvalidToken:
            return None  # a server without this method; were it the token, sending anew says so
        except BadRequest as error:
            if SAME in error.message.lower():
                return Delivered(str(message_id))
            if any(words in error.message.lower() for words in CANNOT_EDIT):
                return None
            raise
        return Delivered(str(message_id))

    async def _edit_text(self, chat: int, message_id: int, message: RenderedMessage) -> None:
        await self._bot.edit_message_text(
            message.text,
            chat_id=chat,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=_inline_markup(message),
        )

    async def _edit_caption(self, chat: int, message_id: int, message: RenderedMessage) -> None:
        await self._bot.edit_message_caption(
            chat,
            message_id,
            caption=message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=_inline_markup(message),
        )


def print_document(document: RenderedDocument, *, language: str) -> bytes:
    """The document as a PDF, in its own layout; takes a processor for a second."""
    if document.layout is Layout.CARD:
        return print_vaccination_card(document, language=language)
    if document.layout is Layout.CALL_LIST:
        return print_call_list(document, language=language)
    sections = tuple((one.heading, one.lines) for one in document.sections)
    return print_letter(document.title, sections, language=language)


def markup_of(message: RenderedMessage) -> Markup:
    """The keyboard of a message."""
    if message.keyboard is Keyboard.REMOVE:
        return ReplyKeyboardRemove()
    if not message.choices:
        return None
    if message.keyboard is Keyboard.REPLY:
        keys = [[_key(one) for one in row] for row in message.choices]
        return ReplyKeyboardMarkup(keys, resize_keyboard=True, is_persistent=True)
    return InlineKeyboardMarkup([[_inline(one) for one in row] for row in message.choices])


def _inline_markup(message: RenderedMessage) -> InlineKeyboardMarkup | None:
    markup = markup_of(message)
    return markup if isinstance(markup, InlineKeyboardMarkup) else None


def _key(choice: RenderedChoice) -> KeyboardButton:
    return KeyboardButton(choice.label, request_contact=choice.asks_contact or None)


def _inline(choice: RenderedChoice) -> InlineKeyboardButton:
    if choice.url is not None:
        return InlineKeyboardButton(choice.label, url=choice.url)
    return InlineKeyboardButton(choice.label, callback_data=choice.payload)


def result_of(error: TelegramError) -> SendResult:
    """What an error of Telegram's means for us."""
    match error:
        case RetryAfter():
            wait: Any = error.retry_after
            return Throttled(wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden():
            return _refusal(error.message.lower())
        case BadRequest():
            return _bad_request(error.message)
        case InvalidToken() | Conflict():
            return Misconfigured(type(error).__name__)
        case TimedOut() | NetworkError():
            return _network(error)
        case _:
            return Unknown(type(error).__name__)


def _refusal(words: str) -> Unreachable:
    if "deactivated" in words:
        return Unreachable.DEACTIVATED
    if "initiate conversation" in words:
        return Unreachable.NEVER_STARTED
    return Unreachable.BLOCKED


def _bad_request(words: str) -> SendResult:
    folded = words.lower()
    if "chat not found" in folded or "peer_id_invalid" in folded:
        return Unreachable.NOT_FOUND
    return Rejected(words[:200])


def _network(error: TelegramError) -> SendResult:
    cause = type(error.__cause__).__name__
    if cause in NEVER_LEFT or "pool timeout" in str(error).lower():
        return NotSent(cause)
    return Unknown(type(error).__name__)

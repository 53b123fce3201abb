"""Pictures and voices by their file_id: one message uploads, and the others come back for the id that Telegram gave."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from telegram import Message
from telegram.error import BadRequest

from domain.message import Media
from domain.sending.retry import Delivered, Later, Rejected, SendResult, Unknown

READY_IN = 1.0
UPLOAD_SECONDS = 45  # less than a sender's hold on a row
GONE = ("wrong file identifier", "wrong remote file", "wrong file_id", "file reference")

ContentOf: TypeAlias = Callable[[Media], Awaitable[bytes | None]]
Put: TypeAlias = Callable[[str | bytes], Awaitable[Message]]


async def nothing_kept(_media: Media) -> None:
    """Where no picture or voice is ever sent."""


class MediaFiles:
    """The files of one bot. What it learns here is in the database a moment later; until then its neighbours ask it."""

    def __init__(self, content_of: ContentOf) -> None:
        self._content_of = content_of
        self._known: dict[str, str] = {}
        self._under_way: set[str] = set()

    async def send(self, media: Media, file_id: str | None, put: Put) -> SendResult:
        """`put` sends the message with a file_id, or with bytes to be uploaded."""
        known = self._known.get(media.content_hash, file_id)
        if known is not None:
            return await self._send_known(media, known, put)
        if media.content_hash in self._under_way:
            return Later(READY_IN)
        self._under_way.add(media.content_hash)
        try:
            return await self._upload(media, put)
        finally:
            self._under_way.discard(media.content_hash)

    async def _send_known(self, media: Media, file_id: str, put: Put) -> SendResult:
        try:
            return Delivered(str((await put(file_id)).message_id))
        except BadRequest as error:
            if not any(words in error.message.lower() for words in GONE):
                raise
            if self._known.get(media.content_hash) == file_id:
                del self._known[media.content_hash]
            return Later(READY_IN, file_id)

    async def _upload(self, media: Media, put: Put) -> SendResult:
        content = await self._content_of(media)
        if content is None:
            return Rejected("the picture or voice is not kept")
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                message = await put(content)
        except TimeoutError:
            return Unknown("UploadTimeout")
        file_id = file_id_of(message)
        if file_id is not None:
            self._known[media.content_hash] = file_id
        return Delivered(str(message.message_id), file_id)


def file_id_of(message: Message) -> str | None:
    """By which the file of a message can be sent again; of a picture's sizes the largest."""
    if message.photo:
        return message.photo[-1].file_id
    return message.voice.file_id if message.voice else None

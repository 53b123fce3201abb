"""A picture or a voice that a dialogue of staff waits for: fetched, checked and kept before its answer begins."""

import asyncio
import logging
from dataclasses import replace

from telegram import Bot
from telegram.error import TelegramError

from bot.heard import Attachment, Heard
from documents.media_check import check_media
from domain.media import LARGEST, MediaProblem
from domain.message import Media
from domain.moment import Moment
from services.access import Arrival
from services.media.keep_media import keep_media
from services.media.wants_media import wants_media
from services.ports import UnitsOfWork

FETCH_SECONDS = 30  # less than the hold on a chat's turn
logger = logging.getLogger(__name__)


class Attachments:
    """Fetches by one bot. Families' pictures and voices are never downloaded."""

    def __init__(self, units: UnitsOfWork, bot: Bot) -> None:
        self._units = units
        self._bot = bot

    async def fetch(self, arrival: Arrival, heard: Heard, moment: Moment) -> Heard:
        """The same with what became of its attachment, where somebody waits for one."""
        if heard.media is None or not await wants_media(self._units, arrival):
            return heard
        return replace(heard, kept=await self._keep(heard.media, arrival.bot, moment))

    async def _keep(self, announced: Attachment, bot: str, moment: Moment) -> Media | MediaProblem:
        content = await self._download(announced)
        if isinstance(content, MediaProblem):
            return content
        checked = await asyncio.to_thread(check_media, announced.kind, content)
        if isinstance(checked, MediaProblem):
            return checked
        return await keep_media(self._units, checked, bot=bot, file_id=announced.file_id, moment=moment)

    async def _download(self, announced: Attachment) -> bytes | MediaProblem:
        most = LARGEST[announced.kind]
        if announced.size > most:
            return MediaProblem.TOO_LARGE
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                file = await self._bot.get_file(announced.file_id)
                if (file.file_size or 0) > most:
                    return MediaProblem.TOO_LARGE
                return bytes(await file.download_as_bytearray())
        except (TelegramError, TimeoutError, RuntimeError) as error:  # RuntimeError: Telegram gave no way to the file
            logger.warning("media_not_fetched", extra={"error": type(error).__name__})
            return MediaProblem.NOT_FETCHED

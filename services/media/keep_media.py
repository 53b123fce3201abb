"""Keep a picture or a voice that staff sent: once under its hash, with the id that its bot has for it."""

from hashlib import sha256

from domain.media import CheckedMedia
from domain.message import Media
from domain.moment import Moment
from services.ports import UnitsOfWork


async def keep_media(units: UnitsOfWork, checked: CheckedMedia, *, bot: str, file_id: str, moment: Moment) -> Media:
    """Its content was checked before. Kept twice it is there once, and whoever sent it last knows it best."""
    media = Media(checked.kind, sha256(checked.content).hexdigest())
    async with units.begin() as uow:
        await uow.media.keep(media, checked, moment.now)
        await uow.media.remember(bot, media.content_hash, file_id)
    return media


async def content_of(units: UnitsOfWork, media: Media) -> bytes | None:
    """What is kept under this hash, read in a transaction that ends before anything is sent."""
    async with units.look() as uow:
        return await uow.media.content(media.content_hash)

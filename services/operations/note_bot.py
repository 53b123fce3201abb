"""A process of a bot says whether Telegram accepts the bot."""

from domain.moment import Moment
from services.ports import UnitsOfWork


async def note_bot(units: UnitsOfWork, bot: str, refused_as: str | None, moment: Moment) -> None:
    """`refused_as` is empty when Telegram accepts it, and None when Telegram did not say."""
    async with units.begin() as uow:
        await uow.operations.note_bot(bot, refused_as=refused_as, wall=moment.wall)

"""The first member of staff, from the command line; later ones are invited by staff in the bot."""

from telegram.error import InvalidToken, TelegramError

from app.bot_process import CannotStartError
from app.schema import require_schema
from app.wiring import Parts, make_transport
from bot.application import build_application
from bot.drawing.invites import link_of
from domain.invite import ActorPlace
from domain.people import ActorRole
from services.enrolment.make_invite import add_actor_invite


async def add_staff_member(parts: Parts, name: str) -> str:
    """Make an invite and give its link."""
    place = ActorPlace(name=name, role=ActorRole.STAFF)
    try:
        await require_schema(parts.database)
        username = await username_of(parts)
        return await invite_link(parts, place, username)
    finally:
        await parts.close()


async def invite_link(parts: Parts, place: ActorPlace, username: str) -> str:
    """The link that opens the bot in this place; good once."""
    async with parts.database.begin() as uow:
        invite = await add_actor_invite(uow, place, by=None, moment=await parts.clock.moment())
    return link_of(username, invite.token)


async def username_of(parts: Parts) -> str:
    """The bot's own name, which every link needs."""
    settings = parts.settings
    application = build_application(settings.require_token(), settings.telegram_api, make_transport(settings))
    try:
        async with application.bot as bot:
            return str(bot.username)
    except InvalidToken as error:  # python-telegram-bot puts the token into its message
        raise CannotStartError("Telegram does not know this token. See CRADLE_TELEGRAM_TOKEN.") from error
    except TelegramError as error:
        raise CannotStartError(
            f"Telegram did not tell the bot's name ({error.message}), which a link needs. Try again when it answers."
        ) from error

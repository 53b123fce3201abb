"""Staff see how the programme does, and settle updates that nobody could answer."""

from bot.drawing.operations import draw_hours, draw_left, draw_operations, draw_parked, draw_retried
from bot.talk import Said, Talk, say
from domain.identifiers import UpdateId
from services.access import Permission, Refused
from services.operations.popular_hours import show_popular_hours
from services.operations.show_operations import show_operations
from services.operations.tell_staff import zone_of_staff
from services.staff.parked_updates import count_parked, leave_parked, list_parked, retry_parked


async def operations(talk: Talk) -> Said:
    """As it is now."""
    return say(draw_operations(await show_operations(talk.turn)))


async def popular_hours(talk: Talk) -> Said:
    """How long the lines of the next day's hours will be, and who waits."""
    return say(draw_hours(await show_popular_hours(talk.turn)))


async def parked(talk: Talk) -> Said:
    """The updates that wait for a person."""
    turn = talk.turn
    found = await list_parked(turn)
    return say(draw_parked(found, await count_parked(turn), await zone_of_staff(turn.uow)))


async def parked_retry(talk: Talk) -> Said:
    """Try it again."""
    return say(draw_retried(await retry_parked(talk.turn, _number(talk))))


async def parked_leave(talk: Talk) -> Said:
    """Leave it."""
    return say(draw_left(await leave_parked(talk.turn, _number(talk))))


def _number(talk: Talk) -> UpdateId:
    if talk.heard.tap is None:
        raise Refused(Permission.WATCH_OPERATIONS)
    return UpdateId(talk.heard.tap.number(0))

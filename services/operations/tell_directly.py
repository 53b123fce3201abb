"""The disk is full: no message can be planned, so staff are told past the outbox, which nothing else may do."""

from domain.alarms import Alarm, Tell
from domain.moment import Moment
from domain.operations import Trouble, TroubleKind
from domain.reader import Reader
from domain.sending.retry import Delivered
from services.operations.tell_staff import alarm_message, chats_of_staff, zone_of_staff
from services.ports import UnitsOfWork
from services.ports.channel import ChannelPort
from services.ports.content import RendererPort


async def tell_of_full_disk(
    units: UnitsOfWork, renderer: RendererPort, channel: ChannelPort, *, bot: str, moment: Moment
) -> Alarm | None:
    """The alarm, to be kept as soon as there is room; None when nobody could be told."""
    async with units.look() as uow:
        zone = await zone_of_staff(uow)
        chats = [address async for address in chats_of_staff(uow, lambda one: one == bot)]
    wall = moment.wall
    alarm = Alarm(TroubleKind.DISK, since=moment.now, noticed_at=wall, told_at=wall, last_told_at=wall)
    message = alarm_message(alarm, Trouble(TroubleKind.DISK), Tell.RAISED, zone=zone)
    told = 0
    for address in chats:
        rendered = renderer.render(message, Reader(language=address.language, zone=zone))
        told += isinstance(await channel.send(address.external_id, rendered), Delivered)
    return alarm if told else None


async def remember_full_disk(units: UnitsOfWork, alarm: Alarm) -> None:
    """There is room again: the alarm that was told stands where the others stand, until it is over."""
    async with units.begin() as uow:
        await uow.operations.keep_alarm(alarm)

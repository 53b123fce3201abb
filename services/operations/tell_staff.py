"""Tell whoever has the duty, each in her language and her chat, that something is wrong or is over."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.alarms import Alarm, Tell
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.moment import Moment, local_day
from domain.operations import Trouble, TroubleKind
from domain.people import ActorRole, Address, AddressState
from domain.sending.outbox import Lane, PlannedMessage
from services.access import MAY, Permission
from services.forms.surroundings import DEFAULT_ZONE
from services.messages.reply import REPLY_LIFE
from services.operations.lasting import lasting_text
from services.ports import UnitOfWork

OCCASION = "operations"
MayUse = Callable[[str], bool]
"""Whether a message may leave by this bot now."""


async def tell_staff(
    uow: UnitOfWork, alarm: Alarm, trouble: Trouble, tell: Tell, *, may_use: MayUse, moment: Moment
) -> int:
    """One message to each; gives how many could be told."""
    spell = alarm.noticed_at or moment.wall
    occasion = f"{OCCASION}:{alarm.kind}:{alarm.about}:{spell:%Y%m%dT%H%M%S}:{tell}"
    message = alarm_message(alarm, trouble, tell, zone=await zone_of_staff(uow))
    rows = [
        PlannedMessage(
            lane=Lane.REPLY,
            message=message,
            occasion=occasion,
            send_from=moment.now,
            expires_at=moment.now + REPLY_LIFE,
            address=address.id,
        )
        async for address in chats_of_staff(uow, may_use)
    ]
    await uow.outbox.plan(rows, moment.now)
    return len(rows)


async def chats_of_staff(uow: UnitOfWork, may_use: MayUse) -> AsyncIterator[Address]:
    """Of everybody with this duty the chat that wrote last, of those with a bot that may be used."""
    duty = [role for role in ActorRole if Permission.WATCH_OPERATIONS in MAY[role]]
    for staffer in await uow.contacts.staff():
        if staffer.role not in duty:
            continue
        for address in await uow.people.addresses_of_actor(staffer.id):
            if address.state is AddressState.ACTIVE and may_use(address.bot):
                yield address
                break


async def zone_of_staff(uow: UnitOfWork) -> str:
    """Where they live: staff have no place of their own."""
    zones = await uow.area.zones()
    return zones[0] if len(zones) == 1 else DEFAULT_ZONE


def alarm_message(alarm: Alarm, trouble: Trouble, tell: Tell, *, zone: str) -> OutgoingMessage:
    """What is wrong, since when, what to do next; or that it is over."""
    what = Text(f"operations.trouble.{alarm.kind}", _values(alarm, trouble, zone))
    if tell is Tell.CLEARED:
        over = Text(f"operations.over.{alarm.kind}", {"about": alarm.about})
        return OutgoingMessage(Text("operations.cleared", {"what": over}))
    body = {"what": what, "next": Text(f"operations.next.{alarm.kind}")}
    page = "v1:parked" if alarm.kind is TroubleKind.PARKED else "v1:operations"
    label = Text("operations.choice.parked" if alarm.kind is TroubleKind.PARKED else "operations.choice.look")
    return OutgoingMessage(Text("operations.raised", body), ((Choice(label, page),),))


def _values(alarm: Alarm, trouble: Trouble, zone: str) -> dict[str, Value]:
    values: dict[str, Value] = {"about": alarm.about, "count": trouble.count, "lasting": lasting_text(trouble.lasting)}
    return values | when(alarm.since, zone)


def when(instant: datetime | None, zone: str) -> dict[str, Value]:
    """A day and a time of day, for a text."""
    if instant is None:
        return {}
    return {"on": local_day(instant, zone), "at": f"{instant.astimezone(ZoneInfo(zone)):%H:%M}"}

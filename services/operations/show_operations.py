"""How the programme does, for staff who ask in the bot."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.alarms import Alarm
from domain.operations import Inbound, Queue, Tally
from services.access import Permission, access_actor
from services.operations.observe import HOUR
from services.operations.tell_staff import zone_of_staff
from services.turn import Turn


@dataclass(frozen=True)
class OperationsPage:
    """What waits, what was sent in the last hour, and the alarms that are on."""

    queues: tuple[Queue, ...]
    last_hour: Tally
    inbound: Inbound
    alarms: Sequence[Alarm]
    zone: str


async def show_operations(turn: Turn) -> OperationsPage:
    """As it is now."""
    access_actor(turn.speaker, Permission.WATCH_OPERATIONS)
    seen, now = turn.uow.operations, turn.moment.now
    return OperationsPage(
        queues=await seen.queues(now),
        last_hour=await seen.tally_since(now - HOUR, now),
        inbound=await seen.inbound(turn.moment.wall),
        alarms=[one for one in await seen.alarms() if one.is_settled(turn.moment.wall)],
        zone=await zone_of_staff(turn.uow),
    )

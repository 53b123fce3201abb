"""How the programme does, as staff see it: what waits, what is wrong, and updates that nobody could answer."""

from collections.abc import Sequence

from bot.drawing.buttons import Row, button
from domain.alarms import Alarm
from domain.message import OutgoingMessage, Text, Value
from domain.sending.outbox import Lane
from services.operations.show_operations import OperationsPage
from services.operations.tell_staff import when
from services.ports.operations import ParkedUpdate

LATER = {Lane.VISIT, Lane.TIP, Lane.CAMPAIGN}


def draw_operations(page: OperationsPage) -> OutgoingMessage:
    """The page."""
    replies = next(one for one in page.queues if one.lane is Lane.REPLY)
    values: dict[str, Value] = {
        "alarms": tuple(_alarm_line(one, page.zone) for one in page.alarms) or (Text("operations.all_well"),),
        "sent": page.last_hour.sent,
        "replies": replies.due,
        "waiting": sum(one.due for one in page.queues if one.lane in LATER),
        "next_hour": sum(one.next_hour for one in page.queues),
        "refused": sum(page.last_hour.refused.values()),
        "uncertain": page.last_hour.uncertain,
    }
    choices: tuple[Row, ...] = ((button("operations.choice.again", "operations"),),)
    if page.inbound.parked:
        choices = ((button("operations.choice.parked", "parked"),), *choices)
    return OutgoingMessage(Text("operations.page", values), choices)


def _alarm_line(alarm: Alarm, zone: str) -> Text:
    what = Text(f"operations.over.{alarm.kind}", {"about": alarm.about})
    return Text("operations.line", {"what": what, **when(alarm.since, zone)})


def draw_parked(parked: Sequence[ParkedUpdate], count: int, zone: str) -> OutgoingMessage:
    """The oldest ones, each with its two buttons."""
    home = (button("operations.choice.back", "operations"),)
    if not parked:
        return OutgoingMessage(Text("operations.nothing_parked"), (home,))
    lines = tuple(_parked_line(one, number, zone) for number, one in enumerate(parked, start=1))
    buttons = tuple(
        (
            button("operations.choice.retry", "parked_retry", one.id, number=number),
            button("operations.choice.leave", "parked_leave", one.id, number=number),
        )
        for number, one in enumerate(parked, start=1)
    )
    return OutgoingMessage(Text("operations.parked", {"count": count, "lines": lines}), (*buttons, home))


def _parked_line(one: ParkedUpdate, number: int, zone: str) -> Text:
    values: dict[str, Value] = {"number": number, "reason": one.problem or "?", "tries": one.tries}
    return Text("operations.parked_line", values | when(one.received_at, zone))


def draw_retried(done: bool) -> OutgoingMessage:
    """It is in the queue again."""
    return _after("operations.retried" if done else "operations.settled_before")


def draw_left(done: bool) -> OutgoingMessage:
    """Nobody will answer it."""
    return _after("operations.left" if done else "operations.settled_before")


def _after(key: str) -> OutgoingMessage:
    return OutgoingMessage(Text(key), ((button("operations.choice.parked", "parked"),),))

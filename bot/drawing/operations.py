"""How the programme does, as staff see it: what waits, what is wrong, and updates that nobody could answer."""

from collections.abc import Sequence

from bot.drawing.buttons import Row, button
from domain.alarms import Alarm
from domain.message import OutgoingMessage, Text, Value
from domain.sending.outbox import Lane
from services.operations.popular_hours import PopularHour
from services.operations.show_operations import OperationsPage
from services.operations.tell_staff import when
from services.ports.operations import ParkedUpdate

MOST_HOURS = 8
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
    choices: tuple[Row, ...] = (
        (button("operations.choice.hours", "popular_hours"),),
        (button("operations.choice.again", "operations"),),
    )
    if page.inbound.parked:
        choices = ((button("operations.choice.parked", "parked"),), *choices)
    return OutgoingMessage(Text("operations.page", values), choices)


def _alarm_line(alarm: Alarm, zone: str) -> Text:
    what = Text(f"operations.over.{alarm.kind}", {"about": alarm.about})
    return Text("operations.line", {"what": what, **when(alarm.since, zone)})


def draw_hours(hours: Sequence[PopularHour]) -> OutgoingMessage:
    """The fullest hours to come, in order of time: how long each line is, and for how many it is too long."""
    home = ((button("operations.choice.back", "operations"),),)
    if not hours:
        return OutgoingMessage(Text("operations.no_hours"), home)
    fullest = sorted(hours, key=lambda one: -(one.carried + one.line.rows))[:MOST_HOURS]
    lines = tuple(_hour_line(one) for one in sorted(fullest, key=lambda one: one.begins))
    waiting = any(one.line.spilled for one in fullest)
    body: dict[str, Value] = {
        "lines": lines,
        "why": Text("operations.who_waits" if waiting else "operations.nobody_waits"),
    }
    return OutgoingMessage(Text("operations.popular_hours", body), home)


def _hour_line(hour: PopularHour) -> Text:
    values: dict[str, Value] = {
        "on": hour.begins.date(),
        "at": f"{hour.begins:%H:%M}",
        "count": hour.carried + hour.line.rows,
        "last": f"{hour.latest_at:%H:%M}",
        "late": hour.line.spilled,
    }
    return Text("operations.full_hour" if hour.line.spilled else "operations.hour", values)


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

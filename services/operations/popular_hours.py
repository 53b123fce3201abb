"""The hours to come, by bot: how many messages are planned, how long they take, and who will wait for hers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.moment import Moment
from domain.sending.popular_hours import LineForecast, Place, forecast_line, who_waits
from services.access import Permission, access_actor
from services.ports import UnitOfWork
from services.ports.popular_hours import PlannedMinute
from services.turn import Turn

AHEAD = timedelta(days=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class PopularHour:
    """A local hour of a bot. `begins` is aware, in the families' own zone; `carried` came from the hour before."""

    bot: str
    zone: str
    begins: datetime
    carried: int
    line: LineForecast

    @property
    def latest_at(self) -> datetime:
        """When the last of its messages leaves."""
        return self.begins + timedelta(minutes=self.line.latest)


async def show_popular_hours(turn: Turn) -> Sequence[PopularHour]:
    """The same for staff who ask in the bot, at the rate at which it sends."""
    access_actor(turn.speaker, Permission.WATCH_OPERATIONS)
    return await popular_hours(turn.uow, turn.programme.send_rate, turn.moment)


async def popular_hours(uow: UnitOfWork, rate: float, moment: Moment) -> Sequence[PopularHour]:
    """Every hour of the next day in which something is planned, at so many messages a second of each bot."""
    planned = await uow.popular_hours.planned_minutes(moment.now, moment.now + AHEAD)
    by_line: defaultdict[tuple[str, str], list[PlannedMinute]] = defaultdict(list)
    for one in planned:
        by_line[one.bot, one.zone].append(one)
    return [hour for minutes in by_line.values() for hour in _hours_of(minutes, rate)]


def _hours_of(minutes: Sequence[PlannedMinute], rate: float) -> Sequence[PopularHour]:
    """One after the other, because what does not fit into an hour stands first in the next."""
    by_hour: defaultdict[datetime, dict[int, int]] = defaultdict(dict)
    for one in minutes:
        local = one.minute.astimezone(ZoneInfo(one.zone))
        by_hour[local.replace(minute=0)][local.minute] = one.rows
    hours: list[PopularHour] = []
    for begins, per_minute in by_hour.items():
        carried = hours[-1].line.spilled if hours and hours[-1].begins + HOUR == begins else 0
        line = forecast_line(per_minute, rate, carried=carried)
        hours.append(PopularHour(minutes[0].bot, minutes[0].zone, begins, carried, line))
    return hours


async def families_that_wait(uow: UnitOfWork, hour: PopularHour, rate: float) -> Sequence[Place]:
    """Whom the line of this hour leaves waiting until after it, in order."""
    if not hour.line.spilled:
        return ()
    places = await uow.popular_hours.places_in(hour.bot, hour.zone, hour.begins, hour.begins + HOUR)
    return who_waits(places, rate, carried=hour.carried)

"""The whole programme as one table: what is done, and at which minutes of the clock (UTC)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.triggers.cron import CronTrigger

from domain.moment import Moment

Task = Callable[[Moment], Awaitable[object]]


@dataclass(frozen=True)
class Tick:
    """One row: a name, a crontab line in UTC, and what it calls."""

    name: str
    crontab: str
    task: Task

    @property
    def trigger(self) -> CronTrigger:
        """The same trigger in real and in simulated time."""
        return CronTrigger.from_crontab(self.crontab, timezone=UTC)

    def next_after(self, instant: datetime) -> datetime:
        """The first run later than this instant."""
        following: datetime | None = self.trigger.get_next_fire_time(None, instant + timedelta(microseconds=1))
        if following is None:
            raise ValueError(f"the line of {self.name} never comes: {self.crontab}")
        return following


def make_timetable(plan_day: Task, erase_due: Task, let_go: Task, audit: Task) -> tuple[Tick, ...]:
    """Every tick of the programme.

    Planning every six hours meets, in any zone, the hours between midnight and the first tip at eight. Erasing keeps
    it company: a clock that is moved has no more stops to make. The audit comes after planning, when the day before is
    over from Hà Nội to Beijing.
    """
    return (
        Tick("plan_day", "0 0,6,12,18 * * *", plan_day),
        Tick("erase_due", "0 0,6,12,18 * * *", erase_due),
        Tick("let_go", "0 18 * * *", let_go),
        Tick("audit", "0 18 * * *", audit),
    )

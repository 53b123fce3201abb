"""One moment, told by two clocks: the programme's, which the demo may move, and the wall's, which nobody can."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=1_024)
def local_day(instant: datetime, zone: str) -> date:
    """The calendar day of an aware instant in an IANA zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True)
class Moment:
    """`now` is the programme's time: ages, hours, expiry. `wall` is real time: leases, retry waits, rate limits.

    Both are aware UTC instants, and the same unless the clock is simulated.
    """

    now: datetime
    wall: datetime

    def today(self, zone: str) -> date:
        """The programme's calendar day in an IANA zone."""
        return local_day(self.now, zone)

"""The minute at which a planned message goes out: at the caregiver's hour, and spread within it."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from hashlib import blake2b
from zoneinfo import ZoneInfo

VISIT_HOURS = (17, 20)  # reminders before a visit go between 17:00 and 20:00 local, whatever the hour for tips
DAWN, DAWN_ENDS = time(5, 30), time(7, 0)  # between these goes the reminder of the morning itself, where it is wished
DAY_OF_VISIT_ENDS = time(10, 0)
MORNING = time(8, 0)


def tip_instant(day: date, hour: int, zone: str, seed: str) -> datetime:
    """The UTC instant within the local hour `hour` (8 to 19) of `day`; `seed` always gives the same minute."""
    return _local(day, time(hour, 0), zone) + timedelta(minutes=_minute(seed, 55))


def visit_instant(day: date, zone: str, seed: str) -> datetime:
    """The UTC instant of a visit reminder on `day`."""
    first, last = VISIT_HOURS
    return _local(day, time(first, 0), zone) + timedelta(minutes=_minute(seed, (last - first) * 60 - 5))


def dawn_instant(day: date, zone: str, seed: str) -> datetime:
    """The UTC instant of a visit reminder on the morning of the day itself."""
    minutes = (DAWN_ENDS.hour - DAWN.hour) * 60 - DAWN.minute
    return _local(day, DAWN, zone) + timedelta(minutes=_minute(seed, minutes - 5))


def start_of_day(day: date, zone: str) -> datetime:
    """Local midnight in UTC."""
    return _local(day, time(0, 0), zone)


def next_morning(day: date, zone: str) -> datetime:
    """The first hour of the day after, at which no message wakes anybody."""
    return _local(day + timedelta(days=1), MORNING, zone)


def end_of_visit_reminders(visit_on: date, zone: str, closes: time | None = None) -> datetime:
    """When reminding of a visit has lost its use: in the morning of the day itself, or when the session closes."""
    return _local(visit_on, min(DAY_OF_VISIT_ENDS, closes or DAY_OF_VISIT_ENDS), zone)


@lru_cache(maxsize=4_096)
def _local(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))


def _minute(seed: str, minutes: int) -> int:
    return int.from_bytes(blake2b(seed.encode(), digest_size=4).digest(), "big") % minutes

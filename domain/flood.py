"""Who writes faster than the bot may answer: answered for a while, told so once, then left until the minute is over."""

from datetime import datetime, timedelta
from enum import StrEnum

MINUTE = timedelta(minutes=1)
FEWEST, MOST = 20, 600
"""However slow or fast the pace: what somebody types in haste is answered, and no chat takes all of a bot's time."""


class Hurry(StrEnum):
    """What is too much for a minute: the first of it is told so, the rest is left without a word."""

    FIRST = "first"
    MORE = "more"


def most_a_minute(gap: timedelta) -> int | None:
    """How many messages of one chat are answered within a minute; without a gap between answers, all of them."""
    return max(FEWEST, min(MOST, int(MINUTE / gap))) if gap else None


def begin_of_minute(at: datetime) -> datetime:
    """Messages are counted by the minute of the clock, so that nobody is told twice within one."""
    return at.replace(second=0, microsecond=0)


def hurry_of(before: int, most: int) -> Hurry | None:
    """What one message is that came after so many others of its chat within this minute."""
    if before < most:
        return None
    return Hurry.FIRST if before == most else Hurry.MORE

"""When a campaign will have reached everybody, at the pace of a bot and within the hours of families."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.sending.outbox import Lane
from domain.sending.sendability import closing_after, next_legal_instant


@dataclass(frozen=True)
class Finish:
    """Instants in UTC. `today` go before quiet hours begin, `later` would fall into them and go on the next day."""

    begins_at: datetime
    ends_at: datetime
    today: int
    later: int
    rate: float


def finish_of(by_zone: Mapping[str, int], *, begin: datetime, rate: float, before: int = 0) -> Finish:
    """At `rate` messages a second, after the `before` messages that go first; zones one after another."""
    at = begin + timedelta(seconds=before / rate)
    begins_at: datetime | None = None
    today = later = 0
    for zone, count in sorted(by_zone.items()):
        opens = next_legal_instant(Lane.CAMPAIGN, zone, at)
        begins_at = min(begins_at or opens, opens)
        first = min(count, _fits(opens, zone, rate))
        today, later = today + first, later + count - first
        at = _end(opens, zone, count, rate)
    return Finish(begins_at or at, at, today, later, rate)


def _fits(opens: datetime, zone: str, rate: float) -> int:
    return int((closing_after(Lane.CAMPAIGN, zone, opens) - opens).total_seconds() * rate)


def _end(opens: datetime, zone: str, count: int, rate: float) -> datetime:
    while (room := _fits(opens, zone, rate)) < count:
        count -= room
        opens = next_legal_instant(Lane.CAMPAIGN, zone, closing_after(Lane.CAMPAIGN, zone, opens))
    return opens + timedelta(seconds=count / rate)

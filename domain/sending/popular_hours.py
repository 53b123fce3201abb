"""An hour that many families chose: how long its line becomes at a bot's rate, and who waits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from domain.identifiers import CaregiverId

MINUTES = 60


@dataclass(frozen=True)
class LineForecast:
    """What becomes of an hour's line. Minutes count from the beginning of the hour.

    `minutes_needed`: for all of it at the bot's rate; `latest`: when the last one leaves; `spilled`: how many leave
    only after the hour is over; `waits_from`: the first planned minute that is concerned, None when nobody waits.
    """

    rows: int
    minutes_needed: float
    latest: float
    spilled: int
    waits_from: int | None


@dataclass(frozen=True)
class Place:
    """One row in the line: its planned minute, and whom it is for; `born_on` of the youngest child."""

    minute: int
    born_on: date | None
    caregiver: CaregiverId


def forecast_line(per_minute: Mapping[int, int], rate: float, *, carried: int = 0) -> LineForecast:
    """The line of one hour at `rate` messages a second; `carried` are still there from the hour before."""
    each = _minutes_each(rate)
    free_at, latest, spilled, waits_from = carried * each, Fraction(0), 0, None
    for minute, rows in sorted(per_minute.items()):
        begins = max(free_at, Fraction(minute))
        free_at = begins + rows * each
        late = rows - max(0, min(rows, int((MINUTES - begins) / each)))
        spilled += late
        waits_from = minute if late and waits_from is None else waits_from
        latest = free_at if rows else latest
    total = sum(per_minute.values())
    return LineForecast(total, float(total * each), float(latest), spilled, waits_from)


def in_line(places: Iterable[Place]) -> Sequence[Place]:
    """By the planned minute; within a minute the youngest child first, then by number."""
    return sorted(places, key=lambda one: (one.minute, -(one.born_on or date.min).toordinal(), one.caregiver))


def who_waits(places: Iterable[Place], rate: float, *, carried: int = 0) -> Sequence[Place]:
    """Those who hear from us only after their hour is over, in the order of the line."""
    each = _minutes_each(rate)
    free_at, late = carried * each, []
    for place in in_line(places):
        free_at = max(free_at, Fraction(place.minute)) + each
        if free_at > MINUTES:
            late.append(place)
    return late


def _minutes_each(rate: float) -> Fraction:
    """As a fraction, so that counting an hour and walking through it tell the same."""
    return 1 / (60 * Fraction(rate).limit_denominator(10_000))

"""What has begun since a zone was planned last: the days of birth, or of a pregnancy's first week, that are looked at.

A message begins on one day of a child's life. Who was planned yesterday needs to be looked at only for what begins
today, so that the cost of a day grows with what is due and not with how many are enrolled.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b

from domain.birth_dates import PROGRAMME_ENDS_AT_MONTHS
from domain.calendar import add_months, days_between
from domain.farewell import FAREWELL_LASTS, farewell_ends_on, six_years_on
from domain.journey import Step

ONE_DAY = timedelta(days=1)
LEAP = timedelta(days=2)
"""Where a month has no such day, six years end some days later."""


@dataclass(frozen=True)
class PlannedUntil:
    """The last day of a zone whose beginnings are all in the outbox, and the journey by which they were planned."""

    on: date
    journey: str


def fingerprint(steps: Iterable[Step]) -> str:
    """Another word as soon as anything about the journey is another."""
    told = [_told(one) for one in steps]
    return blake2b(repr(told).encode(), digest_size=8).hexdigest()


def _told(one: Step) -> tuple[object, ...]:
    window = (one.origin.value, one.from_day, one.to_day)
    return (
        one.key,
        *window,
        one.tier.value,
        one.audience,
        sorted(one.tracks),
        sorted(one.excluded_from),
        sorted(one.zones),
    )


def first_day_to_look_at(planned: PlannedUntil | None, journey: str, today: date) -> date | None:
    """What begins from this day on is looked at; None: nothing is sure, and every open window is looked at.

    What begins today is looked at each time, so that nobody is missed who changes something in the course of the day.
    """
    if planned is None or planned.journey != journey or planned.on > today:
        return None
    return min(planned.on + ONE_DAY, today)


def births_to_look_at(steps: Iterable[Step], first: date | None, today: date) -> Mapping[date, tuple[Step, ...]]:
    """For each birth date what of the journey began from `first` to today and is still of use.

    A date without a step is there for the farewell.
    """
    grown = dict.fromkeys(_born_six_years_before(first, today), ())
    return dict(sorted({**grown, **beginnings_to_look_at(steps, first, today)}.items()))


def beginnings_to_look_at(steps: Iterable[Step], first: date | None, today: date) -> Mapping[date, tuple[Step, ...]]:
    """For each first day of a journey what of it began from `first` to today and is still of use."""
    found: defaultdict[date, list[Step]] = defaultdict(list)
    for step in steps:
        opened = today - timedelta(days=step.to_day - step.from_day - 1)
        for day in days_between(max(opened, first or opened), today):
            found[day - timedelta(days=step.from_day)].append(step)
    return {begins_on: tuple(of_day) for begins_on, of_day in sorted(found.items())}


def _born_six_years_before(first: date | None, today: date) -> list[date]:
    last = add_months(today, -PROGRAMME_ENDS_AT_MONTHS)
    dates = days_between(last - FAREWELL_LASTS - LEAP, last + LEAP)
    begun = first or date.min
    return [day for day in dates if begun <= six_years_on(day) <= today < farewell_ends_on(day)]

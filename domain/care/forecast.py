"""Which care is next and when: earliest, due, overdue, latest. Nothing here reads a clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.care.plan import CareItem, CareKind, CarePlace, CarePlan
from domain.vaccination.ages import Age
from domain.vaccination.sources import Source


@dataclass(frozen=True)
class CareSettings:
    """What an area decides: item keys that it does not offer, and other ends of a window (the first day too late)."""

    not_offered: frozenset[str] = frozenset()
    until: Mapping[str, Age] = field(default_factory=dict)


@dataclass(frozen=True)
class CareForecast:
    """Care that is still to come. `overdue` is the first day on which it is overdue, `latest` the last one for it."""

    key: str
    kind: CareKind
    earliest: date
    due: date
    overdue: date | None
    latest: date
    source: Source
    vaccine: bool = False
    place: CarePlace = CarePlace.STATION

    def is_due(self, on: date) -> bool:
        """Whether it may and should happen on that day."""
        return self.due <= on <= self.latest


def forecast_care(
    plan: CarePlan, *, anchor_on: date, done: Mapping[str, date], today: date, settings: CareSettings
) -> tuple[CareForecast, ...]:
    """What of the plan is open or still to come, in the plan's order.

    `anchor_on` is the birth date, or `pregnancy_start` of the due date; `done` has the last day of each item done.
    Left out are items done by `today`, not offered, waiting for an item that is not done, and those whose window is
    over: a missed check-up is not chased, the next one is offered. Always by chronological age, also for the preterm.
    """
    so_far = {key: on for key, on in done.items() if on <= today}
    open_items = [item for item in plan.items if _is_open(item, so_far, settings)]
    forecasts = [_forecast(item, anchor_on, so_far, settings) for item in open_items]
    return tuple(care for care in forecasts if max(care.due, today) <= care.latest)


def _is_open(item: CareItem, done: Mapping[str, date], settings: CareSettings) -> bool:
    waits = item.after is not None and item.after.item not in done
    return not waits and item.key not in done and item.key not in settings.not_offered


def _forecast(item: CareItem, anchor_on: date, done: Mapping[str, date], settings: CareSettings) -> CareForecast:
    earliest = item.from_.after(anchor_on)
    if item.after:
        earliest = max(earliest, item.after.minimum.after(done[item.after.item]))
    due = max(earliest, item.due.after(anchor_on))
    return CareForecast(
        key=item.key,
        kind=item.kind,
        earliest=earliest,
        due=due,
        overdue=max(due, item.overdue.after(anchor_on)) if item.overdue else None,
        latest=settings.until.get(item.key, item.until).after(anchor_on) - timedelta(days=1),
        source=item.source,
        vaccine=item.vaccine,
        place=item.place,
    )

"""The next dose of every series and its days: earliest, due, overdue, latest. Nothing here reads a clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.sex import Sex
from domain.vaccination.ages import Age
from domain.vaccination.counting import GivenDose, Progress, count_doses
from domain.vaccination.schedule import DoseRule, Interval, Live, Schedule, Series

_NO_INTERVAL = Interval(minimum=Age())


class SeriesStatus(StrEnum):
    """Where a child stands in a series."""

    NOT_COMPLETE = "not_complete"
    COMPLETE = "complete"
    AGED_OUT = "aged_out"


@dataclass(frozen=True)
class DoseForecast:
    """The next dose of a series. A complete series names its last dose and has no days.

    `overdue` is the first day on which the dose is overdue, `latest` the last on which it may be given. `not_counted`
    are given doses that did not count (too early, or not that vaccine): a matter for the clinic, never for a chat.
    """

    series: str
    dose_number: int
    vaccine: str
    status: SeriesStatus
    earliest: date | None = None
    due: date | None = None
    overdue: date | None = None
    latest: date | None = None
    not_counted: tuple[GivenDose, ...] = ()

    def is_due(self, on: date) -> bool:
        """Whether the dose may and should be given on that day."""
        if self.status is not SeriesStatus.NOT_COMPLETE or self.due is None:
            return False
        return self.due <= on and (self.latest is None or on <= self.latest)


def forecast(
    schedule: Schedule,
    history: Sequence[GivenDose],
    *,
    birth_date: date,
    sex: Sex | None,
    today: date,
    open_gates: frozenset[str],
) -> tuple[DoseForecast, ...]:
    """One forecast for each series that concerns the child, from what was given up to `today`.

    Left out are series behind a closed gate, for another or an unknown sex, or waiting for the series before them.
    """
    child = _Child(schedule, tuple(dose for dose in history if dose.given_on <= today), birth_date, today)
    found: list[DoseForecast] = []
    completed: dict[str, GivenDose] = {}
    for series in schedule.series:
        concerns = (not series.gate or series.gate in open_gates) and series.sex in (None, sex)
        if not concerns or (series.follows and series.follows not in completed):
            continue
        after = completed[series.follows] if series.follows else None
        progress = count_doses(series, child.given, birth_date=birth_date, after=after)
        found.append(_forecast_series(child, series, progress))
        if progress.completed_by:
            completed[series.key] = progress.completed_by
    return tuple(found)


def due_doses(forecasts: Iterable[DoseForecast], on: date) -> tuple[DoseForecast, ...]:
    """What may and should be given on that day."""
    return tuple(dose for dose in forecasts if dose.is_due(on))


@dataclass(frozen=True)
class _Child:
    schedule: Schedule
    given: tuple[GivenDose, ...]
    birth_date: date
    today: date


def _forecast_series(child: _Child, series: Series, progress: Progress) -> DoseForecast:
    rule = progress.next_rule
    if rule is None:
        last = series.doses[-1]
        return DoseForecast(series.key, last.number, last.vaccines[0], SeriesStatus.COMPLETE)
    interval, previous = rule.interval or _NO_INTERVAL, progress.previous
    earliest = _earliest(child, rule, previous)
    due = _target(child, rule.recommended_age, interval.recommended, previous)
    overdue = _target(child, rule.overdue_age, interval.overdue, previous)
    latest = rule.max_age.after(child.birth_date) - timedelta(days=1) if rule.max_age else None
    aged_out = latest is not None and latest < max(earliest, child.today)
    return DoseForecast(
        series=series.key,
        dose_number=rule.number,
        vaccine=rule.vaccines[0],
        status=SeriesStatus.AGED_OUT if aged_out else SeriesStatus.NOT_COMPLETE,
        earliest=earliest,
        due=max(earliest, due or earliest),
        overdue=max(earliest, due or earliest, overdue) if overdue else None,
        latest=latest,
        not_counted=progress.not_counted,
    )


def _target(child: _Child, age: Age | None, since_previous: Age | None, previous: GivenDose | None) -> date | None:
    """By age where the rule has one, else by the time since the previous dose."""
    if age:
        return age.after(child.birth_date)
    return since_previous.after(previous.given_on) if since_previous and previous else None


def _earliest(child: _Child, rule: DoseRule, previous: GivenDose | None) -> date:
    days = [(rule.min_age or Age()).after(child.birth_date)]
    if previous:
        days.append((rule.interval or _NO_INTERVAL).minimum.after(previous.given_on))
    if _is_live_injected(child.schedule, rule.vaccines[0]):
        gap = child.schedule.live_injected_gap
        days += [gap.after(dose.given_on) for dose in child.given if _is_live_injected(child.schedule, dose.vaccine)]
    return max(days)


def _is_live_injected(schedule: Schedule, code: str) -> bool:
    vaccine = schedule.vaccines.get(code)
    return vaccine is not None and vaccine.live is Live.INJECTED

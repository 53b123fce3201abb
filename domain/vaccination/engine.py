"""The vaccination engine: judges every given dose and says what comes next. Pure: no clock, no files.

It follows CDC's Clinical Decision Support for Immunization (CDSi) logic specification; schedules are values.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.vaccination.chart import Case, Chart, Exemption
from domain.vaccination.evaluations import DoseEvaluation, evaluate_doses
from domain.vaccination.forecast import DoseForecast
from domain.vaccination.groups import forecast_group
from domain.vaccination.schedule import Group, Schedule
from domain.vaccination.ways import Way, way_of

__all__ = ["Assessment", "Case", "DoseEvaluation", "DoseForecast", "Exemption", "assess"]


@dataclass(frozen=True)
class Assessment:
    """One evaluation for each given dose and group it concerns (in the order given), one forecast for each group."""

    evaluations: tuple[DoseEvaluation, ...]
    forecasts: tuple[DoseForecast, ...]


def assess(schedule: Schedule, case: Case) -> Assessment:
    """What was given and counted, and what comes next, for one child on one day.

    Doses given after `today` are not looked at. No forecast is made for a group behind a closed gate, for another or an
    unknown sex, or for one that waits for another group.
    """
    chart = Chart(schedule, case)
    ways = _ways(chart)
    _judge_all(chart, ways)
    best = {key: way.best() for key, way in ways.items()}
    return Assessment(
        evaluations=evaluate_doses(chart, best),
        forecasts=tuple(
            forecast_group(chart, way.group, best[key]) for key, way in ways.items() if _is_asked_for(chart, way.group)
        ),
    )


def _ways(chart: Chart) -> dict[str, Way]:
    """By group, in the schedule's order; groups behind a closed gate only where the child was given something."""
    given = {key for code in chart.vaccines for key in chart.schedule.groups_of.get(code, ())}
    concerned = (group for group in chart.schedule.groups if group.key in given or _is_open(group, chart.case))
    return {group.key: way for group in concerned if (way := way_of(chart, group)) is not None}


def _judge_all(chart: Chart, ways: Mapping[str, Way]) -> None:
    """Groups that follow another come after it: they begin with the dose that completed it."""
    leaders = {key: way for key, way in ways.items() if way.group.follows is None}
    followers = {key: way for key, way in ways.items() if key not in leaders}
    _offer_all(chart, leaders)
    for way in followers.values():
        way.begin()
    if followers:
        _offer_all(chart, followers)


def _offer_all(chart: Chart, ways: Mapping[str, Way]) -> None:
    """Each dose in order of time to each group that it concerns; then those whose day nobody knows."""
    groups_of = chart.schedule.groups_of
    chart.seen = []
    for record in chart.records:
        for key in groups_of.get(record.vaccine, ()):
            if key in ways:
                ways[key].offer(record)
        chart.seen.append(record)
    for _, dose in chart.undated:
        for key in groups_of.get(dose.vaccine, ()):
            if key in ways:
                ways[key].offer_undated(dose)


def _is_open(group: Group, case: Case) -> bool:
    return group.gate is None or group.gate in case.open_gates


def _is_asked_for(chart: Chart, group: Group) -> bool:
    return _is_open(group, chart.case) and (group.follows is None or group.follows in chart.completed)

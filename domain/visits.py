"""The next visit to the health station: all doses that are due, on a day on which it really vaccinates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.session_days import SessionRule, next_session_day
from domain.vaccination.forecast import DoseForecast, SeriesStatus

VISIT_STEPS = (7, 1)
"""How many days before a visit it is spoken of."""


@dataclass(frozen=True)
class PlannedVisit:
    """A session day and everything to be given on it.

    `unreachable_before_max_age` are doses that no session day can bring in time: a matter for a person.
    """

    on: date
    doses: tuple[DoseForecast, ...]
    unreachable_before_max_age: tuple[DoseForecast, ...] = ()


def next_visit(
    forecasts: Iterable[DoseForecast], rule: SessionRule, today: date, *, cancelled: frozenset[date] = frozenset()
) -> PlannedVisit | None:
    """The first session day from today on that has something due; None when no session day has."""
    forecasts = tuple(forecasts)
    sessions = {_first_session(dose, rule, today, cancelled) for dose in _open(forecasts)}
    for on in sorted(session for session in sessions if session is not None):
        doses = tuple(dose for dose in forecasts if dose.is_due(on))
        if doses:
            return PlannedVisit(on, doses, unreachable_doses(forecasts, rule, today, cancelled=cancelled))
    return None


def unreachable_doses(
    forecasts: Iterable[DoseForecast], rule: SessionRule, today: date, *, cancelled: frozenset[date] = frozenset()
) -> tuple[DoseForecast, ...]:
    """The doses whose latest day falls before the first session day on which they are due."""

    def is_unreachable(dose: DoseForecast) -> bool:
        session = _first_session(dose, rule, today, cancelled)
        return dose.latest is not None and (session is None or dose.latest < session)

    return tuple(dose for dose in _open(forecasts) if is_unreachable(dose))


def _open(forecasts: Iterable[DoseForecast]) -> list[DoseForecast]:
    return [dose for dose in forecasts if dose.status is SeriesStatus.NOT_COMPLETE]


def _first_session(dose: DoseForecast, rule: SessionRule, today: date, cancelled: frozenset[date]) -> date | None:
    return next_session_day(rule, max(dose.due or today, today), cancelled=cancelled)

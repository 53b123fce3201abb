"""Which doses a child could have had by now: what the schedule would have given a child who came to each on its day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.calendar import age_in_months
from domain.vaccination.engine import Case, DoseEvaluation, DoseForecast, assess
from domain.vaccination.history import GivenDose
from domain.vaccination.outlook import SeriesStatus
from domain.vaccination.reasons import Reason
from domain.vaccination.schedule import Schedule

GatesOn = Callable[[date], frozenset[str]]


@dataclass(frozen=True)
class ExpectedDose:
    """A dose that the programme offered to a child of this age: dose `number` of its group, due on a day."""

    group: str
    number: int
    vaccine: str
    due_on: date


@dataclass(frozen=True)
class ToldDose:
    """A dose that a child has had, as her family tells it; `given_on` is None when nobody knows the day."""

    vaccine: str
    number: int
    due_on: date
    given_on: date | None


def expected_doses(schedule: Schedule, case: Case, gates_on: GatesOn) -> tuple[ExpectedDose, ...]:
    """Every dose that was due by `case.today`, each on its own day, as if none had been missed.

    `gates_on` says what was offered in the province on a day: what was not offered then, nobody has had here.
    """
    found: list[ExpectedDose] = []
    day: date | None = case.birth_date
    while day is not None and day <= case.today:
        around = replace(case, today=day, given=_given(found), open_gates=gates_on(day), exemptions={})
        found += [
            _expected(dose, day) for dose in assess(schedule, around).forecasts if dose.vaccine and dose.is_due(day)
        ]
        forecasts = assess(schedule, replace(around, given=_given(found))).forecasts
        day = min((due for dose in forecasts if (due := _due(dose)) and due > day), default=None)
    return tuple(found)


def _given(found: Sequence[ExpectedDose]) -> tuple[GivenDose, ...]:
    return tuple(GivenDose(dose.vaccine, dose.due_on) for dose in found)


def _expected(dose: DoseForecast, day: date) -> ExpectedDose:
    return ExpectedDose(dose.group, dose.dose_number or 1, dose.vaccine, day)


def _due(dose: DoseForecast) -> date | None:
    return dose.due if dose.status is SeriesStatus.NOT_COMPLETE else None


def still_unknown(expected: Iterable[ExpectedDose], evaluations: Iterable[DoseEvaluation]) -> tuple[ExpectedDose, ...]:
    """Those of the doses of which nothing is written yet: in each group, the first ones are those that are."""
    written: dict[str, int] = {}
    for one in evaluations:
        if one.valid or one.reason is Reason.UNKNOWN_DATE:
            written[one.group] = written.get(one.group, 0) + 1
    return tuple(dose for dose in expected if dose.number > written.get(dose.group, 0))


def by_day(expected: Iterable[ExpectedDose]) -> tuple[tuple[ExpectedDose, ...], ...]:
    """The doses that were due on one day together, in order of days."""
    days: dict[date, list[ExpectedDose]] = {}
    for dose in sorted(expected, key=lambda one: one.due_on):
        days.setdefault(dose.due_on, []).append(dose)
    return tuple(tuple(doses) for doses in days.values())


def months_of(expected: Iterable[ExpectedDose], birth_date: date) -> tuple[int, ...]:
    """The ages, in completed months, at which the schedule had something for the child: birth (0), 2, 3, 4 …"""
    return tuple(sorted({age_in_months(birth_date, dose.due_on) for dose in expected}))


def guessed_days(told: Sequence[ToldDose], taken: Mapping[str, frozenset[date]]) -> tuple[date, ...]:
    """A day for each dose: its own, or for one of unknown date the day on which it was due.

    `taken` are the days on which each vaccine stands already. Two doses of one vaccine never get the same guess.
    """
    used = {(dose.vaccine, dose.given_on) for dose in told if dose.given_on}
    used |= {(vaccine, day) for vaccine, days in taken.items() for day in days}
    guesses = []
    for dose in told:
        day = dose.given_on or dose.due_on
        while dose.given_on is None and (dose.vaccine, day) in used:
            day -= timedelta(days=1)
        used.add((dose.vaccine, day))
        guesses.append(day)
    return tuple(guesses)

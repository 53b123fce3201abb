"""Why a dose counted or did not, and why a visit is on its day and on no earlier one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from domain.care.forecast import CareForecast
from domain.session_calendar import ChangeKind, SessionCalendar
from domain.vaccination.engine import DoseEvaluation
from domain.vaccination.forecast import DoseForecast, SeriesStatus
from domain.vaccination.history import GivenDose
from domain.vaccination.reasons import Detail, Reason
from domain.vaccination.sources import Source
from domain.visits import Needs, PlannedVisit, needs_a_person, unreachable_doses

LONGEST_LOOK = timedelta(days=120)
"""How far an answer looks for days that were passed over."""


class Verdict(StrEnum):
    """What became of a given dose."""

    COUNTED = "counted"
    IN_PART = "in_part"
    DAY_UNKNOWN = "day_unknown"
    NOT_COUNTED = "not_counted"
    NOT_NEEDED = "not_needed"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True)
class JudgedDose:
    """One given dose over all its groups, with the first reason for which it did not count in one of them."""

    vaccine: str
    given_on: date | None
    verdict: Verdict
    reason: Reason | None = None
    details: Mapping[str, Detail] = field(default_factory=dict)


def judged(given: Sequence[GivenDose], evaluations: Iterable[DoseEvaluation]) -> tuple[JudgedDose, ...]:
    """Each dose, in the order of `given`, to which the numbers of the evaluations belong."""
    found: dict[int, list[DoseEvaluation]] = {}
    for one in evaluations:
        found.setdefault(one.dose, []).append(one)
    return tuple(_judged(dose, found.get(number, [])) for number, dose in enumerate(given))


def _judged(dose: GivenDose, found: Sequence[DoseEvaluation]) -> JudgedDose:
    silent = (Reason.NOT_NEEDED, Reason.UNKNOWN_DATE)
    fault = next((one for one in found if one.reason is not None and one.reason not in silent), None)
    verdict = _verdict(found, has_fault=fault is not None)
    if fault is None or verdict not in (Verdict.IN_PART, Verdict.NOT_COUNTED):
        return JudgedDose(dose.vaccine, dose.given_on, verdict)
    return JudgedDose(dose.vaccine, dose.given_on, verdict, fault.reason, fault.details)


def _verdict(found: Sequence[DoseEvaluation], *, has_fault: bool) -> Verdict:
    if not found:
        return Verdict.NOT_JUDGED
    if any(one.valid for one in found):
        return Verdict.IN_PART if has_fault else Verdict.COUNTED
    if has_fault:
        return Verdict.NOT_COUNTED
    unknown = any(one.reason is Reason.UNKNOWN_DATE for one in found)
    return Verdict.DAY_UNKNOWN if unknown else Verdict.NOT_NEEDED


def coming(forecasts: Iterable[DoseForecast]) -> tuple[DoseForecast, ...]:
    """The doses that are still to be given, the next one first; none that the family does not want."""
    wanted = [one for one in forecasts if one.status is SeriesStatus.NOT_COMPLETE and not one.refused]
    return tuple(sorted(wanted, key=lambda one: (one.due or date.max, one.group)))


def in_force_instead(sources: Iterable[Source]) -> tuple[str, ...]:
    """The documents in force in the place of those that these sources cite and that no longer are, each once."""
    cited = (citation for source in sources for citation in source.citations)
    return tuple(dict.fromkeys(one.successor for one in cited if one.successor))


class PassedBecause(StrEnum):
    """Why a visit is not on a day on which something was due already."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    CANNOT = "cannot"
    NO_VACCINE = "no_vaccine"
    OVER = "over"


@dataclass(frozen=True)
class PassedOver:
    """A day before the visit that was not taken. `vaccines` are those out of stock, `moved_to` the day of a move."""

    on: date
    because: PassedBecause
    moved_to: date | None = None
    vaccines: tuple[str, ...] = ()


@dataclass(frozen=True)
class VisitChoice:
    """The visit that was chosen, if there is one; the first day on which something is due; and the days between.

    Without `visit` and `first_due` nothing is due; with `first_due` alone there is no session day that could bring it.
    `waits_already`: the first day has come. `too_late` are doses whose last day is near, and no session before it.
    """

    visit: PlannedVisit | None
    first_due: date | None
    passed: tuple[PassedOver, ...] = ()
    waits_already: bool = False
    too_late: tuple[DoseForecast, ...] = ()


def why_this_day(
    visit: PlannedVisit | None, needs: Needs, calendar: SessionCalendar, today: date, *, cannot: frozenset[date]
) -> VisitChoice:
    """Why the visit is on its day. `cannot` are the days on which the family said that it cannot come."""
    due = _first_due(needs)
    if due is None:
        return VisitChoice(visit, None)
    first = max(due, today)
    until = (visit.on if visit else first + LONGEST_LOOK) - timedelta(days=1)
    days = [first + timedelta(days=n) for n in range(min((until - first).days + 1, LONGEST_LOOK.days))]
    passed = (_passed_over(day, needs, calendar, today, cannot) for day in days)
    late = unreachable_doses(coming(needs.doses), calendar, today, unless=cannot)
    soon = tuple(dose for dose in late if needs_a_person([dose], today))
    return VisitChoice(visit, due, tuple(one for one in passed if one is not None), due <= today, soon)


def _first_due(needs: Needs) -> date | None:
    wanted: list[DoseForecast | CareForecast] = [*coming(needs.doses), *needs.care]
    return min((one.due for one in wanted if one.due is not None), default=None)


def _passed_over(
    day: date, needs: Needs, calendar: SessionCalendar, today: date, cannot: frozenset[date]
) -> PassedOver | None:
    session = calendar.day(day)
    if session is None:
        return _changed(day, calendar)
    if day in cannot:
        return PassedOver(day, PassedBecause.CANNOT)
    due = needs.due(day)
    short = tuple(dose.vaccine for dose in due.doses if calendar.is_short_of(dose.vaccine, day))
    if short and not due.without(frozenset(short)):
        return PassedOver(day, PassedBecause.NO_VACCINE, vaccines=tuple(dict.fromkeys(short)))
    return PassedOver(day, PassedBecause.OVER) if day == today and due else None


def _changed(day: date, calendar: SessionCalendar) -> PassedOver | None:
    change = next((one for one in calendar.changes if one.on == day), None)
    if change is None or change.kind not in (ChangeKind.CANCELLED, ChangeKind.MOVED):
        return None
    return PassedOver(day, PassedBecause(change.kind.value), moved_to=change.moved_to)

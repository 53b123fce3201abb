"""The next visit to the facility: all that is due, on a day on which it really holds a session."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol, TypeVar

from domain.area import FacilitySettings
from domain.care.forecast import CareForecast
from domain.session_calendar import HORIZON, SessionCalendar, SessionDay
from domain.vaccination.forecast import DoseForecast, SeriesStatus

FIRST_STEP = 7
"""How many days before a visit it is spoken of first."""
MORNING_STEP = 0
"""The step of the morning of the day itself."""
LATEST_CLOSE = time(17, 0)
"""When a session whose hours nobody told us is over. Rule of this house: from then on the next ones are spoken of."""
MOVED_HOLDS = timedelta(days=180)
"""So long after its day the word that they moved away holds: by then somebody has asked where. Rule of this house."""
URGENT_BEFORE = timedelta(days=35)
"""A dose that must be given before it is too late is a person's matter when its last day is so near."""


class Due(Protocol):
    """What is due from a day on: a dose or other care."""

    @property
    def due(self) -> date | None:
        """The day from which it should happen."""
        ...

    @property
    def latest(self) -> date | None:
        """The last day on which it may."""
        ...

    def is_due(self, on: date) -> bool:
        """Whether it may and should happen on that day."""
        ...


D = TypeVar("D", bound=Due)


@dataclass(frozen=True)
class Needs:
    """All that a child, or a mother in pregnancy, still needs."""

    doses: tuple[DoseForecast, ...] = ()
    care: tuple[CareForecast, ...] = ()

    def due(self, on: date) -> "Needs":
        """What of it may and should happen on that day."""
        return Needs(_due(self.doses, on), _due(self.care, on))

    def without(self, vaccines: frozenset[str]) -> "Needs":
        """The same without the doses of these vaccines."""
        return Needs(tuple(dose for dose in self.doses if dose.vaccine not in vaccines), self.care)

    def __bool__(self) -> bool:
        return bool(self.doses or self.care)


@dataclass(frozen=True)
class PlannedVisit:
    """A session day and everything that is to happen on it.

    `missing` are doses that are due as well and whose vaccine is out of stock then; `unreachable_before_max_age` are
    doses that no session day can bring in time: a matter for a person.
    """

    day: SessionDay
    needs: Needs
    missing: tuple[DoseForecast, ...] = ()
    unreachable_before_max_age: tuple[DoseForecast, ...] = field(default=())

    @property
    def on(self) -> date:
        """The day of the session."""
        return self.day.on


def visit_steps(settings: FacilitySettings) -> tuple[int, ...]:
    """How many days before a visit it is spoken of, the earliest first; 0 is the morning of the day."""
    morning = (MORNING_STEP,) if settings.morning_reminder else ()
    return (FIRST_STEP, settings.reminder_days, *morning)


def step_after(settings: FacilitySettings, step: int) -> int | None:
    """The step that follows; None after the last one."""
    steps = visit_steps(settings)
    later = steps[steps.index(step) + 1 :] if step in steps else ()
    return next(iter(later), None)


def first_open_day(calendar: SessionCalendar, local: datetime) -> date:
    """The first day whose session can still be reached: today, or tomorrow once the hours of today's are over."""
    session = calendar.day(local.date())
    return local.date() + timedelta(days=int(session is not None and is_over(session, local)))


def is_over(session: SessionDay, local: datetime) -> bool:
    """Whether nobody need come to this session any more, at this local time."""
    closes = session.hours.closes if session.hours else LATEST_CLOSE
    return local.date() > session.on or (local.date() == session.on and local.time() >= closes)


def next_visit(
    needs: Needs, calendar: SessionCalendar, today: date, *, unless: frozenset[date] = frozenset()
) -> PlannedVisit | None:
    """The first session from today on that has something due, on none of `unless`; None when no session has.

    Who asks at an hour of the day gives `first_open_day` for today: a session whose hours are over reaches nobody.
    A session is never before the earliest date: what is due is due on its own day or later. A dose whose vaccine is
    out of stock on a day waits for the first session that has it.
    """
    open_doses = [dose for dose in needs.doses if dose.status is SeriesStatus.NOT_COMPLETE]
    for day in _first_sessions([*open_doses, *needs.care], calendar, today, unless):
        due = needs.due(day.on)
        short = frozenset(dose.vaccine for dose in due.doses if calendar.is_short_of(dose.vaccine, day.on))
        if due.without(short):
            missing = tuple(dose for dose in due.doses if dose.vaccine in short)
            too_late = unreachable_doses(needs.doses, calendar, today, unless=unless)
            return PlannedVisit(day, due.without(short), missing, too_late)
    return None


def unreachable_doses(
    doses: Iterable[DoseForecast], calendar: SessionCalendar, today: date, *, unless: frozenset[date] = frozenset()
) -> tuple[DoseForecast, ...]:
    """The doses whose latest day falls before the first session on which they are due."""

    def is_unreachable(dose: DoseForecast) -> bool:
        session = _first_session(dose, calendar, today, unless)
        return dose.latest is not None and (session is None or dose.latest < session.on)

    return tuple(dose for dose in doses if dose.status is SeriesStatus.NOT_COMPLETE and is_unreachable(dose))


def needs_a_person(doses: Sequence[DoseForecast], today: date) -> bool:
    """Whether one of the unreachable doses is due soon enough that a person must look today."""
    return bool(urgent_doses(doses, today))


def urgent_doses(doses: Sequence[DoseForecast], today: date) -> tuple[DoseForecast, ...]:
    """Those of the unreachable doses that a person must look at today."""

    def is_near(dose: DoseForecast) -> bool:
        return dose.latest is not None and today <= dose.latest <= today + URGENT_BEFORE

    return tuple(dose for dose in doses if is_near(dose) and not dose.refused)


def _due(found: Iterable[D], on: date) -> tuple[D, ...]:
    return tuple(one for one in found if one.is_due(on))


def _first_sessions(
    wanted: Iterable[DoseForecast | CareForecast], calendar: SessionCalendar, today: date, unless: frozenset[date]
) -> Iterator[SessionDay]:
    """The first session of each, in order of days; what is due after the day that was enough is never looked up."""
    found: dict[date, SessionDay] = {}
    for one in sorted(wanted, key=lambda one: one.due or today):
        for on in sorted(on for on in found if on < (one.due or today)):
            yield found.pop(on)
        session = _first_session(one, calendar, today, unless)
        if session is not None:
            found[session.on] = session
    yield from (found[on] for on in sorted(found))


def _first_session(
    one: DoseForecast | CareForecast, calendar: SessionCalendar, today: date, unless: frozenset[date]
) -> SessionDay | None:
    first = max(one.due or today, today)
    day = calendar.next_day(first, unless=unless)
    while day is not None and isinstance(one, DoseForecast) and calendar.is_short_of(one.vaccine, day.on):
        # A vaccine that is missing until somebody says so must not be sought for ever.
        later = calendar.next_day(day.on + timedelta(days=1), unless=unless)
        day = later if later is not None and later.on <= first + HORIZON else None
    return day

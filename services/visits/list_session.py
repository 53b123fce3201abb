"""Who is expected at a facility: today when it holds a session, otherwise on its next session day."""

from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.calendar import add_months
from domain.identifiers import FacilityId
from domain.people import Child
from domain.session_days import next_session_day
from domain.vaccination.forecast import DoseForecast
from services.access import Permission, access_facility
from services.ports import UnitOfWork
from services.turn import Turn, Work
from services.visits.find_visits import find_child_visits, rule_of

PROGRAMME_YEARS = 6


@dataclass(frozen=True)
class Expected:
    """A child who is expected, with what is due; `recorded` when the visit is on record already."""

    child: Child
    doses: tuple[DoseForecast, ...]
    recorded: bool = False


@dataclass(frozen=True)
class SessionList:
    """A session day of a facility and who is expected; `on` is None when no day is known."""

    facility: Facility
    on: date | None
    is_today: bool
    expected: tuple[Expected, ...]


async def list_session(turn: Turn, facility: FacilityId) -> SessionList:
    """The nurse's list."""
    _actor, place = await access_facility(turn.uow, turn.speaker, facility, Permission.RECORD_VISITS)
    today = turn.moment.today(place.zone)
    rule = rule_of(place)
    on = next_session_day(rule, today) if rule else None
    if on is None:
        return SessionList(place, None, False, ())
    expected = await _expected(turn, place, on)
    recorded = await _recorded_today(turn.uow, place, today)
    return SessionList(place, on, on == today, (*recorded, *expected))


async def _expected(work: Work, place: Facility, on: date) -> tuple[Expected, ...]:
    children = await _children(work.uow, place, on)
    visits = await find_child_visits(work, children)
    return tuple(Expected(one.child, one.visit.doses) for one in visits if one.visit and one.visit.on == on)


async def _recorded_today(uow: UnitOfWork, place: Facility, today: date) -> tuple[Expected, ...]:
    ids = await uow.visits.recorded_on(place.id, today)
    return tuple(Expected(child, (), recorded=True) for child in await _children(uow, place, today) if child.id in ids)


async def _children(uow: UnitOfWork, place: Facility, on: date) -> tuple[Child, ...]:
    return await uow.families.children_at(place.id, born_after=add_months(on, -12 * PROGRAMME_YEARS))

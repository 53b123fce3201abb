"""A vaccine runs out, for a day or until further notice, or is there again; those who would get it are told."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.area import Facility
from domain.farewell import born_after
from domain.identifiers import FacilityId
from domain.session_calendar import SessionCalendar, StockOut
from domain.session_changes import trouble_with_leaving
from domain.session_notice import Difference
from services.access import Refused
from services.turn import Turn, Work
from services.visits.find_needs import Place, find_child_needs, place_of
from services.visits.session_days.change_session import Desk, Outcome, access_desk
from services.visits.session_days.find_concerned import CalendarChange
from services.visits.session_days.tell_families import tell_families

AHEAD = timedelta(days=56)
"""How far ahead families were spoken to of a visit at most, and a nurse looks."""


@dataclass(frozen=True)
class Shelf:
    """The vaccines that a facility gives, those first that most children need on a day; `missing` are not there."""

    facility: Facility
    on: date
    vaccines: tuple[str, ...]
    missing: tuple[str, ...]
    outcome: Outcome | None = None


async def show_shelf(turn: Turn, facility: FacilityId, on: date) -> Shelf:
    """Which vaccine is missing?"""
    desk = await access_desk(turn, facility)
    trouble = trouble_with_leaving(desk.calendar, on, today=desk.today, closed=desk.closed)
    if trouble is not None:
        return Shelf(desk.facility, on, (), (), Outcome(desk.facility, on, desk.calendar.day(on), trouble=trouble))
    vaccines = await offered_vaccines(turn, desk.facility, on)
    missing = tuple(code for code in vaccines if desk.calendar.is_short_of(code, on))
    return Shelf(desk.facility, on, vaccines, missing)


async def offered_vaccines(work: Work, facility: Facility, on: date) -> tuple[str, ...]:
    """What is due for somebody on that day first, then the schedule's other vaccines."""
    place = await place_of(work, facility)
    children = await work.uow.families.children_at(facility.id, born_after=born_after(on))
    needs = await find_child_needs(work, place, children)
    due = Counter(dose.vaccine for one in needs.values() for dose in one.due(on).doses)
    later = {dose.vaccine for one in needs.values() for dose in one.doses if dose.vaccine}
    ordered = (*(code for code, _count in due.most_common()), *sorted(later))
    return tuple(dict.fromkeys((*ordered, *_of_schedule(work, place))))


def _of_schedule(work: Work, place: Place) -> tuple[str, ...]:
    """What the programme gives here, by the schedule and the gates of the province."""
    if place.forecaster is None:
        return ()
    today = work.moment.today(place.facility.zone)
    default = place.forecaster.default_gates(place.facility.commune.province.code, today)
    gates = place.rules.open_gates(default, today)
    groups = [one for one in place.forecaster.schedule.groups if one.gate is None or one.gate in gates]
    products = (product for group in groups for rule in group.doses for product in rule.products)
    return tuple(sorted({product.vaccine for product in products if product.preferable}))


async def note_stock_out(turn: Turn, facility: FacilityId, on: date, vaccine: str, *, lasts: bool) -> Outcome:
    """It is missing on that day, or from that day on. The same tap twice tells nobody twice."""
    desk = await access_desk(turn, facility)
    trouble = trouble_with_leaving(desk.calendar, on, today=desk.today, closed=desk.closed)
    if trouble is not None:
        return Outcome(desk.facility, on, desk.calendar.day(on), trouble=trouble)
    await _check(turn, desk.facility, on, vaccine)
    out = StockOut(vaccine, on, None if lasts else on)
    if out in desk.calendar.stock_outs or _lasts_already(desk.calendar, vaccine, on):
        return Outcome(desk.facility, on, desk.calendar.day(on), before=True)
    await turn.uow.sessions.add_stock_out(desk.facility.id, out, by=desk.actor.id, at=turn.moment.now)
    after = replace(desk.calendar, stock_outs=(*desk.calendar.stock_outs, out))
    return await _tell(turn, desk, after, on, vaccine)


async def end_stock_out(turn: Turn, facility: FacilityId, on: date, vaccine: str) -> Outcome:
    """It is there again, from that day on."""
    desk = await access_desk(turn, facility)
    await _check(turn, desk.facility, on, vaccine)
    if not desk.calendar.is_short_of(vaccine, on) or on < desk.today:
        return Outcome(desk.facility, on, desk.calendar.day(on), before=True)
    last_without = on - timedelta(days=1)
    await turn.uow.sessions.end_stock_out(desk.facility.id, vaccine, last_without)
    return await _tell(turn, desk, await turn.uow.sessions.calendar(desk.facility), on, vaccine)


async def _check(work: Work, facility: Facility, on: date, vaccine: str) -> None:
    """A vaccine that nobody gives here is no button of ours."""
    if vaccine not in await offered_vaccines(work, facility, on):
        raise Refused("note_stock_out", f"facility:{facility.id}")


def _lasts_already(calendar: SessionCalendar, vaccine: str, on: date) -> bool:
    return any(out.vaccine == vaccine and out.until_on is None and out.covers(on) for out in calendar.stock_outs)


async def _tell(turn: Turn, desk: Desk, after: SessionCalendar, on: date, vaccine: str) -> Outcome:
    days = {day.on for day in after.days(desk.today, desk.today + AHEAD)}
    differ = frozenset(
        day for day in days if after.is_short_of(vaccine, day) != desk.calendar.is_short_of(vaccine, day)
    )
    what = Difference(lost=frozenset({on}), others=differ - {on}, vaccine=vaccine)
    change = CalendarChange(desk.calendar, after, what)
    reach = await tell_families(turn, desk.facility, change, by=desk.actor, details=_details(on, vaccine, after))
    return Outcome(desk.facility, on, after.day(on), reach)


def _details(on: date, vaccine: str, after: SessionCalendar) -> Mapping[str, str | int]:
    word = "missing" if after.is_short_of(vaccine, on) else "there"
    return {"day": on.isoformat(), "vaccine": vaccine, "stock": word}

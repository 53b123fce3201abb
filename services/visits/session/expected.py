"""Who is expected on a session day, and for what: as of that day, so that it may be closed a little later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from domain.calendar import add_months
from domain.identifiers import ChildId, FacilityId
from domain.moment import Moment
from domain.people import Child, Pregnancy
from domain.session_closing import Who
from domain.visits import Needs
from services.ports.visits import ON_RECORD, VaccinationSource
from services.turn import Work
from services.visits.find_needs import Place, find_child_needs, find_pregnancy_needs
from services.visits.find_visits import Subject, SubjectVisit, find_child_visits, find_pregnancy_visits

PROGRAMME_YEARS = 6
W = TypeVar("W", bound=Work)


@dataclass(frozen=True)
class Expected:
    """One visit: what is due, and the vaccines that are due as well and out of stock."""

    subject: Subject
    needs: Needs
    short_of: tuple[str, ...] = ()

    @property
    def who(self) -> Who:
        """Whose visit it is."""
        return who_is(self.subject)


def who_is(subject: Subject) -> Who:
    """A child or a pregnancy by its number."""
    return Who(child=subject.id) if isinstance(subject, Child) else Who(pregnancy=subject.id)


def work_on(work: W, zone: str, day: date) -> W:
    """The same work as of an earlier day; today stays as it is."""
    if day >= work.moment.today(zone):
        return work
    noon = datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)
    return replace(work, moment=Moment(now=noon, wall=work.moment.wall))


async def subjects_of(work: Work, facility: FacilityId, on: date) -> tuple[Subject, ...]:
    """Whom a facility's sessions of a day may be about: children of the programme's age by name, then mothers."""
    born_after = add_months(on, -12 * PROGRAMME_YEARS)
    children = await work.uow.families.children_at(facility, born_after=born_after)
    born = [child for child in children if child.birth_date <= on]
    return (*born, *await work.uow.families.pregnancies_at(facility))


async def find_expected(work: Work, place: Place, subjects: Sequence[Subject], on: date) -> tuple[Expected, ...]:
    """Whom of these a session of today, of a day gone by, or of one to come is about."""
    children = [one for one in subjects if isinstance(one, Child)]
    pregnancies = [one for one in subjects if isinstance(one, Pregnancy)]
    if on > work.moment.today(place.facility.zone):
        ahead = await find_child_visits(work, place.facility, children)
        return _on_day((*ahead, *await find_pregnancy_visits(work, place.facility, pregnancies)), on)
    return (*await _expect_children(work, place, children, on), *await _expect_mothers(work, place, pregnancies, on))


def _on_day(visits: Sequence[SubjectVisit], on: date) -> tuple[Expected, ...]:
    return tuple(
        Expected(one.subject, one.visit.needs, tuple(dose.vaccine for dose in one.visit.missing))
        for one in visits
        if one.visit is not None and one.visit.on == on
    )


async def _expect_children(work: Work, place: Place, children: Sequence[Child], on: date) -> tuple[Expected, ...]:
    """What a family reported on that very day is still due: it tells of this session, not of another one."""
    then = work_on(work, place.facility.zone, on)
    needs = await find_child_needs(then, place, children)
    told = await _told_on(work, children, on)
    telling = [child for child in children if told[child.id]]
    unheard = await find_child_needs(then, place, telling, believed=ON_RECORD)
    due = {child.id: needs[child.id].due(on) for child in children}
    for child in telling:
        again = tuple(dose for dose in unheard[child.id].due(on).doses if dose.vaccine in told[child.id])
        due[child.id] = replace(due[child.id], doses=(*again, *due[child.id].doses))
    return await _in_stock(work, place, [(child, due[child.id]) for child in children], on)


async def _told_on(work: Work, children: Sequence[Child], on: date) -> Mapping[ChildId, frozenset[str]]:
    """The vaccines that families reported as given on that day."""
    given = await work.uow.visits.vaccinations_of([child.id for child in children])
    return {
        child: frozenset(
            dose.vaccine
            for dose in doses
            if dose.source is VaccinationSource.REPORTED and dose.date_known and dose.given_on == on
        )
        for child, doses in given.items()
    }


async def _expect_mothers(work: Work, place: Place, pregnancies: Sequence[Pregnancy], on: date) -> tuple[Expected, ...]:
    needs = await find_pregnancy_needs(work_on(work, place.facility.zone, on), place, pregnancies)
    return await _in_stock(work, place, [(one, needs[one.id].due(on)) for one in pregnancies], on)


async def _in_stock(work: Work, place: Place, due: Sequence[tuple[Subject, Needs]], on: date) -> tuple[Expected, ...]:
    calendar = await work.uow.sessions.calendar(place.facility)
    found = []
    for subject, needs in due:
        short = frozenset(dose.vaccine for dose in needs.doses if calendar.is_short_of(dose.vaccine, on))
        if there := needs.without(short):
            found.append(Expected(subject, there, tuple(sorted(short))))
    return tuple(found)


async def expect_one(work: Work, place: Place, subject: Subject, on: date) -> Expected:
    """What is due for one, also on a day without a session; nothing where nothing is."""
    found = await find_expected(work, place, [subject], on)
    return found[0] if found else Expected(subject, Needs())

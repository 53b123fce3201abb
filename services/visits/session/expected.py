"""Who is expected on a session day, and for what: as of that day, so that it may be closed a little later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from domain.farewell import born_after
from domain.identifiers import ChildId, FacilityId
from domain.moment import Moment
from domain.people import Child, Pregnancy
from domain.session_closing import Who
from domain.vaccination.forecast import DoseForecast
from domain.visits import Needs
from services.ports.visits import ON_RECORD, VaccinationSource
from services.turn import Work
from services.visits.find_needs import Place, find_child_needs, find_pregnancy_needs
from services.visits.find_visits import Subject, SubjectVisit, find_child_visits, find_pregnancy_visits

W = TypeVar("W", bound=Work)


@dataclass(frozen=True)
class Expected:
    """One visit: what is due, and the vaccines that are due as well and out of stock.

    `ran_out` are the doses among these whose vaccine was there until somebody said on that day that it is not any more.
    """

    subject: Subject
    needs: Needs
    short_of: tuple[str, ...] = ()
    ran_out: tuple[DoseForecast, ...] = ()

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
    children = await work.uow.families.children_at(facility, born_after=born_after(on))
    born = [child for child in children if child.birth_date <= on]
    return (*born, *await work.uow.families.pregnancies_at(facility))


async def find_expected(work: Work, place: Place, subjects: Sequence[Subject], on: date) -> tuple[Expected, ...]:
    """Whom of these a session of today, of a day gone by, or of one to come is about.

    Where a vaccine ran out on the day itself, also those who were to come for nothing else; their `needs` are empty.
    """
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
    ran_out = calendar.ran_out_on(on, place.facility.zone)
    found = []
    for subject, needs in due:
        short = frozenset(dose.vaccine for dose in needs.doses if calendar.is_short_of(dose.vaccine, on))
        gone = tuple(dose for dose in needs.doses if dose.vaccine in short & ran_out)
        if (there := needs.without(short)) or gone:
            found.append(Expected(subject, there, tuple(sorted(short)), gone))
    return tuple(found)


async def expect_one(work: Work, place: Place, subject: Subject, on: date) -> Expected:
    """What is due for one, also on a day without a session; nothing where nothing is."""
    found = await find_expected(work, place, [subject], on)
    return found[0] if found else Expected(subject, Needs())

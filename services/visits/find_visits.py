"""The visits that children and mothers need next: all that is due, bundled, on a day with a session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from domain.area import Facility
from domain.consent import Purpose, stands_for_child
from domain.identifiers import CaregiverId, ChildId, FacilityId
from domain.people import Caregiver, Child, Pregnancy
from domain.session_calendar import SessionCalendar, SessionDay
from domain.visits import MOVED_HOLDS, Needs, PlannedVisit, first_open_day, next_visit
from services.ports.visits import VisitAnswer
from services.turn import Work
from services.visits.find_needs import Place, find_child_needs, find_pregnancy_needs, place_of
from services.visits.may_remind import may_remind

Subject: TypeAlias = Child | Pregnancy
Answers: TypeAlias = Mapping[tuple[FacilityId, date], VisitAnswer]
"""What a caregiver answered, by visit."""


@dataclass(frozen=True)
class SubjectVisit:
    """The next visit of one child, or of a mother in one pregnancy.

    `visit` is None when nothing is due within a year or no session day is known; `needs` is everything, due or not.
    """

    subject: Subject
    facility: Facility
    needs: Needs
    visit: PlannedVisit | None


@dataclass(frozen=True)
class FamilyVisit:
    """Who of a family is expected at one facility on one day: siblings go together, and their mother with them."""

    facility: Facility
    day: SessionDay
    subjects: tuple[tuple[Subject, Needs], ...]

    @property
    def on(self) -> date:
        """The day."""
        return self.day.on

    @property
    def children(self) -> tuple[Child, ...]:
        """The children among them."""
        return tuple(subject for subject, _needs in self.subjects if isinstance(subject, Child))

    @property
    def pregnancies(self) -> tuple[Pregnancy, ...]:
        """The pregnancies among them."""
        return tuple(subject for subject, _needs in self.subjects if isinstance(subject, Pregnancy))

    @property
    def child_ids(self) -> tuple[ChildId, ...]:
        """Which children it concerns."""
        return tuple(child.id for child in self.children)

    @property
    def hours(self) -> str:
        """From when to when the session is open; empty when nobody told us."""
        return str(self.day.hours) if self.day.hours else self.facility.hours

    @property
    def has_injection(self) -> bool:
        """Whether somebody gets an injection, so that they stay for a while afterwards."""
        return bool(self.vaccines) or any(care.vaccine for _who, needs in self.subjects for care in needs.care)

    @property
    def vaccines(self) -> tuple[str, ...]:
        """Every vaccine that is due for a child, each once."""
        return tuple(dict.fromkeys(dose.vaccine for _who, needs in self.subjects for dose in needs.doses))

    @property
    def care(self) -> tuple[str, ...]:
        """Every item of care that is due, each once."""
        return tuple(dict.fromkeys(care.key for _who, needs in self.subjects for care in needs.care))


async def find_child_visits(
    work: Work,
    facility: Facility,
    children: Sequence[Child],
    *,
    unless: frozenset[date] = frozenset(),
    from_on: date | None = None,
) -> tuple[SubjectVisit, ...]:
    """The next visit of each child of a facility, on no day of `unless` (the days on which she cannot come).

    A session of today counts the whole day, for those who hold it; families are asked from `first_open_day` on.
    """
    if not children:
        return ()
    here = await look_at(work, facility)
    first = from_on or work.moment.today(facility.zone)
    return _visits(here, await _needing(work, here, children), unless=unless, first=first)


async def find_pregnancy_visits(
    work: Work,
    facility: Facility,
    pregnancies: Sequence[Pregnancy],
    *,
    unless: frozenset[date] = frozenset(),
    from_on: date | None = None,
) -> tuple[SubjectVisit, ...]:
    """The same for pregnancies."""
    if not pregnancies:
        return ()
    here = await look_at(work, facility)
    first = from_on or work.moment.today(facility.zone)
    return _visits(here, await _needing(work, here, (), pregnancies), unless=unless, first=first)


@dataclass(frozen=True)
class FacilityNow:
    """A facility as it is now: the rules that count there, its session days, and today's if it was closed already."""

    place: Place
    calendar: SessionCalendar
    closed: frozenset[date] = frozenset()


async def look_at(work: Work, facility: Facility) -> FacilityNow:
    """All that visits to a facility depend on, but the families."""
    calendar = await work.uow.sessions.calendar(facility)
    return FacilityNow(await place_of(work, facility), calendar, await closed_today(work, facility))


async def look_at_all(work: Work, facilities: Sequence[Facility], today: date) -> Mapping[FacilityId, FacilityNow]:
    """The same for facilities of one zone at once."""
    closings = await work.uow.sessions.closings([one.id for one in facilities], today, today)
    closed = {one.facility for one in closings if one.closed_at is not None}
    calendars = await work.uow.sessions.calendars(facilities)
    return {
        one.id: FacilityNow(
            await place_of(work, one), calendars[one.id], frozenset({today} if one.id in closed else ())
        )
        for one in facilities
    }


async def closed_today(work: Work, facility: Facility) -> frozenset[date]:
    """Who was there has gone home: a session that was closed before its hours are over is nobody's next visit."""
    closing = await work.uow.sessions.closing(facility.id, work.moment.today(facility.zone))
    return frozenset({closing.on} if closing.closed_at is not None else ())


async def _needing(
    work: Work, here: FacilityNow, children: Sequence[Child], pregnancies: Sequence[Pregnancy] = ()
) -> list[tuple[Subject, Needs]]:
    of_children = await find_child_needs(work, here.place, children)
    of_pregnancies = await find_pregnancy_needs(work, here.place, pregnancies)
    needing: list[tuple[Subject, Needs]] = [(child, of_children[child.id]) for child in children]
    return needing + [(one, of_pregnancies[one.id]) for one in pregnancies]


def _visits(
    here: FacilityNow, needing: Sequence[tuple[Subject, Needs]], *, unless: frozenset[date], first: date
) -> tuple[SubjectVisit, ...]:
    return tuple(
        SubjectVisit(
            subject, here.place.facility, needs, next_visit(needs, here.calendar, first, unless=unless | here.closed)
        )
        for subject, needs in needing
    )


async def open_from(work: Work, facility: Facility) -> date:
    """The first day whose session a family can still reach at this hour."""
    first = _open_from(work, facility, await work.uow.sessions.calendar(facility))
    return first + timedelta(days=int(first in await closed_today(work, facility)))


def _open_from(work: Work, facility: Facility, calendar: SessionCalendar) -> date:
    return first_open_day(calendar, work.moment.now.astimezone(ZoneInfo(facility.zone)))


async def find_family_visits(
    work: Work,
    caregiver: CaregiverId,
    children: Sequence[Child],
    pregnancies: Sequence[Pregnancy] = (),
) -> tuple[FamilyVisit, ...]:
    """A caregiver's next visits, all of one day together.

    Without the days on which she said that she cannot come, and without a session of today whose hours are over.
    """
    answers = await work.uow.visits.answers_of(caregiver)
    found: list[SubjectVisit] = []
    subjects: list[Subject] = [*children, *pregnancies]
    for number in dict.fromkeys(one.facility for one in subjects):
        facility = await work.uow.area.facility(number)
        if facility is not None:
            here = await look_at(work, facility)
            own = [child for child in children if child.facility == number]
            awaited = [one for one in pregnancies if one.facility == number]
            found += visits_at(work, here, await _needing(work, here, own, awaited), answers)
    return together(found)


def visits_at(
    work: Work, here: FacilityNow, needing: Sequence[tuple[Subject, Needs]], answers: Answers
) -> tuple[SubjectVisit, ...]:
    """The next visits to one facility of somebody who gave these answers."""
    facility = here.place.facility
    first = _open_from(work, facility, here.calendar)
    return _visits(here, needing, unless=_days_without(answers, facility.id), first=first)


def together(found: Sequence[SubjectVisit]) -> tuple[FamilyVisit, ...]:
    """All who go to one facility on one day as one visit, in order of date."""
    days: dict[tuple[FacilityId, date], FamilyVisit] = {}
    for one in found:
        if one.visit is not None:
            key = (one.facility.id, one.visit.on)
            earlier = days[key].subjects if key in days else ()
            days[key] = FamilyVisit(one.facility, one.visit.day, (*earlier, (one.subject, one.visit.needs)))
    return tuple(sorted(days.values(), key=lambda visit: visit.on))


async def cannot_come(work: Work, caregiver: CaregiverId, facility: FacilityId) -> frozenset[date]:
    """The session days of a facility on which she said that she cannot come."""
    return _days_without(await work.uow.visits.answers_of(caregiver), facility)


def _days_without(answers: Answers, facility: FacilityId) -> frozenset[date]:
    cannot = (visit for visit, answer in answers.items() if answer is VisitAnswer.CANNOT)
    return frozenset(day for place, day in cannot if place == facility)


async def left_facilities(work: Work, caregiver: CaregiverId) -> frozenset[FacilityId]:
    """The facilities from which she said that they moved away, not too long ago: she is not reminded of their days."""
    answers: Answers = await work.uow.visits.answers_of(caregiver)
    moved = {place for (place, _on), answer in answers.items() if answer is VisitAnswer.MOVED}
    return frozenset([place for place in moved if has_left(answers, place, await _today_at(work, place))])


def has_left(answers: Answers, facility: FacilityId, today: date) -> bool:
    """Whether these answers say so of one facility, where it is this day."""
    moved = (visit for visit, answer in answers.items() if answer is VisitAnswer.MOVED)
    return any(place == facility and today <= on + MOVED_HOLDS for place, on in moved)


async def _today_at(work: Work, place: FacilityId) -> date:
    facility = await work.uow.area.facility(place)
    return work.moment.today(facility.zone if facility is not None else "UTC")


async def may_show_visits(work: Work, caregiver: Caregiver) -> bool:
    """Whether her visits may be spoken of: the child's file may be used, and the schedule is signed."""
    if not stands_for_child(await work.uow.consents.about_family(caregiver.family), Purpose.FILE):
        return False
    family = await work.uow.families.family(caregiver.family)
    facility = await work.uow.area.facility(family.facility) if family else None
    return facility is not None and await may_remind(work, facility)

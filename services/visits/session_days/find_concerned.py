"""Whom a change of a session day concerns: whose next visit shifts, from the day on which she believes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from domain.area import Facility
from domain.consent import Purpose, stands_for_child
from domain.farewell import born_after
from domain.identifiers import CaregiverId, FamilyId
from domain.people import Caregiver, Child
from domain.session_calendar import SessionCalendar
from domain.session_notice import Difference, Notice, Shift, notice_of, parse_session_occasion
from domain.visits import Needs, PlannedVisit, first_open_day, next_visit
from services.turn import Work
from services.visits.find_needs import find_child_needs, find_pregnancy_needs, place_of
from services.visits.find_visits import Subject, closed_today
from services.visits.may_remind import may_remind
from services.visits.session_days.what_was_heard import Calls, Known, find_calls, know_caregiver


@dataclass(frozen=True)
class CalendarChange:
    """A facility's calendar as it was and as it will be, and what differs."""

    before: SessionCalendar
    after: SessionCalendar
    what: Difference


@dataclass(frozen=True)
class Concerned:
    """One caregiver and what she is to be told, about whom. `known` is what she has heard so far."""

    caregiver: Caregiver
    notice: Notice
    shift: Shift
    known: Known
    subjects: tuple[Subject, ...]

    @property
    def children(self) -> tuple[Child, ...]:
        """The children among them."""
        return tuple(one for one in self.subjects if isinstance(one, Child))


@dataclass(frozen=True)
class Findings:
    """Whom it concerns, family by family; and what is on its way and no longer true: messages, and calls to be made."""

    concerned: tuple[Concerned, ...] = ()
    needless_messages: frozenset[tuple[CaregiverId, str]] = frozenset()
    needless_calls: frozenset[str] = frozenset()


@dataclass
class _Look:
    """One look at everybody, in which a caregiver and a family are asked about once.

    `closed` holds today if its session was closed already: nobody is expected at it any more.
    """

    work: Work
    facility: Facility
    change: CalendarChange
    calls: Calls
    closed: frozenset[date]
    known: dict[CaregiverId, Known] = field(default_factory=dict)
    consents: dict[FamilyId, bool] = field(default_factory=dict)
    needless_messages: set[tuple[CaregiverId, str]] = field(default_factory=set)
    needless_calls: set[str] = field(default_factory=set)

    async def at(self, caregiver: Caregiver, subject: Subject, needs: Needs) -> Concerned | None:
        """She with one of hers; None when it is no news to her."""
        if not await self._agrees(caregiver.family):
            return None
        if caregiver.id not in self.known:
            calls = self.calls.get(caregiver.family, ())
            self.known[caregiver.id] = await know_caregiver(self.work, self.facility, caregiver, calls)
        known = self.known[caregiver.id]
        before, after = (self._next(needs, one, known) for one in (self.change.before, self.change.after))
        shift = Shift(before, after)
        if shift.was_on != shift.is_on:
            self._give_up(caregiver, shift.was_on, known)
        elif shift.was_on in self.change.what.altered:
            self._give_up(caregiver, shift.was_on, known, but_vaccines=True)
        notice = notice_of(shift, self.change.what, known.heard)
        return Concerned(caregiver, notice, shift, known, (subject,)) if notice else None

    def _give_up(self, caregiver: Caregiver, on: date | None, known: Known, *, but_vaccines: bool = False) -> None:
        """What has not gone yet and speaks of a day that is no longer hers, or of its old hours."""
        waiting = [occasion for day, occasion in known.waiting if day == on]
        kept = [one for one in waiting if but_vaccines and _is_about_vaccine(one)]
        self.needless_messages |= {(caregiver.id, occasion) for occasion in waiting if occasion not in kept}
        self.needless_calls |= {occasion for day, occasion in known.called if day == on}

    def _next(self, needs: Needs, calendar: SessionCalendar, known: Known) -> PlannedVisit | None:
        local = self.work.moment.now.astimezone(ZoneInfo(self.facility.zone))
        return next_visit(needs, calendar, first_open_day(calendar, local), unless=known.unless | self.closed)

    async def _agrees(self, family: FamilyId) -> bool:
        """Whether the child's file may be used; who was never asked is called all the same."""
        if family not in self.consents:
            answers = await self.work.uow.consents.about_family(family)
            asked = any(one.purpose is Purpose.FILE for _role, one in answers)
            self.consents[family] = not asked or stands_for_child(answers, Purpose.FILE)
        return self.consents[family]


def _is_about_vaccine(occasion: str) -> bool:
    read = parse_session_occasion(occasion)
    return read is not None and bool(read.vaccine)


async def find_concerned(work: Work, facility: Facility, change: CalendarChange) -> Findings:
    """Everybody who is to hear of it; nobody where the schedule may not be spoken of."""
    if not await may_remind(work, facility):
        return Findings()
    look = _Look(work, facility, change, await find_calls(work, facility), await closed_today(work, facility))
    found: dict[tuple[CaregiverId, Notice], Concerned] = {}
    for subject, needs, caregivers in await _subjects(work, facility, change.what.days):
        for caregiver in caregivers:
            one = await look.at(caregiver, subject, needs)
            if one is not None:
                key = (caregiver.id, one.notice)
                found[key] = replace(one, subjects=(*(found[key].subjects if key in found else ()), subject))
    concerned = tuple(sorted(found.values(), key=lambda one: (one.caregiver.family, one.caregiver.id)))
    return Findings(concerned, frozenset(look.needless_messages), frozenset(look.needless_calls))


_Subjects = list[tuple[Subject, Needs, Sequence[Caregiver]]]


async def _subjects(work: Work, facility: Facility, days: Iterable[date]) -> _Subjects:
    """Who has something due on one of these days: nobody else can be expected then."""
    place = await place_of(work, facility)
    today = work.moment.today(facility.zone)
    children = await work.uow.families.children_at(facility.id, born_after=born_after(today))
    needs = await find_child_needs(work, place, children)
    found: _Subjects = [
        (child, needs[child.id], await work.uow.families.caregivers_of_child(child.id))
        for child in children
        if _is_due(needs[child.id], days)
    ]
    return found + await _pregnancies(work, facility, days)


async def _pregnancies(work: Work, facility: Facility, days: Iterable[date]) -> _Subjects:
    awaited = await work.uow.families.pregnancies_at(facility.id)
    needs = await find_pregnancy_needs(work, await place_of(work, facility), awaited)
    return [
        (one, needs[one.id], await work.uow.lives.caregivers_expecting(one.id))
        for one in awaited
        if _is_due(needs[one.id], days)
    ]


def _is_due(needs: Needs, days: Iterable[date]) -> bool:
    return any(needs.due(day) for day in days)

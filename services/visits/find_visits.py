"""The visits that children need next: what is due, bundled, on a day on which their facility holds a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.consent import Purpose, stands_for_child
from domain.identifiers import CaregiverId, ChildId, FacilityId
from domain.people import Caregiver, Child
from domain.session_days import RuleProblem, SessionRule, parse_session_rule
from domain.vaccination.forecast import DoseForecast
from domain.visits import PlannedVisit, next_visit
from services.ports.visits import Vaccination, VisitAnswer
from services.programme import Programme
from services.turn import Work


@dataclass(frozen=True)
class ChildVisit:
    """The next visit of one child; `visit` is None when nothing is due within a year or no rule is known."""

    child: Child
    facility: Facility
    visit: PlannedVisit | None


@dataclass(frozen=True)
class FamilyVisit:
    """Children who are expected at one facility on one day: siblings go together."""

    facility: Facility
    on: date
    children: tuple[tuple[Child, tuple[DoseForecast, ...]], ...]

    @property
    def child_ids(self) -> tuple[ChildId, ...]:
        """Whom it concerns."""
        return tuple(child.id for child, _doses in self.children)

    @property
    def hours(self) -> str:
        """From when to when the session is open; empty when nobody told us."""
        rule = rule_of(self.facility)
        return str(rule.hours) if rule and rule.hours else self.facility.hours

    @property
    def vaccines(self) -> tuple[str, ...]:
        """Every vaccine that is due, each once."""
        return tuple(dict.fromkeys(dose.vaccine for _child, doses in self.children for dose in doses))


def rule_of(facility: Facility) -> SessionRule | None:
    """The facility's session days; None when its line cannot be read (import refuses such lines)."""
    rule = parse_session_rule(facility.session_rule)
    return None if isinstance(rule, RuleProblem) else rule


async def find_child_visits(
    work: Work, children: Sequence[Child], *, unless: frozenset[tuple[FacilityId, date]] = frozenset()
) -> tuple[ChildVisit, ...]:
    """Each child's next visit, on no day of `unless` (the days on which she cannot come)."""
    given = await work.uow.visits.vaccinations_of([child.id for child in children])
    facilities = {child.facility: await work.uow.area.facility(child.facility) for child in children}
    found = []
    for child in children:
        facility = facilities[child.facility]
        if facility is not None:
            today = work.moment.today(facility.zone)
            forecasts = _forecasts(work.programme, child, facility, given.get(child.id, ()), today)
            cannot = frozenset(day for place, day in unless if place == facility.id)
            found.append(ChildVisit(child, facility, _next(forecasts, facility, today, cannot)))
    return tuple(found)


def _forecasts(
    programme: Programme, child: Child, facility: Facility, given: Sequence[Vaccination], today: date
) -> tuple[DoseForecast, ...]:
    forecaster = programme.forecasters.get(facility.commune.province.country)
    return forecaster.forecast(child, given, today) if forecaster else ()


def _next(
    forecasts: Sequence[DoseForecast], facility: Facility, today: date, cannot: frozenset[date]
) -> PlannedVisit | None:
    rule = rule_of(facility)
    return next_visit(forecasts, rule, today, cancelled=cannot) if rule else None


async def find_family_visits(work: Work, caregiver: CaregiverId, children: Sequence[Child]) -> tuple[FamilyVisit, ...]:
    """A caregiver's next visits, siblings of one day together, without the days on which she said she cannot come."""
    cannot = await _cannot(work, caregiver)
    found = await find_child_visits(work, children, unless=cannot)
    days: dict[tuple[FacilityId, date], FamilyVisit] = {}
    for one in found:
        if one.visit is not None:
            key = (one.facility.id, one.visit.on)
            earlier = days[key].children if key in days else ()
            days[key] = FamilyVisit(one.facility, one.visit.on, (*earlier, (one.child, one.visit.doses)))
    return tuple(sorted(days.values(), key=lambda visit: visit.on))


async def cannot_come(work: Work, caregiver: CaregiverId, facility: FacilityId) -> frozenset[date]:
    """The session days of a facility on which she said that she cannot come."""
    return frozenset(day for place, day in await _cannot(work, caregiver) if place == facility)


async def _cannot(work: Work, caregiver: CaregiverId) -> frozenset[tuple[FacilityId, date]]:
    answers = await work.uow.visits.answers_of(caregiver)
    return frozenset(day for day, answer in answers.items() if answer is VisitAnswer.CANNOT)


async def may_show_visits(work: Work, caregiver: Caregiver) -> bool:
    """Whether her visits may be spoken of: the child's file may be used, and the schedule is signed."""
    if not stands_for_child(await work.uow.consents.about_family(caregiver.family), Purpose.FILE):
        return False
    if work.programme.rehearsal:
        return True
    family = await work.uow.families.family(caregiver.family)
    facility = await work.uow.area.facility(family.facility) if family else None
    forecaster = work.programme.forecasters.get(facility.commune.province.country) if facility else None
    return forecaster is not None and forecaster.signed

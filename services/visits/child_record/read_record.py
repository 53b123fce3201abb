"""One child's record, judged: every dose given with what became of it, what is next, and why on that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.care.forecast import CareForecast
from domain.people import Child
from domain.vaccination.forecast import DoseForecast
from domain.vaccination.history import GivenDose
from domain.vaccination.reports import joined_history
from domain.vaccination.schedule import Schedule
from domain.why import JudgedDose, VisitChoice, coming, judged, why_this_day
from services.ports.visits import ON_RECORD, Vaccination, VaccinationSource
from services.turn import Work
from services.visits.find_needs import assess_children, place_of
from services.visits.find_visits import find_child_visits


@dataclass(frozen=True)
class GivenLine:
    """A dose with what became of it, and whose word it is."""

    dose: JudgedDose
    source: VaccinationSource


@dataclass(frozen=True)
class ChildRecord:
    """Everything about one child's doses on a day. `forecasts` are all groups, `coming` those still to be given."""

    child: Child
    facility: Facility
    schedule: Schedule | None
    given: tuple[GivenLine, ...]
    forecasts: tuple[DoseForecast, ...]
    care: tuple[CareForecast, ...]
    choice: VisitChoice
    card_missing: bool

    @property
    def coming(self) -> tuple[DoseForecast, ...]:
        """The doses that are still to be given, the next one first."""
        return coming(self.forecasts)


async def read_record(
    work: Work, child: Child, facility: Facility, *, cannot: frozenset[date] = frozenset()
) -> ChildRecord:
    """The record of a child for whom the caller has access. On the days of `cannot` the family cannot come."""
    place = await place_of(work, facility)
    assessment = (await assess_children(work, place, [child]))[child.id]
    given = _in_order((await work.uow.visits.vaccinations_of([child.id]))[child.id])
    (visit,) = await find_child_visits(work, facility, [child], unless=cannot)
    calendar = await work.uow.sessions.calendar(facility)
    lines = judged([dose for dose, _source in given], assessment.evaluations)
    return ChildRecord(
        child=child,
        facility=facility,
        schedule=place.forecaster.schedule if place.forecaster else None,
        given=tuple(GivenLine(line, source) for line, (_dose, source) in zip(lines, given, strict=True)),
        forecasts=assessment.forecasts,
        care=visit.needs.care,
        choice=why_this_day(visit.visit, visit.needs, calendar, work.moment.today(facility.zone), cannot=cannot),
        card_missing=child.id in await work.uow.visits.cards_missing([child.id]),
    )


def _in_order(rows: Sequence[Vaccination]) -> list[tuple[GivenDose, VaccinationSource]]:
    """The doses in the order in which they are judged; a report that gave way to the record is not among them."""
    told = [(_dose(row), row.source) for row in rows]
    recorded = [one for one in told if one[1] in ON_RECORD]
    reported = [one for one in told if one[1] not in ON_RECORD]
    words = [*recorded, *reported]
    ordered = []
    for dose in joined_history([one for one, _source in recorded], [one for one, _source in reported]):
        found = next(one for one in words if one[0] == dose)
        words.remove(found)
        ordered.append(found)
    return ordered


def _dose(row: Vaccination) -> GivenDose:
    return GivenDose(row.vaccine, row.given_on if row.date_known else None)

"""What children, and mothers in pregnancy, still need: doses, check-ups, rounds; by the rules of their province."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.care.forecast import CareSettings, forecast_care
from domain.care.plan import CarePlace, CareSubject, pregnancy_start
from domain.care.rounds import rounds_due
from domain.identifiers import ChildId, PregnancyId
from domain.people import Child, Pregnancy
from domain.province_rules import ProvinceRules
from domain.vaccination.engine import Assessment, Exemption
from domain.visits import Needs
from services.ports.forecasting import Circumstances, ForecastPort
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Work


@dataclass(frozen=True)
class Place:
    """A facility with what counts there: its province's rules, and its country's schedule (None: we have none)."""

    facility: Facility
    rules: ProvinceRules
    forecaster: ForecastPort | None


async def place_of(work: Work, facility: Facility) -> Place:
    """What counts at a facility."""
    province = facility.commune.province
    forecaster = work.programme.forecaster(province.country, await work.uow.forecasts.active_versions())
    return Place(facility, await work.uow.rules.of(province.code), forecaster)


EVERYBODY = frozenset(VaccinationSource)


@dataclass(frozen=True)
class ChildRecords:
    """What is known of some children, read at once: what was given, what is not asked for, which care was done."""

    given: Mapping[ChildId, Sequence[Vaccination]]
    exemptions: Mapping[ChildId, Mapping[str, Exemption]]
    done: Mapping[ChildId, Mapping[str, date]]


async def read_children(work: Work, children: Sequence[Child], today: date) -> ChildRecords:
    """The records of these children, of whichever facility, on a day."""
    ids = [child.id for child in children]
    given, exemptions = await _read_doses(work, ids, today)
    return ChildRecords(given, exemptions, await work.uow.care.done_for_children(ids))


async def _read_doses(
    work: Work, ids: Sequence[ChildId], today: date
) -> tuple[Mapping[ChildId, Sequence[Vaccination]], Mapping[ChildId, Mapping[str, Exemption]]]:
    return await work.uow.visits.vaccinations_of(ids), await work.uow.care.exemptions_of(ids, today)


async def find_child_needs(
    work: Work, place: Place, children: Sequence[Child], *, believed: frozenset[VaccinationSource] = EVERYBODY
) -> Mapping[ChildId, Needs]:
    """What each child of a facility needs from today on, by the words that are `believed`."""
    if not children:
        return {}
    records = await read_children(work, children, work.moment.today(place.facility.zone))
    return {child.id: needs_of_child(work, place, child, records, believed=believed) for child in children}


def needs_of_child(
    work: Work,
    place: Place,
    child: Child,
    records: ChildRecords,
    *,
    believed: frozenset[VaccinationSource] = EVERYBODY,
) -> Needs:
    """The same for one child whose records are at hand."""
    told = [dose for dose in records.given[child.id] if dose.source in believed]
    assessment = assess_child(work, place, child, told, _circumstances(work, place, records.exemptions[child.id]))
    return _needs(work, place, child, assessment, records.done[child.id])


async def assess_children(
    work: Work, place: Place, children: Sequence[Child], *, believed: frozenset[VaccinationSource] = EVERYBODY
) -> Mapping[ChildId, Assessment]:
    """Every dose of each child judged, and what comes next."""
    today = work.moment.today(place.facility.zone)
    given, exemptions = await _read_doses(work, [child.id for child in children], today)
    found = {}
    for child in children:
        around = _circumstances(work, place, exemptions[child.id])
        told = [dose for dose in given[child.id] if dose.source in believed]
        found[child.id] = assess_child(work, place, child, told, around)
    return found


def assess_child(
    work: Work, place: Place, child: Child, given: Sequence[Vaccination], around: Circumstances
) -> Assessment:
    """One child by what was given; nothing where the country has no schedule."""
    if place.forecaster is None:
        return Assessment((), ())
    today = work.moment.today(place.facility.zone)
    assessment = place.forecaster.assess(child, given, today, around)
    return place.rules.within_upper_ages(assessment, child.birth_date, today)


def _circumstances(work: Work, place: Place, exemptions: Mapping[str, Exemption]) -> Circumstances:
    today = work.moment.today(place.facility.zone)
    province = place.facility.commune.province.code
    default = place.forecaster.default_gates(province, today) if place.forecaster else frozenset()
    return Circumstances(place.rules.open_gates(default, today), exemptions, place.rules.upper_ages)


def _needs(work: Work, place: Place, child: Child, assessment: Assessment, done: Mapping[str, date]) -> Needs:
    today = work.moment.today(place.facility.zone)
    care = [
        one
        for plan in work.programme.care_plans_of(place.facility.commune.province.country, CareSubject.CHILD)
        for one in forecast_care(plan, anchor_on=child.birth_date, done=done, today=today, settings=_settings(place))
        if one.place is CarePlace.STATION
    ]
    care += rounds_due(place.rules.rounds, child.birth_date, today, done=done)
    return Needs(assessment.forecasts, tuple(care))


async def find_pregnancy_needs(
    work: Work, place: Place, pregnancies: Sequence[Pregnancy]
) -> Mapping[PregnancyId, Needs]:
    """What a mother needs in each pregnancy: contacts, tetanus doses, screenings."""
    if not pregnancies:
        return {}
    done = await work.uow.care.done_in_pregnancies([one.id for one in pregnancies])
    return {one.id: needs_in_pregnancy(work, place, one, done[one.id]) for one in pregnancies}


def needs_in_pregnancy(work: Work, place: Place, pregnancy: Pregnancy, done: Mapping[str, date]) -> Needs:
    """The same for one pregnancy of which it is known what was done."""
    today, begun = work.moment.today(place.facility.zone), pregnancy_start(pregnancy.due_on)
    care = tuple(
        due
        for plan in work.programme.care_plans_of(place.facility.commune.province.country, CareSubject.PREGNANCY)
        for due in forecast_care(plan, anchor_on=begun, done=done, today=today, settings=_settings(place))
        if due.place is CarePlace.STATION
    )
    return Needs((), care)


def _settings(place: Place) -> CareSettings:
    return CareSettings(until=place.rules.upper_ages)

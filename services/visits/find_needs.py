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


async def find_child_needs(
    work: Work, place: Place, children: Sequence[Child], *, believed: frozenset[VaccinationSource] = EVERYBODY
) -> Mapping[ChildId, Needs]:
    """What each child of a facility needs from today on, by the words that are `believed`."""
    if not children:
        return {}
    assessed = await assess_children(work, place, children, believed=believed)
    done = await work.uow.care.done_for_children([child.id for child in children])
    return {child.id: _needs(work, place, child, assessed[child.id], done[child.id]) for child in children}


async def assess_children(
    work: Work, place: Place, children: Sequence[Child], *, believed: frozenset[VaccinationSource] = EVERYBODY
) -> Mapping[ChildId, Assessment]:
    """Every dose of each child judged, and what comes next."""
    ids = [child.id for child in children]
    given = await work.uow.visits.vaccinations_of(ids)
    today = work.moment.today(place.facility.zone)
    exemptions = await work.uow.care.exemptions_of(ids, today)
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
    today = work.moment.today(place.facility.zone)
    done = await work.uow.care.done_in_pregnancies([one.id for one in pregnancies])
    plans = work.programme.care_plans_of(place.facility.commune.province.country, CareSubject.PREGNANCY)
    found = {}
    for one in pregnancies:
        begun = pregnancy_start(one.due_on)
        care = [
            due
            for plan in plans
            for due in forecast_care(plan, anchor_on=begun, done=done[one.id], today=today, settings=_settings(place))
            if due.place is CarePlace.STATION
        ]
        found[one.id] = Needs((), tuple(care))
    return found


def _settings(place: Place) -> CareSettings:
    return CareSettings(until=place.rules.upper_ages)

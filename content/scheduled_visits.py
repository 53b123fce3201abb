"""The scheduled visits of content/visits.yaml: read strictly, and proved against the schedules and care plans."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from content.errors import ContentError, Place
from content.yaml_files import Record, read_record
from domain.care.plan import CarePlan, CareSubject
from domain.vaccination.ages import Age
from domain.vaccination.schedule import Schedule
from domain.visit_texts import ScheduledVisit

FILE = "content/visits.yaml"
_SOME_DAY = date(2026, 1, 1)


@dataclass(frozen=True)
class NamedVisit:
    """A visit as it stands in the file; the places are for complaints."""

    country: str
    visit: ScheduledVisit
    place: Place
    doses_at: Place
    care_at: Place


@dataclass(frozen=True)
class Known:
    """What there is in a country: doses (series and number) and check-ups, each with the age that it is due at."""

    doses: Mapping[tuple[str, int], Age | None]
    care: Mapping[str, Age]


def read_visits(root: Path) -> tuple[Record, tuple[NamedVisit, ...]]:
    """The whole file, and its visits as they stand, each name and dose and check-up once a country."""
    top = read_record(root / FILE, root)
    top.only(["countries", "signs"])
    found: list[NamedVisit] = []
    for country in top.records("countries"):
        country.only(["country", "visits"])
        found += _of_country(country)
    return top, tuple(found)


def _of_country(record: Record) -> Iterator[NamedVisit]:
    above: list[NamedVisit] = []
    for one in record.records("visits"):
        visit = _visit(record.text("country"), one)
        for other in above:
            _prove_apart(visit, other)
        above.append(visit)
        yield visit


def _visit(country: str, record: Record) -> NamedVisit:
    record.only(["visit", "until"], ["doses", "care"])
    doses = tuple(_dose(record, text) for text in record.texts("doses"))
    care = record.texts("care")
    if len(set(doses)) < len(doses) or len(set(care)) < len(care) or not (doses or care):
        raise ContentError(record.place, "a visit has doses or check-ups, each of them once")
    visit = ScheduledVisit(record.text("visit"), _until(record), frozenset(doses), frozenset(care))
    return NamedVisit(country, visit, record.place, record.at("doses"), record.at("care"))


def _until(record: Record) -> Age:
    try:
        return Age.parse(record.text("until"))
    except ValueError as error:
        raise ContentError(record.at("until"), str(error)) from error


def _dose(record: Record, text: str) -> tuple[str, int]:
    series, _, number = text.rpartition(" ")
    if not series or not number.isdecimal():
        raise ContentError(record.at("doses"), f"“{text}” is not a dose like “penta_primary 1”")
    return series, int(number)


def _prove_apart(visit: NamedVisit, other: NamedVisit) -> None:
    if visit.visit.key == other.visit.key:
        raise ContentError(visit.place, f"the visit “{visit.visit.key}” is there twice")
    for series, number in sorted(visit.visit.doses & other.visit.doses):
        raise ContentError(visit.doses_at, f"“{series} {number}” belongs to “{other.visit.key}” already")
    for item in sorted(visit.visit.care & other.visit.care):
        raise ContentError(visit.care_at, f"“{item}” belongs to “{other.visit.key}” already")


def prove_visits(visits: Sequence[NamedVisit], schedules: Sequence[Schedule], plans: Sequence[CarePlan]) -> None:
    """Every dose and check-up is one of its country's, due while its words hold; the visits stand in order of age."""
    for country in dict.fromkeys(one.country for one in visits):
        own = [one for one in visits if one.country == country]
        known = _known(country, schedules, plans)
        for one in own:
            _prove_known(one, known)
        _prove_order(own, known)
        for one in own:
            _prove_until(one, known)


def _known(country: str, schedules: Iterable[Schedule], plans: Iterable[CarePlan]) -> Known:
    items = [item for plan in plans if _is_for(plan, country) for item in plan.items]
    return Known(
        {dose: age for one in schedules if one.country == country for dose, age in _doses_of(one)},
        {item.key: item.due for item in items},
    )


def _is_for(plan: CarePlan, country: str) -> bool:
    return (plan.country, plan.about) == (country, CareSubject.CHILD)


def _doses_of(schedule: Schedule) -> Iterator[tuple[tuple[str, int], Age | None]]:
    for group in schedule.groups:
        for series in (one for target in group.targets for one in target.series):
            for rule in series.doses:
                # The last of several versions is the one in force today.
                yield (series.key, rule.number), rule.ages[-1].recommended if rule.ages else None


def _prove_known(one: NamedVisit, known: Known) -> None:
    for series, number in sorted(one.visit.doses - known.doses.keys()):
        raise ContentError(one.doses_at, f"no schedule of {one.country} has the dose “{series} {number}”")
    for item in sorted(one.visit.care - known.care.keys()):
        raise ContentError(one.care_at, f"no care plan of {one.country} has the check-up “{item}”")


def _prove_until(one: NamedVisit, known: Known) -> None:
    first = _first_day(one.visit, known)
    if first is not None and one.visit.until.after(_SOME_DAY) <= first:
        raise ContentError(one.place, f"the words of “{one.visit.key}” end before anything of it is due")


def _prove_order(visits: Iterable[NamedVisit], known: Known) -> None:
    dated = [(one, day) for one in visits if (day := _first_day(one.visit, known)) is not None]
    for (earlier, first), (later, following) in pairwise(dated):
        if following < first:
            problem = f"“{later.visit.key}” is due before “{earlier.visit.key}”: the youngest visit stands first"
            raise ContentError(later.place, problem)


def _first_day(visit: ScheduledVisit, known: Known) -> date | None:
    """When something of it is due first, for a child of one day; None when all of it goes by intervals alone."""
    ages = [*(known.doses[dose] for dose in visit.doses), *(known.care[item] for item in visit.care)]
    return min((age.after(_SOME_DAY) for age in ages if age is not None), default=None)

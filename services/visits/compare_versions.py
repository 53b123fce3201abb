"""Before a version of a schedule is activated: which children change, and how."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.area import Facility
from domain.farewell import born_after
from domain.identifiers import ActorId, ChildId
from domain.moment import Moment
from domain.vaccination.changes import GroupChange, changes_between
from services.ports import UnitsOfWork
from services.ports.forecasting import ForecastPort
from services.programme import Programme
from services.turn import Work
from services.visits.find_needs import assess_children, place_of


@dataclass(frozen=True)
class ChildChange:
    """What changes for one child of a facility."""

    child: ChildId
    birth_date: date
    facility: str
    changes: tuple[GroupChange, ...]


@dataclass(frozen=True)
class Comparison:
    """How many children were looked at, and those for whom anything changes."""

    children: int
    changed: tuple[ChildChange, ...]


async def compare_versions(
    units: UnitsOfWork,
    programme: Programme,
    moment: Moment,
    coming: ForecastPort,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Judge every child by the version that is active and by the one that is coming; nothing is kept."""
    async with units.look() as uow:
        work = Work(uow, programme, moment)
        facilities = [one for one in await uow.area.facilities() if _country(one) == coming.schedule.country]
        looked_at = 0
        changed: list[ChildChange] = []
        for number, facility in enumerate(facilities, start=1):
            count, found = await _compare_facility(work, facility, coming)
            looked_at += count
            changed += found
            if progress:
                progress(number, len(facilities))
    return Comparison(looked_at, tuple(changed))


async def _compare_facility(work: Work, facility: Facility, coming: ForecastPort) -> tuple[int, Sequence[ChildChange]]:
    born = born_after(work.moment.today(facility.zone))
    children = await work.uow.families.children_at(facility.id, born_after=born)
    place = await place_of(work, facility)
    before = await assess_children(work, place, children)
    after = await assess_children(work, replace(place, forecaster=coming), children)
    found = [(child, changes_between(before[child.id], after[child.id])) for child in children]
    changed = [ChildChange(child.id, child.birth_date, facility.name, changes) for child, changes in found if changes]
    return len(children), changed


def may_count(programme: Programme, coming: ForecastPort, active: Mapping[str, str]) -> bool:
    """Whether a version may take the place of the one that counts: a draft not of a signed one, but in a rehearsal.

    Families are reminded where a country's schedule is signed; they must not be by a version that nobody signed.
    """
    now = programme.forecaster(coming.schedule.country, active)
    return programme.rehearsal or coming.signed or now is None or not now.signed


async def activate_version(
    units: UnitsOfWork, moment: Moment, coming: ForecastPort, *, by: ActorId | None = None
) -> None:
    """From now on this version counts; forecasts are computed anew by `refresh_forecasts`."""
    schedule = coming.schedule
    async with units.begin() as uow:
        await uow.forecasts.activate(schedule.key, schedule.version, by=by, at=moment.now)
        details = {"schedule": schedule.key, "version": schedule.version}
        await uow.programme.audit("activate_schedule", at=moment.now, actor=by, details=details)


def _country(facility: Facility) -> str:
    return facility.commune.province.country

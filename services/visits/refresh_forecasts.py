"""Keep each child's next days in the index, after a change of the child, of the schedule or of a province's rules.

The job is resumable by its nature: what is done is no longer stale, and a batch is a transaction.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from hashlib import blake2b

from domain.area import Facility
from domain.care.plan import CareSubject
from domain.farewell import born_after
from domain.moment import Moment
from domain.people import Child
from domain.visits import Needs
from services.ports import UnitsOfWork
from services.ports.forecasts import ChildForecast, Stale
from services.programme import Programme
from services.turn import Work
from services.visits.find_needs import Place, find_child_needs, place_of

BATCH = 200
GOOD_FOR = timedelta(days=28)
"""A forecast can change by the mere passing of time (a rule for an older child): so it is computed anew."""


async def refresh_forecasts(
    units: UnitsOfWork, programme: Programme, moment: Moment, progress: Callable[[int, int], None] | None = None
) -> int:
    """Compute anew whatever is stale; gives how many children that were. `progress` hears (done, total)."""
    async with units.look() as uow:
        work = Work(uow, programme, moment)
        places = [await place_of(work, one) for one in await uow.area.facilities()]
        counts = await uow.forecasts.count_stale({one.facility.id: _stale(work, one) for one in places})
    todo = [(one.facility, counts[one.facility.id]) for one in places]
    total, done = sum(counts.values()), 0
    for facility, count in todo:
        while count and (refreshed := await _refresh_batch(units, programme, moment, facility)):
            done += refreshed
            if progress:
                progress(done, max(done, total))
    return done


async def _refresh_batch(units: UnitsOfWork, programme: Programme, moment: Moment, facility: Facility) -> int:
    async with units.begin() as uow:
        work = Work(uow, programme, moment)
        place = await place_of(work, facility)
        children = await uow.forecasts.stale(facility.id, _stale(work, place), limit=BATCH)
        await refresh_children(work, place, children)
    return len(children)


async def refresh_children(work: Work, place: Place, children: Sequence[Child]) -> None:
    """Compute and keep the next days of these children of one facility."""
    needs = await find_child_needs(work, place, children)
    today = _today(work, place)
    ends = await work.uow.care.exemptions_end([child.id for child in children], today)
    version = version_of(work.programme, place, today)
    kept = [_kept(child, needs[child.id], version, today, asked_again=ends.get(child.id)) for child in children]
    await work.uow.forecasts.keep(kept, work.moment.now)


def version_of(programme: Programme, place: Place, today: date) -> str:
    """By which schedule, care plans and rules a child of this place is judged: a change gives another word."""
    if place.forecaster is None:
        return "none"
    schedule = place.forecaster.schedule
    province = place.facility.commune.province.code
    gates = sorted(place.rules.open_gates(place.forecaster.default_gates(province, today), today))
    ages = sorted((item, str(age)) for item, age in place.rules.upper_ages.items())
    rounds = [str(one) for one in place.rules.rounds]
    country = place.facility.commune.province.country
    plans = [(plan.key, plan.version) for plan in programme.care_plans_of(country, CareSubject.CHILD)]
    rules = blake2b(repr((gates, ages, rounds, plans)).encode(), digest_size=6).hexdigest()
    return f"{schedule.key}:{schedule.version}:{rules}"


def _stale(work: Work, place: Place) -> Stale:
    today = _today(work, place)
    return Stale(version_of(work.programme, place, today), born_after(today), _since(work.moment.now))


def _since(now: datetime) -> datetime:
    return now - GOOD_FOR


def _today(work: Work, place: Place) -> date:
    return work.moment.today(place.facility.zone)


def _kept(child: Child, needs: Needs, version: str, today: date, *, asked_again: date | None) -> ChildForecast:
    """A day on which a group that was left out is asked for again counts as one on which something may be due."""
    wanted = [dose for dose in needs.doses if dose.is_due(max(today, dose.due or today))]
    return ChildForecast(
        child=child.id,
        version=version,
        due_on=_first([*(dose.due for dose in wanted), *(care.due for care in needs.care), asked_again]),
        overdue_on=_first(dose.overdue for dose in wanted),
        latest_on=_first(dose.latest for dose in wanted),
    )


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)

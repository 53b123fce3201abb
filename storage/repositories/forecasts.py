"""The days that matter next for each child, and the active versions, in rows."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from domain.identifiers import ActorId, ChildId, FacilityId
from domain.people import Child
from services.ports.forecasts import ChildForecast, Stale
from storage.repositories.family_rows import child_of
from storage.repositories.stale_forecasts import forget_forecasts
from storage.statements import Statements
from storage.tables import child_forecasts, children, schedule_activations


class ForecastRows:
    """An index on dates, and nothing more."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._active: Mapping[str, str] | None = None

    async def active_versions(self) -> Mapping[str, str]:
        """For each schedule the version that staff activated last; read once in a transaction."""
        if self._active is None:
            self._active = await self._read_active()
        return self._active

    async def _read_active(self) -> Mapping[str, str]:
        rows = await self._statements.all(select(schedule_activations).order_by(schedule_activations.c.id))
        return {row[schedule_activations.c.schedule]: row[schedule_activations.c.version] for row in rows}

    async def activate(self, schedule: str, version: str, *, by: ActorId | None, at: datetime) -> None:
        """This version counts from now on."""
        self._active = None
        values = {"schedule": schedule, "version": version, "actor_id": by, "at": at}
        await self._statements.run(self._statements.insert(schedule_activations).values(values))

    async def keep(self, forecasts: Collection[ChildForecast], at: datetime) -> None:
        """Insert or replace."""
        for one in forecasts:
            values = {
                "version": one.version,
                "due_on": one.due_on,
                "overdue_on": one.overdue_on,
                "latest_on": one.latest_on,
                "computed_at": at,
            }
            insert = self._statements.insert(child_forecasts).values(child_id=one.child, **values)
            key = [child_forecasts.c.child_id]
            await self._statements.run(insert.on_conflict_do_update(index_elements=key, set_=values))

    async def stale(self, facility: FacilityId, sought: Stale, *, limit: int) -> Sequence[Child]:
        """At most so many children of a facility whose row is missing, of another version or too old, by number."""
        found = _with_forecast(select(children)).where(
            children.c.facility_id == facility, _goes_on(sought), _is_stale(sought)
        )
        return [child_of(row) for row in await self._statements.all(found.order_by(children.c.id).limit(limit))]

    async def count_stale(self, sought: Mapping[FacilityId, Stale]) -> Mapping[FacilityId, int]:
        """How many children of each facility there are; facilities that seek the same are asked together."""
        alike: defaultdict[Stale, list[FacilityId]] = defaultdict(list)
        for facility, one in sought.items():
            alike[one].append(facility)
        counts = dict.fromkeys(sought, 0)
        for one, places in alike.items():
            # Where all seek the same there is nothing to choose by: both tables are read through, row beside row.
            here = () if len(alike) == 1 else (children.c.facility_id.in_(places),)
            counts |= await self._count_stale(one, *here)
        return counts

    async def _count_stale(self, sought: Stale, *here: ColumnElement[bool]) -> dict[FacilityId, int]:
        # An expression and a sum: by a bare column or a condition on a child SQLite would go through the index on it,
        # and from there to each child at random, which takes thirty times as long.
        place = (children.c.facility_id + 0).label("place")
        count = func.sum(case((_goes_on(sought), 1), else_=0)).label("stale")
        found = _with_forecast(select(place, count)).where(_is_stale(sought), *here).group_by(place)
        return {FacilityId(row["place"]): int(row["stale"]) for row in await self._statements.all(found)}

    async def children_due(
        self, facilities: Collection[FacilityId], by: date
    ) -> Mapping[FacilityId, Sequence[ChildId]]:
        """The children of each of these facilities who may have something due by a day; no facility is left out."""
        here = children.join(child_forecasts, child_forecasts.c.child_id == children.c.id)
        due = (child_forecasts.c.due_on <= by) & children.c.ended_at.is_(None)
        found = select(children.c.facility_id, children.c.id).select_from(here).where(due)
        sought: dict[FacilityId, list[ChildId]] = {number: [] for number in facilities}
        for row in await self._statements.all(found):
            if (facility := FacilityId(row[children.c.facility_id])) in sought:
                sought[facility].append(ChildId(row[children.c.id]))
        return sought

    async def due_at(self, facilities: Collection[FacilityId], *, born_after: date, by: date) -> Sequence[Child]:
        """All other children of these facilities, born after a day, by name: for them something may be due by then."""
        here = children.c.facility_id.in_(facilities) & children.c.ended_at.is_(None)
        unknown = child_forecasts.c.child_id.is_(None)
        wanted = here & (children.c.birth_date > born_after) & or_(unknown, child_forecasts.c.due_on <= by)
        found = _with_forecast(select(children)).where(wanted).order_by(children.c.name, children.c.id)
        return tuple(child_of(row) for row in await self._statements.all(found))

    async def near_latest(self, *, born_after: date, by: date) -> Sequence[Child]:
        """The children born after a day for whom a dose may be too late after a day up to `by`, by name.

        Of whom nothing is known is not sought here: that would look at every child.
        """
        known = children.join(child_forecasts, child_forecasts.c.child_id == children.c.id)
        here = (children.c.birth_date > born_after) & children.c.ended_at.is_(None)
        found = select(children).select_from(known).where(here, child_forecasts.c.latest_on <= by)
        return tuple(
            child_of(row) for row in await self._statements.all(found.order_by(children.c.name, children.c.id))
        )

    async def forget(self, wanted: Collection[ChildId]) -> None:
        """Their rows are of no worth any more."""
        await forget_forecasts(self._statements, wanted)


def _with_forecast(found: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
    same = child_forecasts.c.child_id == children.c.id
    return found.select_from(children.outerjoin(child_forecasts, same))


def _goes_on(sought: Stale) -> ColumnElement[bool]:
    return children.c.ended_at.is_(None) & (children.c.birth_date > sought.born_after)


def _is_stale(sought: Stale) -> ColumnElement[bool]:
    return or_(
        child_forecasts.c.child_id.is_(None),
        child_forecasts.c.version != sought.version,
        child_forecasts.c.computed_at < sought.computed_since,
    )

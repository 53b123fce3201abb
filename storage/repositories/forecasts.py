"""The days that matter next for each child, and the active versions, in rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select

from domain.identifiers import ActorId, ChildId, FacilityId
from domain.people import Child
from services.ports.forecasts import ChildForecast, Stale
from storage.repositories.family_rows import child_of
from storage.repositories.stale_forecasts import forget_forecasts
from storage.statements import Statements
from storage.tables import child_forecasts, children, families, schedule_activations


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
        found = _with_forecast(select(children)).where(*_are_stale(facility, sought))
        return [child_of(row) for row in await self._statements.all(found.order_by(children.c.id).limit(limit))]

    async def count_stale(self, facility: FacilityId, sought: Stale) -> int:
        """How many there are."""
        found = _with_forecast(select(func.count(children.c.id))).where(*_are_stale(facility, sought))
        return int(await self._statements.value(found))

    async def quiet_in(self, zone: str, day: date) -> frozenset[ChildId]:
        """The children of a zone of whom it is known that nothing is due up to a day."""
        later = or_(child_forecasts.c.due_on.is_(None), child_forecasts.c.due_on > day)
        here = children.join(families, families.c.id == children.c.family_id)
        indexed = here.join(child_forecasts, child_forecasts.c.child_id == children.c.id)
        found = select(child_forecasts.c.child_id).select_from(indexed).where(families.c.zone == zone, later)
        return frozenset(ChildId(row[child_forecasts.c.child_id]) for row in await self._statements.all(found))

    async def due_at(self, facilities: Collection[FacilityId], *, born_after: date, by: date) -> Sequence[Child]:
        """All other children of these facilities, born after a day, by name: for them something may be due by then."""
        here = children.c.facility_id.in_(facilities) & children.c.ended_at.is_(None)
        unknown = child_forecasts.c.child_id.is_(None)
        wanted = here & (children.c.birth_date > born_after) & or_(unknown, child_forecasts.c.due_on <= by)
        found = _with_forecast(select(children)).where(wanted).order_by(children.c.name, children.c.id)
        return tuple(child_of(row) for row in await self._statements.all(found))

    async def forget(self, wanted: Collection[ChildId]) -> None:
        """Their rows are of no worth any more."""
        await forget_forecasts(self._statements, wanted)


def _with_forecast(found: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
    same = child_forecasts.c.child_id == children.c.id
    return found.select_from(children.outerjoin(child_forecasts, same))


def _are_stale(facility: FacilityId, sought: Stale) -> tuple[ColumnElement[bool], ...]:
    return (
        children.c.facility_id == facility,
        children.c.ended_at.is_(None),
        children.c.birth_date > sought.born_after,
        or_(
            child_forecasts.c.child_id.is_(None),
            child_forecasts.c.version != sought.version,
            child_forecasts.c.computed_at < sought.computed_since,
        ),
    )

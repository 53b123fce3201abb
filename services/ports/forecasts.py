"""The days that matter next for each child, kept so that planning finds its candidates; and the active versions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.identifiers import ActorId, ChildId, FacilityId
from domain.people import Child


@dataclass(frozen=True)
class ChildForecast:
    """The next day on which something is due for a child, is overdue, or would be too late; None: no such day.

    `version` names the schedule and the rules by which they were computed.
    """

    child: ChildId
    version: str
    due_on: date | None
    overdue_on: date | None
    latest_on: date | None


@dataclass(frozen=True)
class Stale:
    """Which rows are to be computed anew: of a child born after a day, if not of this version or not since then."""

    version: str
    born_after: date
    computed_since: datetime


class ForecastIndexPort(Protocol):
    """Kept forecasts are an index and nothing more: whoever decides computes anew."""

    async def active_versions(self) -> Mapping[str, str]:
        """For each schedule the version that staff activated last."""
        ...

    async def activate(self, schedule: str, version: str, *, by: ActorId | None, at: datetime) -> None:
        """This version counts from now on."""
        ...

    async def keep(self, forecasts: Collection[ChildForecast], at: datetime) -> None:
        """Insert or replace."""
        ...

    async def stale(self, facility: FacilityId, sought: Stale, *, limit: int) -> Sequence[Child]:
        """At most so many children of a facility whose row is missing, of another version or too old, by number."""
        ...

    async def count_stale(self, sought: Mapping[FacilityId, Stale]) -> Mapping[FacilityId, int]:
        """How many such children each facility has."""
        ...

    async def children_due(
        self, facilities: Collection[FacilityId], by: date
    ) -> Mapping[FacilityId, Sequence[ChildId]]:
        """The children of each of these facilities who may have something due by a day; no facility is left out."""
        ...

    async def due_at(self, facilities: Collection[FacilityId], *, born_after: date, by: date) -> Sequence[Child]:
        """All other children of these facilities, born after a day, by name: for them something may be due by then."""
        ...

    async def near_latest(self, *, born_after: date, by: date) -> Sequence[Child]:
        """The children born after a day for whom a dose may be too late after a day up to `by`, by name.

        Of whom nothing is known is not among them.
        """
        ...

    async def forget(self, children: Collection[ChildId]) -> None:
        """Their rows are of no worth any more."""
        ...

"""What the programme notes about itself, and the candidates of a day's planning, in rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from domain.begun import PlannedUntil
from domain.identifiers import ActorId, AddressId, CaregiverId, ChildId, FacilityId
from domain.people import Caregiver
from services.ports.programme import Awaiting, Candidate, Days, TipCandidate
from storage.repositories.candidates import (
    IS_SPOKEN_TO,
    count_births,
    count_due,
    count_families,
    find_awaited_by,
    find_awaiting,
    find_caregivers_of_due,
)
from storage.repositories.family_rows import caregiver_of
from storage.repositories.tip_candidates import find_again, find_born_on
from storage.statements import Statements
from storage.tables import audit_entries, caregivers, families, pregnancies, tick_runs, zone_plans


class ProgrammeRows:
    """Audit, heartbeats, candidates."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def audit(
        self,
        action: str,
        *,
        at: datetime,
        actor: ActorId | None = None,
        address: AddressId | None = None,
        subject: str | None = None,
        details: Mapping[str, str | int] | None = None,
    ) -> None:
        """Note who did what."""
        done = {"action": action, "at": at, "actor_id": actor, "address_id": address, "subject": subject}
        kept = dict(details) if details is not None else None
        await self._statements.run(self._statements.insert(audit_entries).values(**done, details=kept))

    async def audited(self, action: str) -> int:
        """How often something was noted."""
        count = select(func.count()).where(audit_entries.c.action == action)
        return int(await self._statements.value(count))

    async def note_tick(self, tick: str, *, ran_at: datetime, wall_at: datetime) -> None:
        """Note that a tick of the timetable ran."""
        values = {"ran_at": ran_at, "wall_at": wall_at}
        insert = self._statements.insert(tick_runs).values(tick=tick, **values)
        await self._statements.run(insert.on_conflict_do_update(index_elements=[tick_runs.c.tick], set_=values))

    async def last_tick(self, tick: str) -> datetime | None:
        """The programme's time of its last run."""
        ran_at: datetime | None = await self._statements.value(
            select(tick_runs.c.ran_at).where(tick_runs.c.tick == tick)
        )
        return ran_at

    async def planned_until(self, zone: str) -> PlannedUntil | None:
        """Up to which day a zone is planned; None: nothing is known."""
        row = await self._statements.first(select(zone_plans).where(zone_plans.c.zone == zone))
        return PlannedUntil(row[zone_plans.c.planned_on], row[zone_plans.c.journey]) if row else None

    async def note_planned(self, zone: str, planned: PlannedUntil, at: datetime) -> None:
        """All that began in a zone up to that day is in the outbox."""
        values = {"planned_on": planned.on, "journey": planned.journey, "planned_at": at}
        insert = self._statements.insert(zone_plans).values(zone=zone, **values)
        await self._statements.run(insert.on_conflict_do_update(index_elements=[zone_plans.c.zone], set_=values))

    async def pauses_over(self, zone: str, today: date) -> Sequence[Caregiver]:
        """Joined caregivers of a zone, not stopped, whose pause has an end that has come."""
        over = caregivers.c.paused_until.is_not(None) & (caregivers.c.paused_until <= today)
        joined = caregivers.join(families, families.c.id == caregivers.c.family_id)
        found = select(caregivers).select_from(joined).where(over, IS_SPOKEN_TO, families.c.zone == zone)
        return tuple(caregiver_of(row) for row in await self._statements.all(found.order_by(caregivers.c.id)))

    async def births_on(self, days: Collection[date]) -> Mapping[date, int]:
        """How many children were born on each of these days; days without one are left out."""
        return await count_births(self._statements, days)

    async def families_within(self, *, born: Collection[Days], due: Collection[Days]) -> int:
        """How many families have a child born, or a pregnancy due, within some of these days; contact goes on."""
        return await count_families(self._statements, born, due)

    async def due_on(self, days: Collection[date]) -> Mapping[date, int]:
        """How many pregnancies that have not ended are due on each of these days; days without one are left out."""
        return await count_due(self._statements, days)

    async def born_on(self, zone: str, days: Collection[date]) -> Sequence[TipCandidate]:
        """Joined caregivers of a zone, not stopped, with their children born on these days."""
        return await find_born_on(self._statements, zone, days)

    async def candidates(
        self, caregivers: Collection[CaregiverId], *, born_from: date, born_to: date
    ) -> Sequence[TipCandidate]:
        """Those of these caregivers who have joined and are not stopped, with their children born within these days."""
        return await find_again(self._statements, caregivers, born_from, born_to)

    async def caregivers_of_due(
        self, wanted: Collection[ChildId], facilities: Collection[FacilityId], *, born_after: date, by: date
    ) -> Sequence[Candidate]:
        """Joined caregivers, not stopped, with those of these children at these facilities to whom something is due."""
        return await find_caregivers_of_due(self._statements, wanted, facilities, born_after=born_after, by=by)

    async def awaiting(self, zone: str, *, due_from: date, due_to: date) -> Sequence[Awaiting]:
        """Joined caregivers of a zone, not stopped, with a pregnancy due within these days that has not ended."""
        due = pregnancies.c.due_on.between(due_from, due_to)
        return await find_awaiting(self._statements, due, families.c.zone == zone)

    async def awaiting_on(self, zone: str, due_on: Collection[date]) -> Sequence[Awaiting]:
        """The same, due on one of these days."""
        return await find_awaiting(self._statements, pregnancies.c.due_on.in_(due_on), families.c.zone == zone)

    async def awaited_by(self, caregivers: Collection[CaregiverId]) -> Sequence[Awaiting]:
        """The same of these caregivers, due whenever."""
        return await find_awaited_by(self._statements, caregivers)

    async def awaiting_at(
        self, facilities: Collection[FacilityId], *, due_from: date, due_to: date
    ) -> Sequence[Awaiting]:
        """The same at facilities."""
        due = pregnancies.c.due_on.between(due_from, due_to)
        return await find_awaiting(self._statements, due & pregnancies.c.facility_id.in_(facilities))

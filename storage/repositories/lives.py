"""What happens in families' lives, in rows. Nothing is removed: an end is a mark that a person can take back."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select, update

from domain.ends import CaregiverEnd, ChildEnd, PregnancyEnd
from domain.identifiers import AddressId, CaregiverId, ChildId, FacilityId, FamilyId, PregnancyId
from domain.pause import Pause
from domain.people import Caregiver, Child, Pregnancy
from domain.tracks import Track
from storage.repositories.family_rows import caregiver_of, child_of, pregnancy_of
from storage.repositories.kept_tracks import columns_of, read_kept
from storage.repositories.stale_forecasts import forget_forecasts, forget_forecasts_where
from storage.statements import Statements
from storage.tables import care_roles, caregiver_addresses, caregivers, children, families, pregnancies


class LifeRows:
    """Pauses, losses, births, farewells, and people who are no longer spoken to."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def pause(self, caregiver: CaregiverId, pause: Pause | None) -> None:
        """She asked for silence; None: it is over."""
        scope, until = (pause.scope.value, pause.until) if pause else (None, None)
        await self._mark(caregivers, caregiver, pause_covers=scope, paused_until=until)

    async def bereave(self, caregiver: CaregiverId, at: datetime | None) -> None:
        """A loss in her family; None: it was told by mistake."""
        await self._mark(caregivers, caregiver, bereaved_at=at)

    async def end_caregiver(self, caregiver: CaregiverId, end: CaregiverEnd | None, at: datetime) -> None:
        """Nothing more is said to her; None: it was a mistake."""
        await self._end(caregivers, caregiver, end, at)

    async def end_child(self, child: ChildId, end: ChildEnd | None, at: datetime) -> None:
        """Nothing more is said about this child; None: it was a mistake."""
        await self._end(children, child, end, at)

    async def end_pregnancy(self, pregnancy: PregnancyId, end: PregnancyEnd | None, at: datetime) -> None:
        """Nothing more is said about this pregnancy; None: it was a mistake."""
        await self._end(pregnancies, pregnancy, end, at)

    async def end_awaited(self, pregnancy: PregnancyId, end: PregnancyEnd, at: datetime) -> bool:
        """The same for one that is still awaited; False when somebody was faster."""
        awaited = (pregnancies.c.id == pregnancy, pregnancies.c.ended_at.is_(None))
        change = update(pregnancies).where(*awaited).values(ended_at=at, ended_as=end.value)
        return bool(await self._statements.run(change))

    async def note_not_yet(self, pregnancy: PregnancyId, on: date) -> None:
        """The family answered on this day that the child is not born yet."""
        await self._mark(pregnancies, pregnancy, not_yet_on=on)

    async def grown_up(self, zone: str, born_by: date) -> tuple[Child, ...]:
        """The children of a zone born by this day of whom we still speak."""
        found = select(children).join(families, families.c.id == children.c.family_id)
        old = (children.c.birth_date <= born_by, children.c.ended_at.is_(None), families.c.zone == zone)
        rows = await self._statements.all(found.where(*old).order_by(children.c.birth_date, children.c.id))
        return tuple(child_of(row) for row in rows)

    async def _end(
        self, table: Table, row: int, end: CaregiverEnd | ChildEnd | PregnancyEnd | None, at: datetime
    ) -> None:
        ended = {"ended_at": at, "ended_as": end.value} if end else {"ended_at": None, "ended_as": None}
        await self._mark(table, row, **ended)

    async def _mark(self, table: Table, row: int, **values: Any) -> None:
        await self._statements.run(update(table).where(table.c.id == row).values(values))

    async def correct_birth_date(self, child: ChildId, birth_date: date, *, was: date) -> bool:
        """The child was born on this day; False when the day on record is another one than `was`."""
        known = (children.c.id == child, children.c.birth_date == was)
        corrected = await self._statements.run(update(children).where(*known).values(birth_date=birth_date))
        await forget_forecasts(self._statements, [child])
        return bool(corrected)

    async def keep_track(self, child: ChildId, track: Track) -> None:
        """The child's messages follow this track from now on."""
        await self._keep(child, await self._kept(child) | {track})

    async def leave_track(self, child: ChildId, track: Track) -> None:
        """The child's messages follow this track no longer."""
        await self._keep(child, await self._kept(child) - {track})

    async def _kept(self, child: ChildId) -> frozenset[Track]:
        columns = select(children.c.kept_tracks, children.c.tracks).where(children.c.id == child)
        rows = await self._statements.plain(columns)
        return read_kept(rows[0].kept_tracks, rows[0].tracks) if rows else frozenset()

    async def _keep(self, child: ChildId, tracks: frozenset[Track]) -> None:
        await self._mark(children, child, **columns_of(tracks))

    async def place_family(self, family: FamilyId, facility: FacilityId) -> None:
        """Another facility cares for the family, its children and pregnancies."""
        await self._mark(families, family, facility_id=facility)
        for table in (children, pregnancies):
            change = update(table).where(table.c.family_id == family).values(facility_id=facility)
            await self._statements.run(change)
        await forget_forecasts_where(self._statements, children.c.family_id == family)

    async def children_in(self, family: FamilyId) -> tuple[Child, ...]:
        """Every child of a family, those about whom contact ended too, by birth date."""
        return await self.children_of_families([family])

    async def children_of_families(self, families: Collection[FamilyId]) -> tuple[Child, ...]:
        """The same of many."""
        found = select(children).where(children.c.family_id.in_(families))
        rows = await self._statements.all(found.order_by(children.c.birth_date, children.c.id))
        return tuple(child_of(row) for row in rows)

    async def pregnancies_in(self, family: FamilyId) -> tuple[Pregnancy, ...]:
        """Every pregnancy of a family, ended ones too, by due date."""
        found = select(pregnancies).where(pregnancies.c.family_id == family)
        rows = await self._statements.all(found.order_by(pregnancies.c.due_on, pregnancies.c.id))
        return tuple(pregnancy_of(row) for row in rows)

    async def pregnancy(self, pregnancy: PregnancyId) -> Pregnancy | None:
        """The pregnancy, or None."""
        row = await self._statements.first(select(pregnancies).where(pregnancies.c.id == pregnancy))
        return pregnancy_of(row) if row else None

    async def caregivers_in(self, family: FamilyId) -> tuple[Caregiver, ...]:
        """Every caregiver of a family, those whose contact ended too, in the order of enrolment."""
        return await self.caregivers_of_families([family])

    async def caregivers_of_families(self, families: Collection[FamilyId]) -> tuple[Caregiver, ...]:
        """The same of many."""
        found = select(caregivers).where(caregivers.c.family_id.in_(families)).order_by(caregivers.c.id)
        return tuple(caregiver_of(row) for row in await self._statements.all(found))

    async def caregivers_expecting(self, pregnancy: PregnancyId) -> tuple[Caregiver, ...]:
        """Who awaits this birth, in the order of enrolment; nobody whose contact ended."""
        awaits = (care_roles.c.pregnancy_id == pregnancy, caregivers.c.ended_at.is_(None))
        found = select(caregivers).join(care_roles).where(*awaits).order_by(caregivers.c.id)
        return tuple(caregiver_of(row) for row in await self._statements.all(found))

    async def was_removed_from(self, address: AddressId, family: FamilyId) -> bool:
        """Whether somebody of this family was removed from this chat."""
        links = caregiver_addresses
        removed = (links.c.address_id == address, caregivers.c.family_id == family)
        ended = caregivers.c.ended_as == CaregiverEnd.REMOVED.value
        found = select(links.c.id).join(caregivers).where(*removed, ended).limit(1)
        return await self._statements.first(found) is not None

    async def was_unlinked(self, address: AddressId, as_: str) -> bool:
        """Whether somebody's link to this chat was ended in this way."""
        links = caregiver_addresses
        found = select(links.c.id).where(links.c.address_id == address, links.c.revoked_as == as_).limit(1)
        return await self._statements.first(found) is not None

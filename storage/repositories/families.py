"""Families, their caregivers and children, and consent in rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select, update

from domain.absence import Beat
from domain.finding import Sought
from domain.identifiers import ActorId, AddressId, CaregiverId, ChildId, FacilityId, FamilyId, PregnancyId
from domain.people import Caregiver, Child, Family, Pregnancy
from domain.reader import Role
from services.ports.families import CaregiverOnList, FamilyFound, Household, NewChild
from storage.repositories.caregiver_lists import has_not_joined, is_in, is_unreachable, list_caregivers
from storage.repositories.families_at_hand import (
    find_awaited,
    find_caregivers,
    find_children,
    find_households,
    find_told_of,
)
from storage.repositories.family_rows import caregiver_of, child_of, family_of, pregnancy_of
from storage.repositories.family_search import SearchScope, search_families
from storage.statements import Statements
from storage.tables import care_roles, caregiver_addresses, caregivers, children, families, pregnancies


class FamilyRows:
    """The programme's families."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def add_family(self, facility: FacilityId, zone: str, *, by: ActorId, at: datetime) -> FamilyId:
        """A new family, cared for by a facility."""
        whose = {"enrolled_by": by, "volunteer_id": by}
        return FamilyId(await self._add(families, facility_id=facility, zone=zone, enrolled_at=at, **whose))

    async def add_caregiver(self, family: FamilyId, role: Role, language: str, phone: str | None) -> CaregiverId:
        """A new caregiver, who has not joined yet."""
        usual = {"tip_hour": Caregiver.tip_hour, "amount": Caregiver.amount.value}
        added = self._add(caregivers, family_id=family, role=role.value, language=language, phone=phone, **usual)
        return CaregiverId(await added)

    async def add_child(self, family: FamilyId, facility: FacilityId, child: NewChild) -> ChildId:
        """A new child."""
        added = await self._add(
            children,
            family_id=family,
            facility_id=facility,
            name=child.name,
            birth_date=child.birth_date,
            sex=child.sex.value,
            birth_weight_g=child.birth_weight_g,
            gestation_weeks=child.gestation_weeks,
            birth_place=child.birth_place,
        )
        return ChildId(added)

    async def name_child(self, child: ChildId, name: str) -> None:
        """The family told its name."""
        await self._statements.run(update(children).where(children.c.id == child).values(name=name))

    async def add_pregnancy(self, family: FamilyId, facility: FacilityId, due_on: date) -> PregnancyId:
        """A new pregnancy."""
        return PregnancyId(await self._add(pregnancies, family_id=family, facility_id=facility, due_on=due_on))

    async def _add(self, table: Table, **values: Any) -> int:
        added: int = await self._statements.value(self._statements.insert(table).values(values).returning(table.c.id))
        return added

    async def add_care(
        self, caregiver: CaregiverId, role: Role, *, child: ChildId | None = None, pregnancy: PregnancyId | None = None
    ) -> None:
        """Bind a caregiver to a child or a pregnancy; binding twice changes nothing."""
        care = {"caregiver_id": caregiver, "role": role.value, "child_id": child, "pregnancy_id": pregnancy}
        await self._statements.run(self._statements.insert(care_roles).values(care).on_conflict_do_nothing())

    async def family(self, family: FamilyId) -> Family | None:
        """The family, or None."""
        row = await self._statements.first(select(families).where(families.c.id == family))
        return family_of(row) if row else None

    async def caregiver(self, caregiver: CaregiverId) -> Caregiver | None:
        """The caregiver, or None."""
        row = await self._statements.first(select(caregivers).where(caregivers.c.id == caregiver))
        return caregiver_of(row) if row else None

    async def caregivers_at(self, address: AddressId) -> tuple[Caregiver, ...]:
        """Who speaks from this address, in the order in which they were linked."""
        links = caregiver_addresses
        living = (links.c.address_id == address, links.c.revoked_at.is_(None), caregivers.c.ended_at.is_(None))
        found = select(caregivers).join(links).where(*living).order_by(links.c.linked_at, links.c.id)
        return tuple(caregiver_of(row) for row in await self._statements.all(found))

    async def caregivers_of_child(self, child: ChildId) -> tuple[Caregiver, ...]:
        """Who cares for a child, in the order of enrolment."""
        found = (
            select(caregivers).join(care_roles).where(care_roles.c.child_id == child, caregivers.c.ended_at.is_(None))
        )
        return tuple(caregiver_of(row) for row in await self._statements.all(found.order_by(caregivers.c.id)))

    async def caregivers_of_children(self, children: Collection[ChildId]) -> Mapping[ChildId, Sequence[Caregiver]]:
        """The same for many children at once."""
        return await find_caregivers(self._statements, children)

    async def households(self, families: Collection[FamilyId]) -> Mapping[FamilyId, Household]:
        """These families with all who belong to them and how each is reached."""
        return await find_households(self._statements, families)

    async def caregivers_of_family(self, family: FamilyId) -> tuple[Caregiver, ...]:
        """Who belongs to a family, in the order of enrolment; nobody whose contact ended."""
        found = select(caregivers).where(caregivers.c.family_id == family, caregivers.c.ended_at.is_(None))
        return tuple(caregiver_of(row) for row in await self._statements.all(found.order_by(caregivers.c.id)))

    async def child(self, child: ChildId) -> Child | None:
        """The child, or None."""
        row = await self._statements.first(select(children).where(children.c.id == child))
        return child_of(row) if row else None

    async def children_with(self, numbers: Collection[ChildId]) -> Sequence[Child]:
        """These children, those about whom contact ended too, by number."""
        return await find_children(self._statements, numbers)

    async def children_told_of(self, facilities: Collection[FacilityId], born_after: date) -> Sequence[Child]:
        """The children of these facilities, born after a day, with a dose by a family's own word, by name."""
        return await find_told_of(self._statements, facilities, born_after)

    async def children_of(self, caregiver: CaregiverId) -> tuple[Child, ...]:
        """Her children by birth date, twins in the order of enrolment; nobody about whom contact ended."""
        return tuple(child for child in await self.all_children_of(caregiver) if child.ended_as is None)

    async def all_children_of(self, caregiver: CaregiverId) -> tuple[Child, ...]:
        """The same, with those about whom contact ended."""
        found = select(children).join(care_roles).where(care_roles.c.caregiver_id == caregiver)
        rows = await self._statements.all(found.order_by(children.c.birth_date, children.c.id))
        return tuple(child_of(row) for row in rows)

    async def pregnancies_of(self, caregiver: CaregiverId) -> tuple[Pregnancy, ...]:
        """Her pregnancies, the next birth first."""
        hers = (care_roles.c.caregiver_id == caregiver, pregnancies.c.ended_at.is_(None))
        found = select(pregnancies).join(care_roles).where(*hers)
        rows = await self._statements.all(found.order_by(pregnancies.c.due_on, pregnancies.c.id))
        return tuple(pregnancy_of(row) for row in rows)

    async def children_at(self, facility: FacilityId, born_after: date) -> tuple[Child, ...]:
        """The children whom a facility cares for, born after a day, by name."""
        living = (children.c.birth_date > born_after, children.c.ended_at.is_(None))
        found = select(children).where(children.c.facility_id == facility, *living)
        rows = await self._statements.all(found.order_by(children.c.name, children.c.id))
        return tuple(child_of(row) for row in rows)

    async def pregnancies_at(self, facility: FacilityId) -> tuple[Pregnancy, ...]:
        """The pregnancies that a facility looks after and that have not ended, the next birth first."""
        return await find_awaited(self._statements, [facility])

    async def awaited_at(self, facilities: Collection[FacilityId]) -> Sequence[Pregnancy]:
        """The same for many facilities at once."""
        return await find_awaited(self._statements, facilities)

    async def change_caregiver(
        self,
        caregiver: CaregiverId,
        *,
        language: str | None = None,
        tip_hour: int | None = None,
        amount: int | None = None,
        phone: str | None = None,
        wants_visits: bool | None = None,
    ) -> None:
        """Change what she chose; None leaves as it is."""
        chosen: dict[str, str | int | None] = {"language": language, "tip_hour": tip_hour, "amount": amount}
        chosen |= {"phone": phone, "wants_visits": wants_visits}
        changed = {name: value for name, value in chosen.items() if value is not None}
        if changed:
            await self._statements.run(update(caregivers).where(caregivers.c.id == caregiver).values(changed))

    async def join_caregiver(self, caregiver: CaregiverId, *, at: datetime, on: date) -> None:
        """She gave her consent: from now on she is in. A second time changes nothing."""
        outside = (caregivers.c.id == caregiver, caregivers.c.joined_at.is_(None))
        await self._statements.run(update(caregivers).where(*outside).values(joined_at=at, joined_on=on))

    async def stop_caregiver(self, caregiver: CaregiverId, at: datetime | None) -> None:
        """She asked us to stop; None: she is back."""
        await self._statements.run(update(caregivers).where(caregivers.c.id == caregiver).values(stopped_at=at))

    async def search(
        self, facilities: Collection[FacilityId], sought: Sought, *, with_ended: bool, limit: int
    ) -> Sequence[FamilyFound]:
        """At most so many families of these facilities, the likeliest first; without those whose contact ended."""
        scope = SearchScope(facilities, with_ended)
        return await search_families(self._statements, scope, sought, limit)

    async def not_joined(self, beat: Beat) -> Sequence[CaregiverOnList]:
        """Enrolled and not yet joined, the longest waiting first."""
        return await list_caregivers(self._statements, is_in(beat) & has_not_joined())

    async def unreachable(self, beat: Beat) -> Sequence[CaregiverOnList]:
        """Joined, not stopped, and without an address that a channel delivers to."""
        return await list_caregivers(self._statements, is_in(beat) & is_unreachable())

    async def on_list(self, wanted: Collection[CaregiverId]) -> Sequence[CaregiverOnList]:
        """These caregivers as a list shows them, whatever there is about them."""
        return await list_caregivers(self._statements, caregivers.c.id.in_(wanted)) if wanted else ()

    async def forget_phone(self, caregiver: CaregiverId) -> None:
        """The number is not hers."""
        await self._statements.run(update(caregivers).where(caregivers.c.id == caregiver).values(phone=None))

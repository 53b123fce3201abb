"""Families, their caregivers and children, and consent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.absence import Beat
from domain.finding import Sought
from domain.identifiers import ActorId, AddressId, CaregiverId, ChildId, FacilityId, FamilyId, PregnancyId
from domain.people import Address, Caregiver, Child, Family, Pregnancy
from domain.reader import Role
from domain.sex import Sex


@dataclass(frozen=True)
class NewChild:
    """What is known of a child at enrolment."""

    name: str
    birth_date: date
    sex: Sex
    birth_weight_g: int | None = None
    gestation_weeks: int | None = None
    birth_place: str | None = None


@dataclass(frozen=True)
class CaregiverOnList:
    """A caregiver as a volunteer's list shows her: whom to reach and how, never why."""

    caregiver: Caregiver
    child_names: tuple[str, ...]
    awaiting: bool
    enrolled_on: date
    commune: str = ""


@dataclass(frozen=True)
class Member:
    """A caregiver with whom contact goes on, and the chats that lead to her, the one that wrote last first."""

    caregiver: Caregiver
    chats: tuple[Address, ...] = ()


@dataclass(frozen=True)
class Household:
    """A family and who belongs to it, in the order of enrolment."""

    family: Family
    members: tuple[Member, ...] = ()


@dataclass(frozen=True)
class FamilyFound:
    """A family that was sought: who of it stands first, and its children, the one that was meant first of all.

    `role` is None when no caregiver is left; `due_on` is of a child that is awaited.
    """

    family: FamilyId
    facility: FacilityId
    role: Role | None
    children: tuple[Child, ...]
    due_on: date | None


class FamilyPort(Protocol):
    """The programme's families."""

    async def caregivers_of_family(self, family: FamilyId) -> tuple[Caregiver, ...]:
        """Who belongs to a family, in the order of enrolment; nobody whose contact ended."""
        ...

    async def add_family(self, facility: FacilityId, zone: str, *, by: ActorId, at: datetime) -> FamilyId: ...

    async def add_caregiver(self, family: FamilyId, role: Role, language: str, phone: str | None) -> CaregiverId: ...

    async def add_child(self, family: FamilyId, facility: FacilityId, child: NewChild) -> ChildId: ...

    async def name_child(self, child: ChildId, name: str) -> None:
        """The family told its name."""
        ...

    async def add_pregnancy(self, family: FamilyId, facility: FacilityId, due_on: date) -> PregnancyId: ...

    async def add_care(
        self, caregiver: CaregiverId, role: Role, *, child: ChildId | None = None, pregnancy: PregnancyId | None = None
    ) -> None: ...

    async def family(self, family: FamilyId) -> Family | None: ...

    async def caregiver(self, caregiver: CaregiverId) -> Caregiver | None: ...

    async def caregivers_at(self, address: AddressId) -> tuple[Caregiver, ...]:
        """Who speaks from this address, in the order in which they were linked; nobody whose contact ended."""
        ...

    async def caregivers_of_child(self, child: ChildId) -> tuple[Caregiver, ...]:
        """Who cares for a child, in the order of enrolment; nobody whose contact ended."""
        ...

    async def caregivers_of_children(self, children: Collection[ChildId]) -> Mapping[ChildId, Sequence[Caregiver]]:
        """The same for many children at once."""
        ...

    async def households(self, families: Collection[FamilyId]) -> Mapping[FamilyId, Household]:
        """These families with all who belong to them and how each is reached."""
        ...

    async def child(self, child: ChildId) -> Child | None: ...

    async def children_with(self, numbers: Collection[ChildId]) -> Sequence[Child]:
        """These children, those about whom contact ended too, by number."""
        ...

    async def children_told_of(self, facilities: Collection[FacilityId], born_after: date) -> Sequence[Child]:
        """The children of these facilities, born after a day, with a dose by a family's own word, by name."""
        ...

    async def children_of(self, caregiver: CaregiverId) -> tuple[Child, ...]:
        """Her children by birth date, twins in the order of enrolment; nobody about whom contact ended."""
        ...

    async def all_children_of(self, caregiver: CaregiverId) -> tuple[Child, ...]:
        """The same, with those about whom contact ended."""
        ...

    async def pregnancies_of(self, caregiver: CaregiverId) -> tuple[Pregnancy, ...]: ...

    async def children_at(self, facility: FacilityId, born_after: date) -> tuple[Child, ...]:
        """The children whom a facility cares for, born after a day, by name."""
        ...

    async def pregnancies_at(self, facility: FacilityId) -> tuple[Pregnancy, ...]:
        """The pregnancies that a facility looks after and that have not ended, the next birth first."""
        ...

    async def awaited_at(self, facilities: Collection[FacilityId]) -> Sequence[Pregnancy]:
        """The same for many facilities at once."""
        ...

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
        ...

    async def join_caregiver(self, caregiver: CaregiverId, *, at: datetime, on: date) -> None:
        """She gave her consent: from now on she is in."""
        ...

    async def stop_caregiver(self, caregiver: CaregiverId, at: datetime | None) -> None:
        """She asked us to stop; None: she is back."""
        ...

    async def search(
        self, facilities: Collection[FacilityId], sought: Sought, *, with_ended: bool, limit: int
    ) -> Sequence[FamilyFound]:
        """At most so many families of these facilities, the likeliest first; without those whose contact ended."""
        ...

    async def on_list(self, wanted: Collection[CaregiverId]) -> Sequence[CaregiverOnList]:
        """These caregivers as a list shows them, whatever there is about them."""
        ...

    async def forget_phone(self, caregiver: CaregiverId) -> None:
        """The number is not hers."""
        ...

    async def not_joined(self, beat: Beat) -> Sequence[CaregiverOnList]:
        """Enrolled and not yet joined, the longest waiting first."""
        ...

    async def unreachable(self, beat: Beat) -> Sequence[CaregiverOnList]:
        """Joined, not stopped, and without an address that a channel delivers to."""
        ...

"""What happens in families' lives: pauses, losses, births, farewells, and people who are no longer spoken to."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from domain.ends import CaregiverEnd, ChildEnd, PregnancyEnd
from domain.identifiers import AddressId, CaregiverId, ChildId, FacilityId, FamilyId, PregnancyId
from domain.pause import Pause
from domain.people import Caregiver, Child, Pregnancy
from domain.tracks import Track


class LifePort(Protocol):
    """Nothing is removed here: an end is a mark that a person can take back."""

    async def pause(self, caregiver: CaregiverId, pause: Pause | None) -> None:
        """She asked for silence; None: it is over."""
        ...

    async def bereave(self, caregiver: CaregiverId, at: datetime | None) -> None:
        """A loss in her family; None: it was told by mistake."""
        ...

    async def end_caregiver(self, caregiver: CaregiverId, end: CaregiverEnd | None, at: datetime) -> None:
        """Nothing more is said to her; None: it was a mistake."""
        ...

    async def end_child(self, child: ChildId, end: ChildEnd | None, at: datetime) -> None:
        """Nothing more is said about this child; None: it was a mistake."""
        ...

    async def end_pregnancy(self, pregnancy: PregnancyId, end: PregnancyEnd | None, at: datetime) -> None:
        """Nothing more is said about this pregnancy; None: it was a mistake."""
        ...

    async def end_awaited(self, pregnancy: PregnancyId, end: PregnancyEnd, at: datetime) -> bool:
        """The same for one that is still awaited; False when somebody was faster."""
        ...

    async def note_not_yet(self, pregnancy: PregnancyId, on: date) -> None:
        """The family answered on this day that the child is not born yet."""
        ...

    async def grown_up(self, zone: str, born_by: date) -> tuple[Child, ...]:
        """The children of a zone born by this day of whom we still speak."""
        ...

    async def correct_birth_date(self, child: ChildId, birth_date: date, *, was: date) -> bool:
        """The child was born on this day; False when the day on record is another one than `was`."""
        ...

    async def keep_track(self, child: ChildId, track: Track) -> None:
        """The child's messages follow this track from now on."""
        ...

    async def leave_track(self, child: ChildId, track: Track) -> None:
        """The child's messages follow this track no longer."""
        ...

    async def place_family(self, family: FamilyId, facility: FacilityId) -> None:
        """Another facility cares for the family, its children and pregnancies."""
        ...

    async def children_in(self, family: FamilyId) -> tuple[Child, ...]:
        """Every child of a family, those about whom contact ended too, by birth date."""
        ...

    async def children_of_families(self, families: Collection[FamilyId]) -> tuple[Child, ...]:
        """The same of many."""
        ...

    async def pregnancies_in(self, family: FamilyId) -> tuple[Pregnancy, ...]:
        """Every pregnancy of a family, ended ones too, by due date."""
        ...

    async def pregnancy(self, pregnancy: PregnancyId) -> Pregnancy | None: ...

    async def caregivers_in(self, family: FamilyId) -> tuple[Caregiver, ...]:
        """Every caregiver of a family, those whose contact ended too, in the order of enrolment."""
        ...

    async def caregivers_of_families(self, families: Collection[FamilyId]) -> tuple[Caregiver, ...]:
        """The same of many."""
        ...

    async def caregivers_expecting(self, pregnancy: PregnancyId) -> tuple[Caregiver, ...]:
        """Who awaits this birth, in the order of enrolment; nobody whose contact ended."""
        ...

    async def was_removed_from(self, address: AddressId, family: FamilyId) -> bool:
        """Whether somebody of this family was removed from this chat."""
        ...

    async def was_unlinked(self, address: AddressId, as_: str) -> bool:
        """Whether somebody's link to this chat was ended in this way (`removed`, `erased`, `not_hers`)."""
        ...

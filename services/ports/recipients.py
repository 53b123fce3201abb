"""Those whom a batch of messages is for, looked up together: a batch costs as many questions as one message."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.area import Facility
from domain.consent import Consent
from domain.identifiers import AddressId, CaregiverId, ChildId, FacilityId, FamilyId
from domain.people import Address, Caregiver, Child, Family
from domain.reader import Role


@dataclass(frozen=True)
class Span:
    """The local day of a zone and the week that ends with it, as instants: `day_begins` to before `day_ends`."""

    week_begins: datetime
    day_begins: datetime
    day_ends: datetime


@dataclass(frozen=True)
class Said:
    """What she was told: tips and campaigns of the day, visit messages sent or still due on it, all of the week."""

    today: int = 0
    visits_today: int = 0
    this_week: int = 0


@dataclass(frozen=True)
class Recipients:
    """What is known of them at one moment. Whoever is missing here is not there any more."""

    caregivers: Mapping[CaregiverId, Caregiver] = field(default_factory=dict)
    families: Mapping[FamilyId, Family] = field(default_factory=dict)
    facilities: Mapping[FacilityId, Facility] = field(default_factory=dict)
    children: Mapping[ChildId, Child] = field(default_factory=dict)
    children_of: Mapping[CaregiverId, Sequence[Child]] = field(default_factory=dict)
    addresses: Mapping[AddressId, Address] = field(default_factory=dict)
    addresses_of: Mapping[CaregiverId, Sequence[Address]] = field(default_factory=dict)
    shared: frozenset[AddressId] = frozenset()
    consents: Mapping[FamilyId, Sequence[tuple[Role, Consent]]] = field(default_factory=dict)

    def zone_of(self, caregiver: Caregiver) -> str:
        """Her family's zone."""
        family = self.families.get(caregiver.family)
        return family.zone if family else "UTC"


class RecipientPort(Protocol):
    """Looked up by their numbers."""

    async def look_up(
        self, caregivers: Collection[CaregiverId], *, addresses: Collection[AddressId], children: Collection[ChildId]
    ) -> Recipients:
        """These caregivers with their families, children, chats and consents; these chats; these children.

        `children_of` leaves out whom contact ended about; of `shared` chats several caregivers read.
        """
        ...

    async def said_to(self, caregivers: Collection[CaregiverId], span: Span) -> Mapping[CaregiverId, Said]:
        """What each of them was told; who was told nothing is left out."""
        ...

"""Care that is no vaccine, and why a dose is not asked for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.identifiers import ActorId, CaregiverId, ChildId, FacilityId, PregnancyId
from domain.vaccination.engine import Exemption
from services.ports.visits import VaccinationSource


@dataclass(frozen=True)
class CareDone:
    """An item of a care plan that was done on a day: for exactly one of `child` and `pregnancy`."""

    item: str
    done_on: date
    source: VaccinationSource
    child: ChildId | None = None
    pregnancy: PregnancyId | None = None


@dataclass(frozen=True)
class NewExemption:
    """Why a group of doses is not asked for: until a day (the first on which it is again), or for good."""

    child: ChildId
    group: str
    kind: Exemption
    until_on: date | None = None


class CarePort(Protocol):
    """What was done, and what is not asked for."""

    async def done_for_children(self, children: Collection[ChildId]) -> Mapping[ChildId, Mapping[str, date]]:
        """For each child the last day of each item done."""
        ...

    async def done_in_pregnancies(
        self, pregnancies: Collection[PregnancyId]
    ) -> Mapping[PregnancyId, Mapping[str, date]]:
        """The same for pregnancies."""
        ...

    async def note_done(
        self,
        done: Collection[CareDone],
        *,
        at: datetime,
        actor: ActorId | None = None,
        caregiver: CaregiverId | None = None,
        facility: FacilityId | None = None,
    ) -> None:
        """Keep them; the same item on the same day a second time changes nothing."""
        ...

    async def withdraw_done(self, child: ChildId, done_on: date, at: datetime) -> int:
        """Take back what was noted for a child on a day."""
        ...

    async def withdraw_done_in_pregnancy(self, pregnancy: PregnancyId, done_on: date, at: datetime) -> int:
        """The same in a pregnancy."""
        ...

    async def withdraw_told(self, caregiver: CaregiverId, since: datetime, at: datetime) -> int:
        """What a caregiver told of from an instant on, of children and pregnancies, no longer stands."""
        ...

    async def exemptions_of(
        self, children: Collection[ChildId], today: date
    ) -> Mapping[ChildId, Mapping[str, Exemption]]:
        """For each child the groups that are not asked for today, and why."""
        ...

    async def exemptions_end(self, children: Collection[ChildId], today: date) -> Mapping[ChildId, date]:
        """For those of them of whom a group is left out for a while, the first day on which one is asked for again."""
        ...

    async def exempt(
        self,
        exemption: NewExemption,
        *,
        at: datetime,
        actor: ActorId | None = None,
        caregiver: CaregiverId | None = None,
    ) -> None:
        """Keep it; an earlier one of the same group no longer stands."""
        ...

    async def end_exemption(self, child: ChildId, group: str, at: datetime) -> int:
        """It no longer stands."""
        ...

    async def take_back_refusal(self, child: ChildId, group: str, at: datetime) -> int:
        """The family's own word that it does not want the group no longer stands; what a worker noted does."""
        ...

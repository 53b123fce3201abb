"""What the programme notes about itself, and the candidates of a day's planning."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from domain.begun import PlannedUntil
from domain.ends import ChildEnd
from domain.identifiers import ActorId, AddressId, CaregiverId, ChildId, FacilityId
from domain.journey import Amount
from domain.people import Caregiver, Child, Pregnancy
from domain.reader import Role
from domain.tracks import Track


@dataclass(frozen=True)
class Candidate:
    """A caregiver and her children of an age that the planning of a day is about."""

    caregiver: Caregiver
    children: tuple[Child, ...]


class ReaderOfTips(NamedTuple):
    """As much of a caregiver as planning her tips needs."""

    id: CaregiverId
    role: Role
    tip_hour: int
    amount: Amount
    joined_on: date | None


class ChildOfTips(NamedTuple):
    """As much of a child."""

    id: ChildId
    birth_date: date
    tracks: frozenset[Track]
    ended_as: ChildEnd | None


class TipCandidate(NamedTuple):
    """The same as a `Candidate`, of hundreds of thousands of whom a morning's tips are planned."""

    caregiver: ReaderOfTips
    children: tuple[ChildOfTips, ...]


@dataclass(frozen=True)
class Awaiting:
    """A caregiver and a pregnancy that a day's planning is about."""

    caregiver: Caregiver
    pregnancy: Pregnancy


class Days(NamedTuple):
    """From the one day to the other, both among them."""

    first: date
    last: date


class ProgrammePort(Protocol):
    """Audit, heartbeats, candidates."""

    async def audit(
        self,
        action: str,
        *,
        at: datetime,
        actor: ActorId | None = None,
        address: AddressId | None = None,
        subject: str | None = None,
        details: Mapping[str, str | int] | None = None,
    ) -> None: ...

    async def audited(self, action: str) -> int:
        """How often something was noted."""
        ...

    async def note_tick(self, tick: str, *, ran_at: datetime, wall_at: datetime) -> None: ...

    async def last_tick(self, tick: str) -> datetime | None:
        """The programme's time of its last run."""
        ...

    async def planned_until(self, zone: str) -> PlannedUntil | None:
        """Up to which day a zone is planned; None: nothing is known."""
        ...

    async def note_planned(self, zone: str, planned: PlannedUntil, at: datetime) -> None:
        """All that began in a zone up to that day is in the outbox."""
        ...

    async def pauses_over(self, zone: str, today: date) -> Sequence[Caregiver]:
        """Joined caregivers of a zone, not stopped, whose pause has an end that has come."""
        ...

    async def births_on(self, days: Collection[date]) -> Mapping[date, int]:
        """How many children were born on each of these days; days without one are left out."""
        ...

    async def families_within(self, *, born: Collection[Days], due: Collection[Days]) -> int:
        """How many families have a child born, or a pregnancy due, within some of these days; contact goes on."""
        ...

    async def due_on(self, days: Collection[date]) -> Mapping[date, int]:
        """How many pregnancies that have not ended are due on each of these days; days without one are left out."""
        ...

    async def born_on(self, zone: str, days: Collection[date]) -> Sequence[TipCandidate]:
        """Joined caregivers of a zone, not stopped, with their children born on these days.

        Children about whom contact ended are among them: a twin's messages keep the occasion that both had.
        """
        ...

    async def candidates(
        self, caregivers: Collection[CaregiverId], *, born_from: date, born_to: date
    ) -> Sequence[TipCandidate]:
        """Those of these caregivers who have joined and are not stopped, with their children born within these days."""
        ...

    async def caregivers_of_due(
        self, wanted: Collection[ChildId], facilities: Collection[FacilityId], *, born_after: date, by: date
    ) -> Sequence[Candidate]:
        """Joined caregivers, not stopped, with those of these children at these facilities who may have something due.

        Children of whom nothing is known are not among them; contact goes on about all.
        """
        ...

    async def awaiting(self, zone: str, *, due_from: date, due_to: date) -> Sequence[Awaiting]:
        """Joined caregivers of a zone, not stopped, with a pregnancy due within these days that has not ended."""
        ...

    async def awaiting_on(self, zone: str, due_on: Collection[date]) -> Sequence[Awaiting]:
        """The same, due on one of these days."""
        ...

    async def awaited_by(self, caregivers: Collection[CaregiverId]) -> Sequence[Awaiting]:
        """The same of these caregivers, due whenever."""
        ...

    async def awaiting_at(
        self, facilities: Collection[FacilityId], *, due_from: date, due_to: date
    ) -> Sequence[Awaiting]:
        """The same at facilities."""
        ...

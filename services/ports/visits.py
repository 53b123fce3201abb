"""Vaccinations and answers about visits."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from domain.identifiers import ActorId, CaregiverId, ChildId, FacilityId


class VaccinationSource(StrEnum):
    """Whose word it is: the facility's record, or the caregiver's report beside it."""

    RECORD = "record"
    REPORTED = "reported"


class VisitAnswer(StrEnum):
    """What she answered to a reminder."""

    COMING = "coming"
    CANNOT = "cannot"
    VACCINATED = "vaccinated"


@dataclass(frozen=True)
class Vaccination:
    """One vaccine given on one day."""

    child: ChildId
    vaccine: str
    given_on: date
    source: VaccinationSource


class VisitPort(Protocol):
    """What was given, and what was answered."""

    async def vaccinations_of(self, children: Collection[ChildId]) -> Mapping[ChildId, Sequence[Vaccination]]:
        """What is on record or reported for each child, in order of date; withdrawn ones left out."""
        ...

    async def record(
        self,
        vaccinations: Collection[Vaccination],
        *,
        at: datetime,
        actor: ActorId | None = None,
        caregiver: CaregiverId | None = None,
        facility: FacilityId | None = None,
    ) -> int:
        """Keep them; the same dose a second time changes nothing. Gives how many were new."""
        ...

    async def withdraw(self, child: ChildId, given_on: date, *, facility: FacilityId, at: datetime) -> int:
        """Take back what the facility recorded for a child on a day."""
        ...

    async def recorded_on(self, facility: FacilityId, day: date) -> frozenset[ChildId]:
        """The children for whom the facility recorded something given on that day."""
        ...

    async def answer(
        self, caregiver: CaregiverId, facility: FacilityId, visit_on: date, answer: VisitAnswer, at: datetime
    ) -> None:
        """Keep her latest answer about a visit."""
        ...

    async def answers_of(self, caregiver: CaregiverId) -> Mapping[tuple[FacilityId, date], VisitAnswer]:
        """Her latest answers by visit."""
        ...

    async def answers_for(self, facility: FacilityId, visit_on: date) -> Mapping[CaregiverId, VisitAnswer]: ...

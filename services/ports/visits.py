"""Vaccinations and answers about visits."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from domain.identifiers import ActorId, CaregiverId, ChildId, FacilityId


class VaccinationSource(StrEnum):
    """Whose word it is.

    The facility's record, the spreadsheet of its register, what a worker read on the family's card, or the caregiver's
    report beside them.
    """

    RECORD = "record"
    REGISTER = "register"
    CARD = "card"
    REPORTED = "reported"


ON_RECORD = frozenset(VaccinationSource) - {VaccinationSource.REPORTED}
"""The words that count for good; a report counts until one of them speaks."""


class VisitAnswer(StrEnum):
    """What she answered to a reminder."""

    COMING = "coming"
    CANNOT = "cannot"
    VACCINATED = "vaccinated"
    ILL = "ill"
    MOVED = "moved"


@dataclass(frozen=True)
class Vaccination:
    """One vaccine given on one day. Where the date is not known, `given_on` is a guess: the day on which it was due."""

    child: ChildId
    vaccine: str
    given_on: date
    source: VaccinationSource
    date_known: bool = True


class Withdrawal(StrEnum):
    """Why a row of the record no longer stands."""

    MISTAKE = "mistake"
    CORRECTED = "corrected"
    REGISTER = "register"


@dataclass(frozen=True)
class HistoryRow:
    """A row of a child's record as it stands or stood: who wrote it, when, and what became of it."""

    id: int
    vaccination: Vaccination
    recorded_at: datetime
    actor: ActorId | None = None
    facility: FacilityId | None = None
    withdrawn_at: datetime | None = None
    withdrawn_as: Withdrawal | None = None
    corrects: int | None = None


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
        corrects: int | None = None,
    ) -> int:
        """Keep them; the same dose a second time changes nothing. Gives how many were new.

        `corrects` is the row that these take the place of.
        """
        ...

    async def withdraw(self, child: ChildId, given_on: date, *, facility: FacilityId, at: datetime) -> int:
        """Take back what the facility recorded for a child on a day."""
        ...

    async def withdraw_row(self, row: int, *, why: Withdrawal, by: ActorId | None, at: datetime) -> bool:
        """One row no longer stands; False when it did not any more."""
        ...

    async def history_of(self, child: ChildId) -> Sequence[HistoryRow]:
        """Every row that there ever was about a child, in order of recording."""
        ...

    async def note_card_missing(self, child: ChildId, at: datetime) -> None:
        """The child's card was not there when somebody asked for it."""
        ...

    async def cards_missing(self, children: Collection[ChildId]) -> frozenset[ChildId]:
        """Those whose card was not there, and of whom nothing was written down since then but by hearsay."""
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

    async def answers_of_all(
        self, caregivers: Collection[CaregiverId]
    ) -> Mapping[CaregiverId, Mapping[tuple[FacilityId, date], VisitAnswer]]:
        """The same for each of many."""
        ...

    async def answers_about(
        self, children: Collection[ChildId]
    ) -> Mapping[ChildId, Sequence[tuple[FacilityId, date, VisitAnswer]]]:
        """For each child the latest answers of everybody who cares for it, by visit."""
        ...

    async def answered_at(self, caregiver: CaregiverId, facility: FacilityId, visit_on: date) -> datetime | None:
        """When she gave her latest answer about a visit."""
        ...

    async def answers_for(self, facility: FacilityId, visit_on: date) -> Mapping[CaregiverId, VisitAnswer]:
        """Everybody's latest answer about a session day."""
        ...

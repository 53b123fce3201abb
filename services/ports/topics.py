"""The topics of session days: who was there, who was told something to try, and what came of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.identifiers import CaregiverId, ChildId, FacilityId
from domain.people import Caregiver, Child
from domain.topics import TopicAnswer, TopicOccasion


@dataclass(frozen=True)
class Attender:
    """A caregiver of children who were at a session, and these children."""

    caregiver: Caregiver
    children: tuple[Child, ...]


@dataclass(frozen=True)
class Told:
    """A message about a topic: for whom, by which key, about which children.

    `sent_at` is when it went out; one that is `closed` did not.
    """

    caregiver: CaregiverId
    occasion: TopicOccasion
    key: str
    children: tuple[ChildId, ...]
    sent_at: datetime | None
    closed: bool = False


@dataclass(frozen=True)
class Reached:
    """How many caregivers got the thing to try of one session."""

    facility: FacilityId
    on: date
    topic: str
    caregivers: int


@dataclass(frozen=True)
class Answered:
    """How many gave this answer about one session."""

    facility: FacilityId
    on: date
    topic: str
    answer: TopicAnswer
    caregivers: int


class TopicPort(Protocol):
    """What follows when a session's topic was done."""

    async def attenders(self, facility: FacilityId, on: date, *, born_after: date) -> Sequence[Attender]:
        """Who may be spoken to of the children who came that day, by the facility's word or by what it recorded."""
        ...

    async def told_at(self, facility: FacilityId, on: date, caregivers: Collection[CaregiverId]) -> Sequence[Told]:
        """Every message about this session's topics for these caregivers, planned, sent or closed."""
        ...

    async def drop_planned(self, facility: FacilityId, on: date) -> int:
        """Remove what is planned about the topics of this session and was never tried."""
        ...

    async def answer(self, caregiver: CaregiverId, about: TopicOccasion, answer: TopicAnswer, at: datetime) -> None:
        """Keep her latest answer."""
        ...

    async def answer_of(self, caregiver: CaregiverId, about: TopicOccasion) -> TopicAnswer | None:
        """What she answered."""
        ...

    async def reached(self, first: date, last: date) -> Sequence[Reached]:
        """Sent things to try, for each session of these days."""
        ...

    async def answered(self, first: date, last: date) -> Sequence[Answered]:
        """Answers, for each session of these days."""
        ...

"""A country's care plan as plain values: which check-up belongs to which age, and who says so."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.vaccination.ages import Age
from domain.vaccination.sources import SignOff, Source

PREGNANCY = timedelta(days=280)


class CareSubject(StrEnum):
    """Whom a plan is about. All its ages count from one day: the birth, or the first day of the pregnancy."""

    CHILD = "child"
    PREGNANCY = "pregnancy"


class CareKind(StrEnum):
    """What sort of care an item is."""

    CHECKUP = "checkup"
    ANTENATAL = "antenatal"
    TETANUS = "tetanus"
    SCREENING = "screening"
    POSTNATAL = "postnatal"
    CAMPAIGN = "campaign"


class CarePlace(StrEnum):
    """Where it happens. Only what is done at the station can ride on a session day."""

    STATION = "station"
    HOSPITAL = "hospital"
    HOME = "home"


@dataclass(frozen=True)
class After:
    """Another item of the plan that has to be done first, and how long before."""

    item: str
    minimum: Age


@dataclass(frozen=True)
class CareItem:
    """One piece of care; families know it by the interface key `care.<key>.short`.

    The window opens at `from_` and is over when `until` is reached, which is the first day too late, as with the
    maximum age of a dose. `vaccine` says that it is an injection.
    """

    key: str
    kind: CareKind
    from_: Age
    due: Age
    until: Age
    source: Source
    overdue: Age | None = None
    after: After | None = None
    vaccine: bool = False
    place: CarePlace = CarePlace.STATION


@dataclass(frozen=True)
class CarePlan:
    """What a country plans from `effective_from` on; a draft while nobody signed it."""

    key: str
    version: str
    country: str
    effective_from: date
    signed_off: SignOff | None
    about: CareSubject
    items: tuple[CareItem, ...]


def pregnancy_start(due_on: date) -> date:
    """The day from which weeks of pregnancy count. Source: Naegele's rule, 280 days before the due date."""
    return due_on - PREGNANCY


def are_in_order(*ages: Age) -> bool:
    """Whether each age is reached on the day of the one before it or later, for a child of 1 January."""
    days = [age.after(date(2026, 1, 1)) for age in ages]
    return days == sorted(days)

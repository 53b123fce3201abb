"""A vaccination schedule as plain values: what is given, at which age, how far apart, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.sex import Sex
from domain.vaccination.ages import Age


class Certainty(StrEnum):
    """How well the least certain number of a dose is known."""

    VERIFIED = "verified"
    SECOND_HAND = "second_hand"
    MEMORY = "memory"


class Live(StrEnum):
    """How a live vaccine is given: injected ones must stand apart from one another."""

    INJECTED = "injected"
    ORAL = "oral"


@dataclass(frozen=True)
class Source:
    """Who says so."""

    text: str
    certainty: Certainty


@dataclass(frozen=True)
class SignOff:
    """The clinician who answers for a schedule. Without one it reaches no family."""

    by: str
    on: date


@dataclass(frozen=True)
class Vaccine:
    """A product by its code; families know it by the interface key `vaccine.<code in small letters>`."""

    code: str
    antigens: tuple[str, ...]
    live: Live | None = None
    paid: bool = False


@dataclass(frozen=True)
class Gate:
    """Something not offered everywhere: closed unless the province opened it."""

    key: str
    is_open: bool
    note: str


@dataclass(frozen=True)
class Interval:
    """Time since the previous given dose. What is given before `absolute` (else `minimum`) does not count."""

    minimum: Age
    absolute: Age | None = None
    recommended: Age | None = None
    overdue: Age | None = None


@dataclass(frozen=True)
class DoseRule:
    """One dose of a series. The first of `vaccines` is the one the programme offers, the others count as well."""

    number: int
    vaccines: tuple[str, ...]
    source: Source
    min_age: Age | None = None
    absolute_min_age: Age | None = None
    recommended_age: Age | None = None
    overdue_age: Age | None = None
    max_age: Age | None = None
    interval: Interval | None = None


@dataclass(frozen=True)
class Series:
    """Doses that follow one another. It may wait for another series to be complete (`follows`)."""

    key: str
    doses: tuple[DoseRule, ...]
    gate: str | None = None
    sex: Sex | None = None
    follows: str | None = None

    @property
    def vaccines(self) -> frozenset[str]:
        """Every vaccine that any of its doses accepts."""
        return frozenset(code for rule in self.doses for code in rule.vaccines)


@dataclass(frozen=True)
class Schedule:
    """A country's schedule from `effective_from` on; a draft while nobody signed it."""

    key: str
    version: str
    country: str
    effective_from: date
    signed_off: SignOff | None
    live_injected_gap: Age
    vaccines: Mapping[str, Vaccine]
    gates: Mapping[str, Gate]
    series: tuple[Series, ...]

    @property
    def default_gates(self) -> frozenset[str]:
        """The gates that are open where a province says nothing."""
        return frozenset(key for key, gate in self.gates.items() if gate.is_open)

"""The rules of one dose as plain values: ages, intervals, products. Names and meaning follow CDC's CDSi logic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from domain.vaccination.ages import Age
from domain.vaccination.in_force import ALWAYS, InForce
from domain.vaccination.skip_rules import Skip
from domain.vaccination.sources import NO_SOURCE, Source


@dataclass(frozen=True)
class AgeRule:
    """Ages of a dose. Given before `absolute` (else `minimum`) or from `maximum` on it does not count.

    `overdue` is the age from which the dose is overdue (CDSi: the latest recommended age less one day).
    """

    minimum: Age | None = None
    absolute: Age | None = None
    recommended: Age | None = None
    overdue: Age | None = None
    maximum: Age | None = None
    in_force: InForce = ALWAYS


class ReferenceKind(StrEnum):
    """From which dose an interval is counted."""

    PREVIOUS = "previous"
    TARGET = "target"
    LATEST_OF = "latest_of"


@dataclass(frozen=True)
class Reference:
    """The dose with which an interval begins.

    PREVIOUS: the dose before, whether it counted or not. TARGET: the one that counted as dose `number` of this series,
    or of another `group`. LATEST_OF: the last given of `vaccines`. Where there is none, the interval asks nothing.
    """

    kind: ReferenceKind = ReferenceKind.PREVIOUS
    number: int = 0
    group: str = ""
    vaccines: frozenset[str] = frozenset()


FROM_PREVIOUS = Reference()


@dataclass(frozen=True)
class Interval:
    """Time since a reference dose. What is given before `absolute` (else `minimum`) does not count."""

    minimum: Age | None = None
    absolute: Age | None = None
    recommended: Age | None = None
    overdue: Age | None = None
    reference: Reference = FROM_PREVIOUS
    in_force: InForce = ALWAYS


@dataclass(frozen=True)
class Product:
    """A vaccine that counts as the dose, from age `begin` to `end` (not included).

    A `preferable` one is what the programme gives; any other is allowed. `manufacturer` is asked for where it is set.
    """

    vaccine: str
    begin: Age | None = None
    end: Age | None = None
    preferable: bool = True
    manufacturer: str = ""
    in_force: InForce = ALWAYS


@dataclass(frozen=True)
class DoseRule:
    """One target dose of a series.

    `optional`: counts when it is given and is never asked for. `recurring`: asked for again and again.
    `outbreak`: a dose that is too early and was given between these ages was one of an outbreak's.
    """

    number: int
    products: tuple[Product, ...]
    source: Source = NO_SOURCE
    ages: tuple[AgeRule, ...] = ()
    intervals: tuple[Interval, ...] = ()
    allowable_intervals: tuple[Interval, ...] = ()
    inadvertent: frozenset[str] = frozenset()
    skips: tuple[Skip, ...] = ()
    optional: bool = False
    recurring: bool = False
    outbreak: tuple[Age, Age] | None = None

    @cached_property
    def vaccines(self) -> tuple[str, ...]:
        """The codes that count, the one that the programme offers first."""
        return tuple(dict.fromkeys(product.vaccine for product in self.products))

    @cached_property
    def offered(self) -> str:
        """What the programme offers as this dose; empty when it offers nothing."""
        return self.preferable[0] if self.preferable else ""

    @cached_property
    def preferable(self) -> tuple[str, ...]:
        """The codes of what the programme gives."""
        return tuple(product.vaccine for product in self.products if product.preferable)

    @cached_property
    def is_dated(self) -> bool:
        """Whether any of its ages and intervals is not in force always."""
        return any(one.in_force is not ALWAYS for one in self.ages) or any(
            one.in_force is not ALWAYS for one in (*self.intervals, *self.allowable_intervals)
        )

    def ages_on(self, day: date) -> AgeRule | None:
        """The version of the ages in force on that day, if there is one."""
        if not self.is_dated:
            return self.ages[0] if self.ages else None
        return next((ages for ages in self.ages if ages.in_force.on(day)), None)

    def intervals_on(self, day: date) -> Sequence[Interval]:
        """The intervals in force on that day."""
        return _in_force(self.intervals, day) if self.is_dated else self.intervals

    def allowable_intervals_on(self, day: date) -> Sequence[Interval]:
        """Those that may still let a dose count, in force on that day."""
        return _in_force(self.allowable_intervals, day) if self.is_dated else self.allowable_intervals


def _in_force(intervals: Sequence[Interval], day: date) -> Sequence[Interval]:
    return [interval for interval in intervals if interval.in_force.on(day)]

"""When a dose of a series is passed over, as plain values: CDSi's conditional skips, by context."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.vaccination.ages import Age
from domain.vaccination.in_force import ALWAYS, InForce


class Context(StrEnum):
    """What is being done when a skip is looked at: the day of reference is the dose's, or today."""

    EVALUATION = "evaluation"
    FORECAST = "forecast"


class Comparison(StrEnum):
    """How a counted number is held against the number of the rule."""

    MORE_THAN = "greater than"
    EQUAL_TO = "equal to"
    FEWER_THAN = "less than"


@dataclass(frozen=True)
class AgeCondition:
    """The child's age on the day of reference: from `begin` (included) to `end` (not included)."""

    begin: Age | None = None
    end: Age | None = None


@dataclass(frozen=True)
class IntervalCondition:
    """At least so much time has passed since the previous dose."""

    since_previous: Age


@dataclass(frozen=True)
class CountCondition:
    """How many doses were given, within ages or dates (begin included, end not).

    `valid_only` counts doses that are valid in this series; otherwise any dose of `vaccines`, or of the disease.
    """

    count: int
    comparison: Comparison
    valid_only: bool = False
    vaccines: frozenset[str] = frozenset()
    begin: Age | None = None
    end: Age | None = None
    begin_day: date | None = None
    end_day: date | None = None


@dataclass(frozen=True)
class CompletedCondition:
    """One of these groups (or `target/series group` keys of the same schedule) is complete."""

    groups: frozenset[str]


Condition = AgeCondition | IntervalCondition | CountCondition | CompletedCondition


@dataclass(frozen=True)
class SkipSet:
    """Conditions of which all (or one) must hold."""

    conditions: tuple[Condition, ...]
    need_all: bool = True
    in_force: InForce = ALWAYS


@dataclass(frozen=True)
class Skip:
    """Sets of which one (or all) must hold, in the contexts named."""

    contexts: frozenset[Context]
    sets: tuple[SkipSet, ...]
    need_all: bool = field(default=False)

"""A vaccination schedule as plain values: what is given, at which age, how far apart, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from domain.sex import Sex
from domain.vaccination.ages import Age
from domain.vaccination.dose_rules import DoseRule
from domain.vaccination.sources import SignOff

_ONE_DAY = Age(days=1)


class Live(StrEnum):
    """How a live vaccine is given: injected ones must stand apart from one another."""

    INJECTED = "injected"
    ORAL = "oral"


@dataclass(frozen=True)
class Vaccine:
    """A product by its code; families know it by the interface key `vaccine.<code in small letters>`."""

    code: str
    antigens: tuple[str, ...] = ()
    live: Live | None = None
    paid: bool = False


@dataclass(frozen=True)
class Gate:
    """Something not offered everywhere: closed unless the province opened it.

    `provinces` are those where it is known to be open, each with the first day.
    """

    key: str
    is_open: bool
    note: str
    provinces: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Apart:
    """How far two live vaccines must stand apart: not given from `begin` to before the end after the earlier one.

    `end_if_valid` is the end when the earlier dose was valid. A forecast always keeps the full `end`.
    """

    end: Age
    end_if_valid: Age
    begin: Age = _ONE_DAY


@dataclass(frozen=True)
class Series:
    """Doses that follow one another: one way of protecting from a disease.

    Of several for one target the best is chosen (`selection.py`): `default` where nothing was given, `product_path` for
    a series of one maker's product, the lowest `preference` where all else is equal. It counts as begun in time if its
    first valid dose was given before `start_before`; before `start_from` it is not looked at.
    """

    key: str
    doses: tuple[DoseRule, ...]
    sex: Sex | None = None
    default: bool = True
    product_path: bool = False
    preference: int = 1
    start_from: Age | None = None
    start_before: Age | None = None
    series_group: str = "1"


@dataclass(frozen=True)
class Taken:
    """From which age to which (not included) a vaccine concerns a target."""

    begin: Age | None = None
    end: Age | None = None


@dataclass(frozen=True)
class Target:
    """One disease (CDSi: antigen) with the vaccines that concern it and the series that protect from it."""

    key: str
    series: tuple[Series, ...]
    vaccines: Mapping[str, Taken]
    immune_if_born_before: date | None = None


@dataclass(frozen=True)
class Group:
    """Targets that are asked for as one. `all_at_once`: one product holds them all, so the latest day decides.

    It may stand behind a gate, or wait for another group to be complete (`follows`).
    """

    key: str
    targets: tuple[Target, ...]
    all_at_once: bool = False
    gate: str | None = None
    follows: str | None = None

    @cached_property
    def vaccines(self) -> frozenset[str]:
        """Every vaccine that concerns the group."""
        return frozenset(code for target in self.targets for code in target.vaccines)

    @property
    def doses(self) -> tuple[DoseRule, ...]:
        """The rules of all its series."""
        return tuple(rule for target in self.targets for series in target.series for rule in series.doses)


@dataclass(frozen=True)
class Schedule:
    """A country's schedule from `effective_from` on; a draft while nobody signed it.

    `grace_after_early`: whether a dose between the absolute minimum and the minimum counts even when the dose before it
    came too early (CDC: no).
    """

    key: str
    version: str
    country: str
    effective_from: date
    signed_off: SignOff | None
    vaccines: Mapping[str, Vaccine]
    gates: Mapping[str, Gate]
    groups: tuple[Group, ...]
    apart: Mapping[str, Mapping[str, Apart]] = field(default_factory=dict)
    grace_after_early: bool = True

    @cached_property
    def groups_of(self) -> Mapping[str, tuple[str, ...]]:
        """By vaccine, the groups that it concerns."""
        codes = {code for group in self.groups for code in group.vaccines}
        return {code: tuple(group.key for group in self.groups if code in group.vaccines) for code in codes}

    @cached_property
    def followers(self) -> Mapping[str, tuple[Group, ...]]:
        """By group, those that wait for it to be complete."""
        leaders = {group.follows for group in self.groups if group.follows}
        return {key: tuple(group for group in self.groups if group.follows == key) for key in leaders}

    @property
    def default_gates(self) -> frozenset[str]:
        """The gates that are open where a province says nothing."""
        return frozenset(key for key, gate in self.gates.items() if gate.is_open)

    def gates_of(self, province: str, on: date) -> frozenset[str]:
        """The gates that are open in a province on a day, as far as the file knows."""
        named = {key for key, gate in self.gates.items() if province in gate.provinces}
        return self.default_gates | {key for key in named if self.gates[key].provinces[province] <= on}

"""Which doses a child needs, and when: the port that a vaccination engine fills."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from domain.people import Child
from domain.vaccination.ages import Age
from domain.vaccination.engine import Assessment, Exemption
from domain.vaccination.schedule import Schedule
from services.ports.visits import Vaccination


@dataclass(frozen=True)
class Circumstances:
    """What matters beside the doses: the gates open where the child lives, and groups that are not asked for.

    `upper_ages` are the place's own, by group: a later one than the schedule's lets doses count that long.
    """

    open_gates: frozenset[str]
    exemptions: Mapping[str, Exemption] = field(default_factory=dict)
    upper_ages: Mapping[str, Age] = field(default_factory=dict)


class ForecastPort(Protocol):
    """One country's schedule, applied by an engine."""

    @property
    def schedule(self) -> Schedule:
        """The schedule as plain values."""
        ...

    @property
    def signed(self) -> bool:
        """Whether somebody responsible has signed the schedule."""
        ...

    def default_gates(self, province: str, on: date) -> frozenset[str]:
        """The gates that are open on a day where the province itself says nothing."""
        ...

    def assess(
        self, child: Child, given: Sequence[Vaccination], today: date, circumstances: Circumstances
    ) -> Assessment:
        """Every dose judged, and every dose the child still needs, with its dates."""
        ...

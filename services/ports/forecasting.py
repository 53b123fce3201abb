"""Which doses a child needs, and when: the port that a vaccination engine fills."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from domain.people import Child
from domain.vaccination.forecast import DoseForecast
from services.ports.visits import Vaccination


class ForecastPort(Protocol):
    """One country's schedule, applied by an engine."""

    @property
    def signed(self) -> bool:
        """Whether somebody responsible has signed the schedule."""
        ...

    def forecast(self, child: Child, given: Sequence[Vaccination], today: date) -> tuple[DoseForecast, ...]:
        """Every dose the child still needs, with its dates."""
        ...

"""The first forecaster behind the port: one schedule by minimum age and interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.people import Child
from domain.vaccination.counting import GivenDose
from domain.vaccination.forecast import DoseForecast, forecast
from domain.vaccination.reports import joined_history
from domain.vaccination.schedule import Schedule
from services.ports.visits import Vaccination, VaccinationSource


@dataclass(frozen=True)
class ScheduleForecaster:
    """Applies one schedule with the gates that are open everywhere."""

    schedule: Schedule

    @property
    def signed(self) -> bool:
        """Whether somebody responsible has signed the schedule."""
        return self.schedule.signed_off is not None

    def forecast(self, child: Child, given: Sequence[Vaccination], today: date) -> tuple[DoseForecast, ...]:
        """Every dose the child still needs, with its dates."""
        return forecast(
            self.schedule,
            joined_history(_of(given, VaccinationSource.RECORD), _of(given, VaccinationSource.REPORTED)),
            birth_date=child.birth_date,
            sex=child.sex,
            today=today,
            open_gates=frozenset(key for key, gate in self.schedule.gates.items() if gate.is_open),
        )


def _of(given: Sequence[Vaccination], source: VaccinationSource) -> tuple[GivenDose, ...]:
    return tuple(GivenDose(dose.vaccine, dose.given_on) for dose in given if dose.source is source)

"""The engine behind the port: one country's schedule."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.people import Child
from domain.vaccination.ages import Age
from domain.vaccination.engine import Assessment, Case, assess
from domain.vaccination.history import GivenDose
from domain.vaccination.reports import joined_history
from domain.vaccination.schedule import Schedule
from domain.vaccination.upper_ages import with_later_ages
from services.ports.forecasting import Circumstances
from services.ports.visits import ON_RECORD, Vaccination, VaccinationSource


@dataclass(frozen=True)
class ScheduleForecaster:
    """Applies one schedule; where a place has later upper ages, the schedule with them, made once for each set."""

    schedule: Schedule
    _made: dict[frozenset[tuple[str, Age]], Schedule] = field(default_factory=dict, repr=False, compare=False)

    @property
    def signed(self) -> bool:
        """Whether somebody responsible has signed the schedule."""
        return self.schedule.signed_off is not None

    def default_gates(self, province: str, on: date) -> frozenset[str]:
        """The gates that are open on a day where the province itself says nothing."""
        return self.schedule.gates_of(province, on)

    def assess(
        self, child: Child, given: Sequence[Vaccination], today: date, circumstances: Circumstances
    ) -> Assessment:
        """Every dose judged, and every dose the child still needs, with its dates."""
        reported = frozenset({VaccinationSource.REPORTED})
        return assess(
            self._schedule_with(circumstances.upper_ages),
            Case(
                birth_date=child.birth_date,
                sex=child.sex,
                today=today,
                given=joined_history(_of(given, ON_RECORD), _of(given, reported)),
                open_gates=circumstances.open_gates,
                exemptions=circumstances.exemptions,
            ),
        )

    def _schedule_with(self, ages: Mapping[str, Age]) -> Schedule:
        if not ages:
            return self.schedule
        key = frozenset(ages.items())
        if key not in self._made:
            self._made[key] = with_later_ages(self.schedule, ages)
        return self._made[key]


def _of(given: Sequence[Vaccination], sources: Collection[VaccinationSource]) -> tuple[GivenDose, ...]:
    return tuple(
        GivenDose(dose.vaccine, dose.given_on if dose.date_known else None) for dose in given if dose.source in sources
    )

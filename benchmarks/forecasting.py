"""How fast due dates are found: children with four doses each, one core."""

from datetime import date, timedelta

from benchmarks.measurement import Measurement, seconds
from content.schedules.loading import load_schedules
from domain.sex import Sex
from domain.vaccination.counting import GivenDose
from domain.vaccination.forecast import forecast

MANY = 2_000
TODAY = date(2026, 11, 22)


def forecasts() -> Measurement:
    """The Vietnamese schedule."""
    schedule = load_schedules()["vn-epi"]

    def forecast_many() -> None:
        for number in range(MANY):
            born = TODAY - timedelta(days=150 + number % 900)
            given = [
                GivenDose(vaccine, born + timedelta(days=after))
                for vaccine, after in (("HEPB0", 0), ("BCG", 1), ("PENTA", 62), ("OPV", 62))
            ]
            forecast(schedule, given, birth_date=born, sex=Sex.FEMALE, today=TODAY, open_gates=frozenset())

    return Measurement("forecasts", MANY / seconds(forecast_many), "children/s", 5_000, at_most=False)

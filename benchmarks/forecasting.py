"""How fast due dates are found: children with four doses each, one core."""

from datetime import date, timedelta

from benchmarks.measurement import Measurement, seconds
from content.schedules.loading import load_schedules
from domain.sex import Sex
from domain.vaccination.engine import Case, assess
from domain.vaccination.history import GivenDose

MANY = 3_000
TODAY = date(2026, 11, 22)
USUAL = (
    ("HEPB0", 0),
    ("BCG", 2),
    ("PENTA", 62),
    ("OPV", 62),
    ("PENTA", 95),
    ("IPV", 155),
    ("MEASLES", 276),
    ("MR", 552),
)


def forecasts() -> Measurement:
    """The Vietnamese schedule: each child another birth date, each dose some days early or late, in turn."""
    schedule = load_schedules()["vn-epi"]
    cases = [_case(number) for number in range(MANY)]

    def forecast_many() -> None:
        for case in cases:
            assess(schedule, case)

    return Measurement("forecasts", MANY / seconds(forecast_many), "children/s", 5_000, at_most=False)


def _case(number: int) -> Case:
    """A child of 18 to 72 months: no birth date comes twice in a row, and few come twice at all."""
    born = TODAY - timedelta(days=560 + number * 7919 % 1640)
    first = number % (len(USUAL) - 3)
    given = tuple(
        GivenDose(vaccine, born + timedelta(days=max(0, after + number * (place + 3) % 40 - 4)))
        for place, (vaccine, after) in enumerate(USUAL[first : first + 4])
    )
    return Case(born, Sex.FEMALE if number % 2 else Sex.MALE, TODAY, given)

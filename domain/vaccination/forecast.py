"""What is next for a child in a group of vaccines, as everybody above this room reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.vaccination.history import GivenDose
from domain.vaccination.outlook import EarliestBy, SeriesStatus
from domain.vaccination.sources import NO_SOURCE, Source

__all__ = ["DoseForecast", "EarliestBy", "SeriesStatus", "due_doses"]


@dataclass(frozen=True)
class DoseForecast:
    """The next dose of a group. One that asks for nothing (complete, immune …) has no number and no days.

    One that is aged out keeps those that it had, for whoever gives it at a later age; it is never due.
    `vaccine` is the product the programme offers, empty when it offers none. `overdue` is the first day on which the
    dose is overdue, `latest` the last on which it may be given. `series`, `source` and `earliest_by` say by which rule.
    `not_counted` are given doses that did not count: a matter for the station, never for a chat. A `refused` group is
    never due: nobody is reminded of what she does not want.
    """

    group: str
    dose_number: int | None
    vaccine: str
    status: SeriesStatus
    earliest: date | None = None
    due: date | None = None
    overdue: date | None = None
    latest: date | None = None
    series: str = ""
    source: Source = NO_SOURCE
    earliest_by: EarliestBy | None = None
    not_counted: tuple[GivenDose, ...] = ()
    refused: bool = False

    def is_due(self, on: date) -> bool:
        """Whether the dose may and should be given on that day."""
        if self.status is not SeriesStatus.NOT_COMPLETE or self.refused or self.due is None:
            return False
        return self.due <= on and (self.latest is None or on <= self.latest)


def due_doses(forecasts: Iterable[DoseForecast], on: date) -> tuple[DoseForecast, ...]:
    """What may and should be given on that day."""
    return tuple(dose for dose in forecasts if dose.is_due(on))

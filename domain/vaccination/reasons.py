"""Why a given dose did not count: stable words, said to people by the interface texts `reason.<word>`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Reason(StrEnum):
    """One word for each way in which a dose may not count. Which details come with it stands beside it."""

    TOO_YOUNG = "too_young"  # days, from_day
    OUTBREAK_DOSE = "outbreak_dose_not_counted"  # days, from_day
    TOO_OLD = "too_old"  # days, last_day
    TOO_SOON = "too_soon_after_previous"  # days, from_day, previous_day
    LIVE_TOO_NEAR = "live_vaccine_too_near"  # days, from_day, previous_day, other
    WRONG_VACCINE = "wrong_vaccine"
    INADVERTENT = "given_by_mistake"
    EARLIER_SERIES = "earlier_series_not_complete"  # other
    NOT_NEEDED = "not_needed"
    UNKNOWN_VACCINE = "unknown_vaccine"
    UNKNOWN_DATE = "unknown_date"


Detail = int | str | date


@dataclass(frozen=True)
class Fault:
    """A reason and the plain values of its sentence.

    `days` is how many days too early (or too late) the dose was, `from_day` the first day on which it would have
    counted, `last_day` the last one, `previous_day` the day of the dose it stands too near, `other` that dose's vaccine
    or the series that has to be complete before.
    """

    reason: Reason
    details: Mapping[str, Detail]


def too_early(reason: Reason, given_on: date, counts_from: date, **more: Detail) -> Fault:
    """A dose that came before the first day on which it would have counted."""
    return Fault(reason, {"days": (counts_from - given_on).days, "from_day": counts_from, **more})

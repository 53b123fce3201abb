"""What a child was given, as the record or her family tells it."""

from dataclasses import dataclass
from datetime import date

UNKNOWN_VACCINE = "UNKNOWN"
"""The code for a vaccine that nobody can name: every schedule accepts it and it counts for nothing."""


@dataclass(frozen=True)
class GivenDose:
    """A vaccine that a child got, by its code.

    `given_on` is None when nobody knows the day: the dose is not asked for again, but no interval begins with it.
    `manufacturer` is needed only where a rule names one (CDC's MVX codes); empty when unknown.
    """

    vaccine: str
    given_on: date | None
    manufacturer: str = ""

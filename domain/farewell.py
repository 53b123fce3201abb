"""The farewell at six years: on which day, how long it is of use, and its occasion."""

from datetime import date, timedelta

from domain.birth_dates import PROGRAMME_ENDS_AT_MONTHS
from domain.calendar import add_months
from domain.identifiers import ChildId

FAREWELL_LASTS = timedelta(days=30)
"""How long the farewell may still be said. Rule of this house."""
_KIND = "farewell"


def six_years_on(birth_date: date) -> date:
    """The day on which six years are complete: 29 February comes as 1 March."""
    return add_months(birth_date, PROGRAMME_ENDS_AT_MONTHS)


def is_six(birth_date: date, today: date) -> bool:
    """Whether the programme has ended for a child born on this day."""
    return six_years_on(birth_date) <= today


def born_after(today: date) -> date:
    """Nobody who was born on or before this day is in the programme any more."""
    return add_months(today, -PROGRAMME_ENDS_AT_MONTHS)


def farewell_ends_on(birth_date: date) -> date:
    """The first day on which the farewell is no longer said."""
    return six_years_on(birth_date) + FAREWELL_LASTS


def farewell_occasion(first: ChildId) -> str:
    """The occasion as it stands in a row: one for all children of a birth."""
    return f"{_KIND}:{first}"


def is_farewell(occasion: str) -> bool:
    """Whether a row says farewell."""
    return occasion.partition(":")[0] == _KIND

"""Doses that are recorded later than they were given: on which day they may have been, and where."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class GivenAt(StrEnum):
    """Where a dose was given: at this facility, or elsewhere, as the card says."""

    HERE = "here"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class GivenDay:
    """The day of a dose; `on` None: nobody knows it."""

    on: date | None

    def __str__(self) -> str:
        return self.on.isoformat() if self.on else "unknown"


def parse_day_word(text: str) -> GivenDay | None:
    """Read it again; None when it is no day."""
    if text == str(GivenDay(None)):
        return GivenDay(None)
    try:
        return GivenDay(date.fromisoformat(text))
    except ValueError:
        return None


def may_be_given_on(day: date, *, born_on: date, today: date) -> bool:
    """Never before the birth, never in the future."""
    return born_on <= day <= today


def guessed_day(due: date | None, *, born_on: date, today: date, taken: Collection[date]) -> date:
    """A day for a dose of unknown date: when it was due, moved where another row of the vaccine has that day."""
    guess = max(born_on, min(due or today, today))
    days = (guess + timedelta(days=sign * n) for n in range((today - born_on).days + 2) for sign in (-1, 1))
    return next((day for day in days if born_on <= day <= today and day not in taken), guess)

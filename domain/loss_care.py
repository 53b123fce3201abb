"""What may help after a loss, offered once and said only to who asks for it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.calendar import age_in_days, age_in_months
from domain.reader import Role

MISCARRIAGE_BEFORE_WEEKS = 22
"""Completed weeks from which a loss is a birth for the body. Source: WHO, ICD-11, perinatal mortality."""
MILK_FROM_WEEKS = 16
"""Weeks from which milk may come in after a loss. Source: rule of this house; a clinician confirms it."""
MILK_UNTIL_MONTHS = 12
FIRST_MILK_DAYS = 14
AFTER_BIRTH_DAYS = 42
"""The days after birth that need watching. Source: WHO recommendations on postnatal care (2022)."""


class Care(StrEnum):
    """A message of the catalogue, by the word that stands on its button."""

    MISCARRIAGE = "miscarriage"
    AFTER_BIRTH = "after_birth"
    MILK_RELIEF = "milk_relief"
    MILK_LATER = "milk_later"
    GRIEF = "grief"
    HELPING_HER = "helping_her"

    @property
    def key(self) -> str:
        """The message's key."""
        return f"loss.danger_{_DANGER[self]}" if self in _DANGER else f"loss.{self}"


_DANGER = {Care.MISCARRIAGE: "after_miscarriage", Care.AFTER_BIRTH: "after_birth"}


@dataclass(frozen=True)
class Listener:
    """Who asks: what she is to the child, whether others read in her chat, and whether a mother is there to help."""

    role: Role
    shared: bool = False
    with_mother: bool = True


def care_after_pregnancy(weeks: int, listener: Listener) -> tuple[Care, ...]:
    """What may help when a pregnancy of so many completed weeks has ended."""
    danger = Care.MISCARRIAGE if weeks < MISCARRIAGE_BEFORE_WEEKS else Care.AFTER_BIRTH
    return danger, *_besides(Care.MILK_RELIEF if weeks >= MILK_FROM_WEEKS else None, listener)


def care_after_child(born_on: date, today: date, listener: Listener) -> tuple[Care, ...]:
    """What may help when a child born on this day has died."""
    days = age_in_days(born_on, today)
    danger = (Care.AFTER_BIRTH,) if days < AFTER_BIRTH_DAYS else ()
    return *danger, *_besides(_milk(born_on, today), listener)


def care_after_mother(listener: Listener) -> tuple[Care, ...]:
    """What may help when the mother has died."""
    return () if listener.shared else (Care.GRIEF,)


def _milk(born_on: date, today: date) -> Care | None:
    if age_in_months(born_on, max(today, born_on)) >= MILK_UNTIL_MONTHS:
        return None
    return Care.MILK_RELIEF if age_in_days(born_on, today) < FIRST_MILK_DAYS else Care.MILK_LATER


def _besides(milk: Care | None, listener: Listener) -> tuple[Care, ...]:
    """Milk for a mother; words about the heart only where nobody else reads."""
    if milk is not None and listener.role is Role.MOTHER:
        return (milk,)
    if listener.shared:
        return ()
    return (Care.GRIEF,) if listener.role is Role.MOTHER or not listener.with_mother else (Care.HELPING_HER,)

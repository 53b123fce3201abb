"""Tracks: families with a need of their own, who get some messages besides the others' or in place of them."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from domain.calendar import add_months

PRETERM_BEFORE_WEEKS = 37
"""Completed weeks before which a birth is preterm. Source: WHO, Preterm birth, fact sheet."""

REPLACEMENT_UNTIL_MONTHS = 24
"""Until this age milk in place of the mother's is of concern. Source: WHO, breastfeeding up to two years or beyond."""


class Track(StrEnum):
    """Which need it is."""

    PRETERM = "preterm"
    REPLACEMENT_FEEDING = "replacement_feeding"
    """The child gets no milk of its mother."""
    MOTHER_ABSENT = "mother_absent"
    """Its mother has died: no message speaks of her. Until its second birthday it is on the track before as well."""
    BEREAVED = "bereaved"
    """Its family has lost a child, a pregnancy or the mother."""
    PARENTS_AWAY = "parents_away"
    IN_DIFFICULTY = "in_difficulty"
    TWINS = "twins"


def tracks_of(kept: Iterable[Track], gestation_weeks: int | None) -> frozenset[Track]:
    """A child's tracks: those that were kept for it, and what its weeks of pregnancy at birth tell.

    Dates stay by chronological age: a track changes which messages there are, never when a dose or a message is due.
    """
    early = gestation_weeks is not None and gestation_weeks < PRETERM_BEFORE_WEEKS
    return frozenset(kept) | ({Track.PRETERM} if early else frozenset())


def needs_replacement_feeding(birth_date: date, today: date) -> bool:
    """Whether a child is of an age at which its mother's milk is missed."""
    return today < add_months(birth_date, REPLACEMENT_UNTIL_MONTHS)

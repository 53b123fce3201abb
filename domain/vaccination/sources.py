"""Who says so, how surely, and who answers for it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Certainty(StrEnum):
    """How well the least certain number of a dose is known."""

    VERIFIED = "verified"
    SECOND_HAND = "second_hand"
    MEMORY = "memory"


@dataclass(frozen=True)
class Source:
    """Who says so."""

    text: str
    certainty: Certainty


NO_SOURCE = Source("", Certainty.MEMORY)


@dataclass(frozen=True)
class SignOff:
    """The clinician who answers for a schedule. Without one it reaches no family."""

    by: str
    on: date

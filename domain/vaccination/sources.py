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
class Citation:
    """A document by its id; people know it by the interface key `source.<document>`.

    `successor` is the document in force in its place, empty when it is in force itself.
    """

    document: str
    successor: str = ""


@dataclass(frozen=True)
class Source:
    """The documents that a rule rests on, and how surely. The `note` is for clinicians: no family reads it."""

    citations: tuple[Citation, ...]
    certainty: Certainty
    note: str = ""


NO_SOURCE = Source((), Certainty.MEMORY)


@dataclass(frozen=True)
class SignOff:
    """The clinician who answers for a schedule. Without one it reaches no family."""

    by: str
    on: date

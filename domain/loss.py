"""A loss that a family or a worker tells of: a pregnancy, a child, or the mother."""

from dataclasses import dataclass
from enum import StrEnum


class LossOf(StrEnum):
    """Of whom it is told."""

    CHILD = "child"
    PREGNANCY = "pregnancy"
    MOTHER = "mother"


@dataclass(frozen=True)
class Subject:
    """The child, the pregnancy or the caregiver of this number; for a mother who was never with us, 0."""

    kind: LossOf
    number: int

    def __str__(self) -> str:
        """As it stands in occasions and in the audit log."""
        return f"{self.kind}:{self.number}"

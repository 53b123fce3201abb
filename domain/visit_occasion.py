"""The occasion of a visit message: `visit:FACILITY:DATE:STEP`, which siblings share."""

from dataclasses import dataclass
from datetime import date

from domain.identifiers import FacilityId

VISIT = "visit"
"""The first word of these occasions."""


@dataclass(frozen=True)
class VisitOccasion:
    """Which visit a message speaks of, and how many days before it."""

    facility: FacilityId
    on: date
    step: int

    def __str__(self) -> str:
        return f"{VISIT}:{self.facility}:{self.on.isoformat()}:{self.step}"


def parse_visit_occasion(text: str) -> VisitOccasion | None:
    """Read an occasion; None when it is of another kind."""
    kind, *parts = text.split(":")
    if kind != VISIT or len(parts) != 3:
        return None
    return VisitOccasion(FacilityId(int(parts[0])), date.fromisoformat(parts[1]), int(parts[2]))

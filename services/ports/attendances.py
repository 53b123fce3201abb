"""Who came to a session day, and who did not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.attendance import AttendanceSource, Outcome, Why
from domain.identifiers import ActorId, CaregiverId, ChildId, FacilityId, PregnancyId


@dataclass(frozen=True)
class Attendance:
    """One word about one visit: exactly one of `child` and `pregnancy` is given."""

    facility: FacilityId
    on: date
    outcome: Outcome
    source: AttendanceSource
    child: ChildId | None = None
    pregnancy: PregnancyId | None = None
    why: Why | None = None
    actor: ActorId | None = None
    caregiver: CaregiverId | None = None


class AttendancePort(Protocol):
    """The facility's word and the family's, one each for a visit; what was changed stays as history."""

    async def note(self, attendances: Collection[Attendance], at: datetime) -> None:
        """Keep them; an earlier word of the same side about the same visit no longer stands."""
        ...

    async def withdraw(self, facility: FacilityId, on: date, child: ChildId, at: datetime) -> int:
        """The facility's word about a child's visit no longer stands."""
        ...

    async def take_back(self, words: Collection[Attendance], at: datetime) -> None:
        """What the same side said about the same visits no longer stands."""
        ...

    async def at_session(self, facility: FacilityId, on: date) -> Sequence[Attendance]:
        """Everything that stands about a session day."""
        ...

    async def of_children(self, children: Collection[ChildId]) -> Mapping[ChildId, Sequence[Attendance]]:
        """Everything that stands about these children, in order of date."""
        ...

    async def between(self, facilities: Collection[FacilityId], first: date, last: date) -> Sequence[Attendance]:
        """Everything that stands about the session days of these facilities, from `first` to `last`, both included."""
        ...

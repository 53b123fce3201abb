"""Files that may be one: what is compared of them, and what moves when they are joined."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from domain.duplicates import FamilyTraits
from domain.identifiers import (
    ActorId,
    CaregiverId,
    ChildId,
    CommuneId,
    FacilityId,
    FamilyId,
    MergeId,
    PregnancyId,
)
from domain.merging import Joined


@dataclass(frozen=True)
class KnownChild:
    """A child or an awaited birth (`pregnancy`) of a file, as it is compared, and since when the file exists."""

    traits: FamilyTraits
    child: ChildId | None
    pregnancy: PregnancyId | None
    facility: FacilityId
    enrolled_at: datetime
    zone: str


@dataclass(frozen=True)
class Moved:
    """One row that a merge changed: its columns before and after, as JSON can hold them."""

    table: str
    row: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class Merge:
    """Two files that became one; `undone_at` when they were parted again."""

    id: MergeId
    kept: FamilyId
    merged: FamilyId
    merged_at: datetime
    moved: tuple[Moved, ...] = ()
    undone_at: datetime | None = None


@dataclass(frozen=True)
class Undoing:
    """What came back, and how many rows stayed because they were changed since."""

    restored: int
    stayed: int


@dataclass(frozen=True)
class Occasions:
    """For one caregiver: which occasions of messages take the place of which, so that nothing is said twice."""

    caregiver: CaregiverId
    instead: Mapping[str, str] = field(default_factory=dict)


class MergePort(Protocol):
    """Nothing is copied and nothing removed: rows change hands, and can change back."""

    async def near(
        self,
        commune: CommuneId,
        *,
        born_on: Collection[date],
        due_on: Collection[date],
        with_ended: bool = False,
    ) -> Sequence[KnownChild]:
        """Children born, and births expected, on one of these days in a commune."""
        ...

    async def newest(self, limit: int) -> Sequence[KnownChild]:
        """The children of the families that were enrolled last."""
        ...

    async def of_family(self, family: FamilyId) -> Sequence[KnownChild]: ...

    async def first_caregiver(self, family: FamilyId) -> CaregiverId | None: ...

    async def has_open_wishes(self, families: Collection[FamilyId]) -> bool:
        """Whether somebody there waits to be forgotten or to move: then nothing may change hands."""
        ...

    async def join(self, joined: Joined, at: datetime) -> Sequence[Moved]:
        """Move everything of the merged family to the kept one; gives what was changed."""
        ...

    async def keep_occasions(self, occasions: Sequence[Occasions]) -> Sequence[Moved]:
        """What was said on one occasion counts as said on the other."""
        ...

    async def keep(self, joined: Joined, moved: Sequence[Moved], *, by: ActorId, at: datetime) -> MergeId: ...

    async def merge(self, merge: MergeId) -> Merge | None: ...

    async def latest(self, limit: int) -> Sequence[Merge]:
        """The merges that stand, the newest first."""
        ...

    async def is_merged(self, family: FamilyId) -> bool:
        """Whether this file went into another one."""
        ...

    async def undo(self, merge: Merge, *, by: ActorId, at: datetime) -> Undoing:
        """Give back what was moved and has not changed since."""
        ...

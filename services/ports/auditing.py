"""What the nightly audit reads, and where its result is kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.auditing.finding import AuditedFile, AuditedRow, Fault, Finding
from domain.identifiers import CaregiverId, FacilityId, FamilyId


@dataclass(frozen=True)
class FilesRead:
    """The files of some families, and the last of these families; None when there are no more."""

    files: Sequence[AuditedFile]
    families: int
    last: FamilyId | None


@dataclass(frozen=True)
class AuditRun:
    """One audit: when, over how many days, how many families it looked at, and how often it found each fault."""

    at: datetime
    days: int
    families: int
    counts: Mapping[Fault, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many faults in all."""
        return sum(self.counts.values())


class AuditPort(Protocol):
    """Read in chunks of families, each with the same few statements."""

    async def files(self, after: FamilyId, *, limit: int, since: datetime) -> FilesRead:
        """The next families in which somebody joined, with all rows since then and those that still wait."""
        ...

    async def said_before(
        self, caregivers: Collection[CaregiverId], keys: Collection[str], before: datetime
    ) -> Mapping[CaregiverId, Sequence[AuditedRow]]:
        """What of these messages had reached them before."""
        ...

    async def changed_at(self, files: Collection[AuditedFile]) -> Mapping[CaregiverId, datetime]:
        """When something last changed by which her messages go, as far as anything tells.

        A pause counts until its longest end.
        """
        ...

    async def occasions(
        self, caregivers: Collection[CaregiverId], keys: Collection[str]
    ) -> Mapping[tuple[CaregiverId, str], frozenset[str]]:
        """On which occasions there is a row of these messages, closed without a reason left out."""
        ...

    async def sessions_changed(self, facility: FacilityId, since: datetime) -> bool:
        """Whether something about the facility's session days was changed or undone since."""
        ...

    async def keep(self, run: AuditRun, findings: Collection[Finding]) -> None: ...

    async def latest(self) -> AuditRun | None:
        """The newest run."""
        ...

    async def findings_of_latest(self, limit: int) -> Sequence[Finding]:
        """What it found, the first of it."""
        ...

    async def forget(self, before: datetime) -> int:
        """Runs from before then, with their findings. Gives how many runs."""
        ...

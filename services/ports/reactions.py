"""What families told after a vaccination, and who has seen it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.aftercare import Answer, Need, Watch
from domain.identifiers import ActorId, CaregiverId, ChildId, FacilityId
from domain.reader import Role


@dataclass(frozen=True)
class Reaction:
    """The word of one caregiver about one child, one day's doses and one watch; `at` is when it was told."""

    child: ChildId
    caregiver: CaregiverId
    facility: FacilityId
    given_on: date
    watch: Watch
    answer: Answer
    need: Need
    at: datetime


@dataclass(frozen=True)
class Reported:
    """The same as a nurse reads it: which child, and whom to call."""

    reaction: Reaction
    child_name: str
    born_on: date
    role: Role
    phone: str | None


class ReactionPort(Protocol):
    """One word of a caregiver for each child, day and watch; a new one takes the place of the old, unseen again."""

    async def note(self, reactions: Collection[Reaction]) -> None:
        """Keep them; the same word again changes nothing, but an alarm that rings anew has a new time, unseen."""
        ...

    async def of_children(self, children: Collection[ChildId], given_on: date) -> Sequence[Reaction]:
        """All that was told of the doses of a day, by whomever."""
        ...

    async def alarmed_since(self, children: Collection[ChildId], since: datetime) -> bool:
        """Whether an alarm was raised about each of them."""
        ...

    async def children_given(
        self, zone: str, first: date, last: date, *, vaccines: Collection[str] | None = None
    ) -> Sequence[ChildId]:
        """The children of a zone with a dose on these days whose date is known; of these vaccines, if any are named."""
        ...

    async def waiting(self, zone: str, *, alarms_since: datetime) -> Sequence[FacilityId]:
        """The facilities whose nurse has something to read: what was never listed, and alarms nobody has seen."""
        ...

    async def unseen(self, facility: FacilityId, *, since: datetime) -> Sequence[Reported]:
        """What nobody has seen, the oldest first; nothing of whom contact ended."""
        ...

    async def list_all(self, facility: FacilityId, until: datetime) -> int:
        """What was told until then has stood in a digest."""
        ...

    async def see(
        self, facility: FacilityId, *, until: datetime, by: ActorId, at: datetime, child: ChildId | None = None
    ) -> int:
        """Somebody has read what was told until then, of one child or of all."""
        ...

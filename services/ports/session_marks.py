"""What is said of a session day before it is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.attendance import Outcome, Why
from domain.identifiers import ActorId, FacilityId
from domain.session_closing import Who


@dataclass(frozen=True)
class SessionMark:
    """One mark, about one visit or (`who` is None) about everybody's.

    Without a `vaccine` it is about the whole visit. With one it is about this vaccine alone: it was lacking, or another
    one was given `instead`.
    """

    facility: FacilityId
    on: date
    who: Who | None
    outcome: Outcome
    vaccine: str = ""
    instead: str = ""
    why: Why | None = None


class SessionMarkPort(Protocol):
    """Everybody who vaccinates on a day sees the same marks; they go when it is closed."""

    async def hold(self, facility: FacilityId, on: date) -> None:
        """Until the transaction ends nobody else changes what is said of this day, or closes it."""
        ...

    async def put(self, mark: SessionMark, *, by: ActorId, at: datetime) -> None:
        """Keep it in place of an earlier one of the same visit and vaccine."""
        ...

    async def drop(self, facility: FacilityId, on: date, who: Who | None, *, vaccine: str | None = None) -> None:
        """What is said of one (None: of everybody as such): of one vaccine ("": of the whole visit), or all of it."""
        ...

    async def at_session(self, facility: FacilityId, on: date) -> Sequence[SessionMark]:
        """All of a session day."""
        ...

    async def drop_session(self, facility: FacilityId, on: date) -> None:
        """The session is closed."""
        ...

"""Session days as they really are, and those that were closed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.area import Facility
from domain.identifiers import ActorId, FacilityId
from domain.session_calendar import SessionCalendar, SessionChange, StockOut


@dataclass(frozen=True)
class Closing:
    """What the staff said of a session day: closed since, and the topic that was spoken about while families waited."""

    facility: FacilityId
    on: date
    closed_at: datetime | None = None
    closed_by: ActorId | None = None
    topic: str = ""
    topic_done_at: datetime | None = None


class SessionPort(Protocol):
    """Changes, stock-outs and closings of session days."""

    async def calendar(self, facility: Facility) -> SessionCalendar:
        """Its rule with all that was changed and runs short."""
        ...

    async def calendars(self, facilities: Collection[Facility]) -> Mapping[FacilityId, SessionCalendar]:
        """The same for many facilities at once."""
        ...

    async def change(self, facility: FacilityId, change: SessionChange, *, by: ActorId, at: datetime) -> None:
        """What stands about a day from now on; an earlier change of that day stays as history."""
        ...

    async def undo_change(self, facility: FacilityId, on: date, at: datetime) -> bool:
        """The day is again as the rule says; False when nothing stood about it."""
        ...

    async def add_stock_out(self, facility: FacilityId, out: StockOut, *, by: ActorId, at: datetime) -> None:
        """A vaccine is not there."""
        ...

    async def end_stock_out(self, facility: FacilityId, vaccine: str, last_without: date) -> int:
        """It is there again: `last_without` is the last day without it."""
        ...

    async def close(self, facility: FacilityId, on: date, *, by: ActorId, at: datetime) -> bool:
        """The session is closed; False when it was already."""
        ...

    async def reopen(self, facility: FacilityId, on: date) -> bool:
        """It is open again; False when it was not closed."""
        ...

    async def note_topic(self, facility: FacilityId, on: date, topic: str, done_at: datetime | None) -> bool:
        """The topic of a session day, and since when it is done; False when one is done already, which stays."""
        ...

    async def take_back_topic(self, facility: FacilityId, on: date) -> bool:
        """The topic is not done after all; False when it was not."""
        ...

    async def closing(self, facility: FacilityId, on: date) -> Closing:
        """What was said of a session day; an empty one when nothing was."""
        ...

    async def closings(self, facilities: Collection[FacilityId], first: date, last: date) -> Sequence[Closing]:
        """What was said of the session days of these facilities, in order of date."""
        ...

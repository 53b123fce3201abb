"""What a use case works with: a transaction, the programme and a moment; and in a conversation, who speaks."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.moment import Moment, local_day
from services.access import Speaker
from services.ports import UnitOfWork
from services.programme import Programme


@dataclass(frozen=True)
class Work:
    """Something done by the programme itself, all of it in one transaction."""

    uow: UnitOfWork
    programme: Programme
    moment: Moment


@dataclass(frozen=True)
class Turn(Work):
    """One turn of a conversation: somebody said something. `occasion` names the update that began it."""

    speaker: Speaker
    occasion: str
    said_at: datetime | None = None

    def said_on(self, zone: str) -> date:
        """The day on which it was said there: "today" in words that waited overnight is not the day of the answer."""
        return self.moment.today(zone) if self.said_at is None else local_day(self.said_at, zone)

"""What a use case works with: a transaction, the programme and a moment; and in a conversation, who speaks."""

from dataclasses import dataclass

from domain.moment import Moment
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

"""One piece of conversation on its way through the handlers."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot.heard import Heard
from domain.identifiers import CaregiverId, ChildId
from domain.message import OutgoingMessage, Text
from services.access import anew
from services.turn import Turn


@dataclass(frozen=True)
class Talk:
    """What a handler gets: the turn, what was heard, the bot's name for links, and labels as this reader sees them."""

    turn: Turn
    heard: Heard
    username: str
    label_of: Callable[[Text], str]


@dataclass(frozen=True)
class Said:
    """What is answered, in order; `about` whom it concerns, for names and kin terms.

    `below`: it stands below the tapped message, which stays. `ends_question`: the question that was open, and was
    answered by typing, loses its buttons. `then`: what is said after it, about others who share the telephone.
    """

    messages: Sequence[OutgoingMessage]
    about: tuple[CaregiverId, tuple[ChildId, ...]] | None = None
    below: bool = False
    ends_question: bool = False
    then: "tuple[Said, ...]" = ()


Handler = Callable[[Talk], Awaitable[Said]]


def say(*messages: OutgoingMessage) -> Said:
    """An answer that concerns nobody in particular."""
    return Said(messages)


def one_after_another(answers: Sequence[Said]) -> Said:
    """Several answers as one, each about its own people."""
    if not answers:
        return Said(())
    first, *others = answers
    return replace(first, then=(*first.then, *others))


async def refreshed(talk: Talk) -> Talk:
    """The same talk after the speaker changed in this turn: she joined, chose a language, became a volunteer."""
    speaker = await anew(talk.turn.uow, talk.turn.speaker)
    return replace(talk, turn=replace(talk.turn, speaker=speaker))

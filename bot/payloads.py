"""What a button carries: `v1:action:argument:…`, short, opaque, valid for ever, and authorised at every tap."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

VERSION = "v1"
YEARS = range(2000, 2100)  # days can be added to any of theirs
LONGEST_NUMBER = 18  # digits: more than any row of ours has
Word = TypeVar("Word", bound=StrEnum)


class UnreadableButtonError(ValueError):
    """It begins like one of ours, but its arguments make no sense: nobody's button."""


@dataclass(frozen=True)
class Payload:
    """An action and its arguments."""

    action: str
    arguments: tuple[str, ...] = ()

    def number(self, place: int) -> int:
        """An argument that is the number of a row."""
        word = self.word(place)
        if not (word.isascii() and word.isdecimal() and len(word) <= LONGEST_NUMBER):
            raise UnreadableButtonError("a button's number")
        return int(word)

    def day(self, place: int) -> date:
        """An argument that is a day."""
        try:
            found = date.fromisoformat(self.word(place))
        except ValueError as error:
            raise UnreadableButtonError("a button's day") from error
        if found.year not in YEARS:
            raise UnreadableButtonError("a button's day")
        return found

    def one_of(self, place: int, words: type[Word]) -> Word:
        """An argument that is one of these words."""
        try:
            return words(self.word(place))
        except ValueError as error:
            raise UnreadableButtonError("a button's word") from error

    def word(self, place: int) -> str:
        """An argument, or an empty word when it is missing."""
        return self.arguments[place] if place < len(self.arguments) else ""


def payload(action: str, *arguments: object) -> str:
    """The text of a button's payload, at most 64 bytes."""
    text = ":".join((VERSION, action, *(str(argument) for argument in arguments)))
    if len(text.encode()) > 64:
        raise ValueError(f"a payload of {len(text.encode())} bytes: {action}")
    return text


def read_payload(text: str) -> Payload | None:
    """Read what a button carried; None when it is not one of ours."""
    version, _, rest = text.partition(":")
    action, *arguments = rest.split(":")
    return Payload(action, tuple(arguments)) if version == VERSION and action else None

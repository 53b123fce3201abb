"""What is said, free of any channel: a text by key, its values, the choices that answer it, a picture or a document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias


@dataclass(frozen=True)
class Text:
    """A text by its key in the catalogue or the interface, with the values its placeholders need."""

    key: str
    values: Mapping[str, "Value"] = field(default_factory=lambda: MappingProxyType({}))


Value: TypeAlias = str | int | date | Text | tuple["Value", ...]


@dataclass(frozen=True)
class Choice:
    """One answer that can be tapped. `payload` is opaque and at most 64 bytes; every tap is authorised anew.

    A choice with a `url` opens it instead. One that `asks_contact` is a key by which a phone shares its own number.
    """

    label: Text
    payload: str = ""
    url: str | None = None
    asks_contact: bool = False


class Keyboard(StrEnum):
    """How choices stand: under the message, or in place of the letters until the next keyboard comes."""

    INLINE = "inline"
    REPLY = "reply"
    REMOVE = "remove"


@dataclass(frozen=True)
class QrPicture:
    """A QR code to be drawn for `link` when the message is sent."""

    link: str


@dataclass(frozen=True)
class Section:
    """A part of a document: its heading, and what stands below it."""

    heading: Text
    lines: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Document:
    """A document to be printed when the message is sent. Its file's name says nothing of anybody."""

    file_name: str
    title: Text
    sections: tuple[Section, ...] = ()

    @property
    def texts(self) -> tuple[Text, ...]:
        """All that it says, in order."""
        return (self.title, *(text for one in self.sections for text in (one.heading, *one.lines)))


@dataclass(frozen=True)
class OutgoingMessage:
    """A semantic message: rendered per language and channel only when it is sent."""

    body: Text
    choices: tuple[tuple[Choice, ...], ...] = ()
    keyboard: Keyboard = Keyboard.INLINE
    picture: QrPicture | None = None
    edits: str | None = None  # the channel's id of the message that this one takes the place of
    disarms: str | None = None  # the channel's id of an older message that loses its buttons to this one
    names_child: bool = False  # such a message cannot be forwarded
    whom: Text | None = None  # on a shared chat: for which of them it is
    document: Document | None = None

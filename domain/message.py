"""What is said, free of any channel: a text by key, its values, the choices that answer it, a picture or a document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
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


class MediaKind(StrEnum):
    """What staff add to a campaign."""

    PHOTO = "photo"
    VOICE = "voice"


@dataclass(frozen=True)
class Media:
    """A picture or a voice that we keep, by the SHA-256 of its content in hexadecimal."""

    kind: MediaKind
    content_hash: str


class Change(StrEnum):
    """What becomes of the delivered message that `edits` names: never is a new one sent in its place."""

    CORRECT = "correct"
    TAKE_BACK = "take_back"


class Layout(StrEnum):
    """How a document looks on paper."""

    LETTER = "letter"
    CARD = "card"
    CALL_LIST = "call_list"


@dataclass(frozen=True)
class Section:
    """A part of a document: its heading, what stands below it, and a table by rows, the heads of the columns first."""

    heading: Text
    lines: tuple[Text, ...] = ()
    rows: tuple[tuple[Text, ...], ...] = ()


@dataclass(frozen=True)
class Document:
    """A document to be printed when the message is sent. Its file's name says nothing of anybody."""

    file_name: str
    title: Text
    sections: tuple[Section, ...] = ()
    layout: Layout = Layout.LETTER

    @property
    def texts(self) -> tuple[Text, ...]:
        """All that it says, in order."""
        cells = ((one.heading, *one.lines, *(cell for row in one.rows for cell in row)) for one in self.sections)
        return (self.title, *(text for section in cells for text in section))


@dataclass(frozen=True)
class CalendarEvent:
    """A day for somebody's own calendar, in the zone of the place. Without hours it takes the whole day.

    `uid` stays the same when the day changes: so the calendar moves the event, and does not keep two.
    """

    uid: str
    title: Text
    place: Text
    note: Text
    on: date
    zone: str
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True)
class CalendarFile:
    """A file for somebody's calendar, as things stood at the instant `made_at`."""

    file_name: str
    made_at: datetime
    events: tuple[CalendarEvent, ...]

    @property
    def texts(self) -> tuple[Text, ...]:
        """All that it says, in order."""
        return tuple(text for one in self.events for text in (one.title, one.place, one.note))


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
    calendar: CalendarFile | None = None
    media: Media | None = None
    change: Change | None = None

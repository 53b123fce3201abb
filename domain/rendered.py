"""A message as a channel will show it: words, labels and markup in one language."""

from dataclasses import dataclass
from datetime import date, datetime, time

from domain.message import Change, Keyboard, Layout, Media, QrPicture


@dataclass(frozen=True)
class RenderedChoice:
    """A button. Its label is plain text: channels have no markup there."""

    label: str
    payload: str = ""
    url: str | None = None
    asks_contact: bool = False


@dataclass(frozen=True)
class RenderedSection:
    """A part of a document, in plain words."""

    heading: str
    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class RenderedDocument:
    """A document that a channel prints and sends."""

    file_name: str
    title: str
    sections: tuple[RenderedSection, ...]
    layout: Layout = Layout.LETTER


@dataclass(frozen=True)
class RenderedEvent:
    """A day for somebody's calendar, in plain words."""

    uid: str
    title: str
    place: str
    note: str
    on: date
    zone: str
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True)
class RenderedCalendar:
    """A calendar file that a channel makes and sends."""

    file_name: str
    made_at: datetime
    events: tuple[RenderedEvent, ...]


@dataclass(frozen=True)
class RenderedMessage:
    """Words in Telegram's HTML, all of them in `language`. `file_id`: as the channel knows the media, if it does."""

    text: str
    language: str
    choices: tuple[tuple[RenderedChoice, ...], ...] = ()
    keyboard: Keyboard = Keyboard.INLINE
    picture: QrPicture | None = None
    document: RenderedDocument | None = None
    calendar: RenderedCalendar | None = None
    edits: str | None = None
    disarms: str | None = None
    names_child: bool = False
    media: Media | None = None
    file_id: str | None = None
    change: Change | None = None

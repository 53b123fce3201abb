"""Messages as JSON and back, without loss: days, texts and lists are told apart from strings."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

from domain.message import (
    CalendarEvent,
    CalendarFile,
    Choice,
    Document,
    Keyboard,
    Layout,
    Media,
    MediaKind,
    OutgoingMessage,
    QrPicture,
    Section,
    Text,
    Value,
)


def encode_message(message: OutgoingMessage) -> dict[str, Any]:
    """The message as JSON values."""
    return {
        "body": encode_text(message.body),
        "choices": [[_encode_choice(choice) for choice in row] for row in message.choices],
        "keyboard": message.keyboard.value,
        "picture": message.picture.link if message.picture else None,
        "document": _encode_document(message.document) if message.document else None,
        "calendar": _encode_calendar(message.calendar) if message.calendar else None,
        "edits": message.edits,
        "disarms": message.disarms,
        "names_child": message.names_child,
        "whom": encode_text(message.whom) if message.whom else None,
        "media": [message.media.kind.value, message.media.content_hash] if message.media else None,
    }


def decode_message(stored: Mapping[str, Any]) -> OutgoingMessage:
    """The message that was encoded."""
    return OutgoingMessage(
        body=decode_text(stored["body"]),
        choices=tuple(tuple(_decode_choice(choice) for choice in row) for row in stored["choices"]),
        keyboard=Keyboard(stored["keyboard"]),
        picture=QrPicture(stored["picture"]) if stored["picture"] is not None else None,
        document=_decode_document(stored["document"]) if stored.get("document") else None,
        calendar=_decode_calendar(stored["calendar"]) if stored.get("calendar") else None,
        edits=stored["edits"],
        disarms=stored.get("disarms"),
        names_child=stored["names_child"],
        whom=decode_text(stored["whom"]) if stored.get("whom") else None,
        media=_decode_media(stored["media"]) if stored.get("media") else None,
    )


def _decode_media(stored: Sequence[str]) -> Media:
    kind, content_hash = stored
    return Media(MediaKind(kind), content_hash)


def encode_text(text: Text) -> dict[str, Any]:
    """A text and its values as JSON values."""
    return {"text": text.key, "values": {name: _encode_value(value) for name, value in text.values.items()}}


def decode_text(stored: Mapping[str, Any]) -> Text:
    """The text that was encoded."""
    values = {name: _decode_value(value) for name, value in stored["values"].items()}
    return Text(stored["text"], MappingProxyType(values))


def _encode_value(value: Value) -> Any:
    if isinstance(value, Text):
        return encode_text(value)
    if isinstance(value, tuple):
        return [_encode_value(item) for item in value]
    if type(value) is date:
        return {"date": value.isoformat()}
    if isinstance(value, str | int):
        return value
    # An instant is a date to Python, and would lose its hour here.
    raise TypeError(f"a message carries no {type(value).__name__}")


def _decode_value(stored: Any) -> Value:
    if isinstance(stored, list):
        return tuple(_decode_value(item) for item in stored)
    if isinstance(stored, dict):
        return date.fromisoformat(stored["date"]) if "date" in stored else decode_text(stored)
    if isinstance(stored, str | int):
        return stored
    raise TypeError(f"a message carries no {type(stored).__name__}")


def _encode_document(document: Document) -> dict[str, Any]:
    return {
        "file_name": document.file_name,
        "title": encode_text(document.title),
        "sections": [_encode_section(one) for one in document.sections],
        "layout": document.layout.value,
    }


def _encode_section(section: Section) -> dict[str, Any]:
    return {
        "heading": encode_text(section.heading),
        "lines": [encode_text(line) for line in section.lines],
        "rows": [[encode_text(cell) for cell in row] for row in section.rows],
    }


def _decode_document(stored: Mapping[str, Any]) -> Document:
    sections = (
        Section(
            decode_text(one["heading"]),
            tuple(decode_text(line) for line in one["lines"]),
            tuple(tuple(decode_text(cell) for cell in row) for row in one.get("rows", ())),
        )
        for one in stored["sections"]
    )
    layout = Layout(stored.get("layout", Layout.LETTER))
    return Document(stored["file_name"], decode_text(stored["title"]), tuple(sections), layout)


def _encode_calendar(calendar: CalendarFile) -> dict[str, Any]:
    return {
        "file_name": calendar.file_name,
        "made_at": calendar.made_at.isoformat(),
        "events": [_encode_event(one) for one in calendar.events],
    }


def _encode_event(event: CalendarEvent) -> dict[str, Any]:
    return {
        "uid": event.uid,
        "title": encode_text(event.title),
        "place": encode_text(event.place),
        "note": encode_text(event.note),
        "on": event.on.isoformat(),
        "zone": event.zone,
        "opens": event.opens.isoformat() if event.opens else None,
        "closes": event.closes.isoformat() if event.closes else None,
    }


def _decode_calendar(stored: Mapping[str, Any]) -> CalendarFile:
    events = tuple(_decode_event(one) for one in stored["events"])
    return CalendarFile(stored["file_name"], datetime.fromisoformat(stored["made_at"]), events)


def _decode_event(stored: Mapping[str, Any]) -> CalendarEvent:
    return CalendarEvent(
        uid=stored["uid"],
        title=decode_text(stored["title"]),
        place=decode_text(stored["place"]),
        note=decode_text(stored["note"]),
        on=date.fromisoformat(stored["on"]),
        zone=stored["zone"],
        opens=time.fromisoformat(stored["opens"]) if stored["opens"] else None,
        closes=time.fromisoformat(stored["closes"]) if stored["closes"] else None,
    )


def _encode_choice(choice: Choice) -> dict[str, Any]:
    return {
        "label": encode_text(choice.label),
        "payload": choice.payload,
        "url": choice.url,
        "asks_contact": choice.asks_contact,
    }


def _decode_choice(stored: Mapping[str, Any]) -> Choice:
    return Choice(
        label=decode_text(stored["label"]),
        payload=stored["payload"],
        url=stored["url"],
        asks_contact=stored["asks_contact"],
    )

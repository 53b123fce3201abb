"""Babel extractors for our YAML: the English text under its key as context, with the notes for translators."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from babel.messages.extract import extract

from content.catalogue import message_files
from content.interface import interface_files, read_interface
from content.po_files import Entry
from content.yaml_files import parse_record

Extracted = tuple[int, str, tuple[str, str], list[str]]

_KEYWORDS = {"pgettext": ((1, "c"), 2)}


def extract_messages(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Extracted]:
    """The texts of a file of the catalogue: each message under its key, its other strings under `key#part`."""
    del keywords, comment_tags, options  # Babel passes them to every extractor
    for record in parse_record(fileobj, _name(fileobj)).records("messages"):
        key, line = record.text("key"), record.lines["text"]
        notes = _notes(record.text("note", ""))
        yield line, "pgettext", (key, record.text("text")), notes
        for part in record.get("parts", {}):
            yield line, "pgettext", (f"{key}#{part}", record.record("parts").text(part)), notes


def extract_interface(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Extracted]:
    """The texts of a file of the interface."""
    del keywords, comment_tags, options  # Babel passes them to every extractor
    for text in read_interface(parse_record(fileobj, _name(fileobj))):
        yield text.place.line, "pgettext", (text.key, text.english), _notes(text.note)


def content_entries(root: Path) -> tuple[Entry, ...]:
    """Everything of the catalogue that is to be translated, in the order of its files."""
    return tuple(entry for path in message_files(root) for entry in _entries(path, extract_messages))


def interface_entries(root: Path) -> tuple[Entry, ...]:
    """Everything of the interface that is to be translated, in the order of its files."""
    return tuple(entry for path in interface_files(root) for entry in _entries(path, extract_interface))


def _entries(path: Path, extractor: Any) -> Iterator[Entry]:
    with path.open("rb") as fileobj:
        for _, english, notes, context in extract(extractor, fileobj, keywords=_KEYWORDS):
            yield Entry(context=str(context), english=str(english), notes=tuple(notes))


def _notes(note: str) -> list[str]:
    return [note.strip()] if note.strip() else []


def _name(fileobj: IO[bytes]) -> str:
    return str(getattr(fileobj, "name", "file"))

"""The bot's own words in English: content/interface/*.yaml, a flat mapping from key to text, or to text and note."""

import re
from dataclasses import dataclass
from pathlib import Path

from content.errors import ContentError, Place
from content.yaml_files import Record, read_record

_KEY = re.compile(r"[a-z0-9_.]+")


@dataclass(frozen=True)
class InterfaceText:
    """One text of the interface, with what its translator should know."""

    key: str
    english: str
    note: str
    place: Place

    @property
    def is_label(self) -> bool:
        """Whether it stands on a button, where there is little room and no markup: `….label` and `…choice.…`."""
        parts = self.key.split(".")
        return parts[-1] == "label" or "choice" in parts


def load_interface(root: Path) -> dict[str, InterfaceText]:
    """All texts of the interface by key, in the order of the files."""
    found: dict[str, InterfaceText] = {}
    for path in interface_files(root):
        record = read_record(path, root)
        for text in read_interface(record):
            if text.key in found:
                raise ContentError(text.place, f"the key “{text.key}” is also in {found[text.key].place.file}")
            found[text.key] = text
    return found


def interface_files(root: Path) -> list[Path]:
    """The files of the interface, in a stable order."""
    return sorted((root / "content" / "interface").glob("*.yaml"))


def read_interface(record: Record) -> list[InterfaceText]:
    """The texts of one file."""
    return [_read_text(record, key) for key in record]


def _read_text(record: Record, key: str) -> InterfaceText:
    place = record.at(key)
    if not _KEY.fullmatch(key):
        raise ContentError(place, f"the key “{key}” may have small letters, digits, points and underscores only")
    if not isinstance(record[key], Record):
        return InterfaceText(key, record.text(key), "", place)
    entry = record.record(key)
    entry.only(["text"], ["note"])
    return InterfaceText(key, entry.text("text"), entry.text("note", ""), place)

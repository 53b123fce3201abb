"""Which health texts a clinician has approved; an approval is pinned to the hash of the text it was given for."""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import takewhile
from pathlib import Path

from content.errors import ContentError
from content.yaml_files import Record, read_record

FILE = "content/approvals.yaml"
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Approval:
    """One clinician's word for one text in one language."""

    key: str
    language: str
    sha256: str
    clinician: str
    approved_on: date
    line: int = 0


class Approvals:
    """All approvals. What they do not cover is a draft."""

    def __init__(self, entries: tuple[Approval, ...]) -> None:
        self.entries = entries
        self._covered = {(entry.key, entry.language, entry.sha256): entry for entry in entries}
        self._last = {(entry.key, entry.language): entry for entry in entries}

    def covers(self, key: str, tag: str, text: str) -> bool:
        """Whether exactly this text was approved under this key in this language."""
        return self.of_text(key, tag, text) is not None

    def of_text(self, key: str, tag: str, text: str) -> Approval | None:
        """The approval of exactly this text."""
        return self._covered.get((key, tag, text_hash(text))) if self._covered else None

    def last_of(self, key: str, tag: str) -> Approval | None:
        """What was approved last under this key in this language, in whatever words."""
        return self._last.get((key, tag))

    def with_new(self, new: Iterable[Approval]) -> "Approvals":
        """These and the new ones; each takes the place of what was said before of the same key and language."""
        added = {(entry.key, entry.language): entry for entry in new}
        kept = (entry for entry in self.entries if (entry.key, entry.language) not in added)
        return Approvals((*kept, *added.values()))

    def without(self, keys: Collection[str], tag: str) -> "Approvals":
        """All but those of these keys in this language."""
        return Approvals(tuple(one for one in self.entries if one.key not in keys or one.language != tag))


def text_hash(text: str) -> str:
    """The hash that an approval carries."""
    return sha256(text.encode()).hexdigest()


def load_approvals(root: Path) -> Approvals:
    """The approvals of content/approvals.yaml."""
    top = read_record(root / FILE, root)
    top.only(["approvals"])
    return Approvals(tuple(_read_approval(record) for record in top.records("approvals")))


def format_approvals(approvals: Approvals, before: str) -> str:
    """The file with these approvals, under the remarks that stand at the head of `before`."""
    head = list(takewhile(lambda line: line.startswith("#"), before.splitlines()))
    if not approvals.entries:
        return "\n".join([*head, "approvals: []", ""])
    return "\n".join([*head, "approvals:", *(_format_approval(entry) for entry in approvals.entries), ""])


def _format_approval(entry: Approval) -> str:
    """Names stand in quotes: whatever a name is made of, YAML reads it as it is; so do hashes of digits alone."""
    fields = {
        "key": json.dumps(entry.key) if "#" in entry.key else entry.key,
        "language": entry.language,
        "sha256": json.dumps(entry.sha256),
        "clinician": json.dumps(entry.clinician, ensure_ascii=False),
        "approved_on": entry.approved_on.isoformat(),
    }
    return "  - " + "\n    ".join(f"{name}: {value}" for name, value in fields.items())


def _read_approval(record: Record) -> Approval:
    record.only(("key", "language", "sha256", "clinician", "approved_on"))
    if not _HASH.fullmatch(record.text("sha256")):
        raise ContentError(record.at("sha256"), "“sha256” must be 64 letters and digits")
    if not record.text("clinician").strip():
        raise ContentError(record.at("clinician"), "an approval names its clinician")
    return Approval(
        key=record.text("key"),
        language=record.text("language"),
        sha256=record.text("sha256"),
        clinician=record.text("clinician"),
        approved_on=record.day("approved_on"),
        line=record.place.line,
    )

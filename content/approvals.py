"""Which health texts a clinician has approved; an approval is pinned to the hash of the text it was given for."""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
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
        self._covered = {(entry.key, entry.language, entry.sha256) for entry in entries}

    def covers(self, key: str, tag: str, text: str) -> bool:
        """Whether exactly this text was approved under this key in this language."""
        return bool(self._covered) and (key, tag, text_hash(text)) in self._covered


def text_hash(text: str) -> str:
    """The hash that an approval carries."""
    return sha256(text.encode()).hexdigest()


def load_approvals(root: Path) -> Approvals:
    """The approvals of content/approvals.yaml."""
    top = read_record(root / FILE, root)
    top.only(["approvals"])
    return Approvals(tuple(_read_approval(record) for record in top.records("approvals")))


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

"""Where our health texts come from: content/sources.yaml."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from content.errors import ContentError
from content.yaml_files import Record, read_record


class Certainty(StrEnum):
    """Whether the source itself was read, or what it says is common knowledge that a clinician must confirm."""

    VERIFIED = "verified"
    KNOWLEDGE = "knowledge"


@dataclass(frozen=True)
class Source:
    """A guideline, law or book that a text rests on; `year` is None where nobody has read it there."""

    id: str
    title: str
    publisher: str
    certainty: Certainty
    year: int | None = None
    address: str = ""
    note: str = ""


def load_sources(root: Path) -> dict[str, Source]:
    """All sources, by their id."""
    top = read_record(root / "content" / "sources.yaml", root)
    return {name: _read_source(name, top.record(name)) for name in top}


def _read_source(name: str, record: Record) -> Source:
    record.only(("title", "publisher", "certainty"), ("year", "address", "note"))
    if record["certainty"] not in list(Certainty):
        raise ContentError(record.at("certainty"), f"“certainty” must be one of {', '.join(Certainty)}")
    return Source(
        id=name,
        title=record.text("title"),
        publisher=record.text("publisher"),
        certainty=Certainty(record["certainty"]),
        year=record.number("year") if "year" in record else None,
        address=record.text("address", ""),
        note=record.text("note", ""),
    )

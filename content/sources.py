"""Where our health texts and schedules come from: content/sources.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from content.errors import ContentError
from content.yaml_files import Record, read_record


class Certainty(StrEnum):
    """Whether the source itself was read, or only what others say of it, or a clinician must confirm our knowledge."""

    VERIFIED = "verified"
    SECOND_HAND = "second_hand"
    KNOWLEDGE = "knowledge"


@dataclass(frozen=True)
class Source:
    """A guideline, law or book that a text rests on; `year` is None where nobody has read it there.

    `replaced_by` is the source that came in the place of one that is no longer in force.
    """

    id: str
    title: str
    publisher: str
    certainty: Certainty
    year: int | None = None
    address: str = ""
    note: str = ""
    replaced_by: str = ""


def load_sources(root: Path) -> dict[str, Source]:
    """All sources, by their id."""
    top = read_record(root / "content" / "sources.yaml", root)
    found: dict[str, Source] = {}
    for name in top:
        found[name] = _read_source(name, top.record(name), found)
    return found


def in_force_instead(source: Source, sources: Mapping[str, Source]) -> str:
    """The id of what is in force in its place today; empty when it is in force itself."""
    newest = source
    while newest.replaced_by:
        newest = sources[newest.replaced_by]
    return "" if newest is source else newest.id


def _read_source(name: str, record: Record, above: Mapping[str, Source]) -> Source:
    record.only(("title", "publisher", "certainty"), ("year", "address", "note", "replaced_by"))
    if record["certainty"] not in list(Certainty):
        raise ContentError(record.at("certainty"), f"“certainty” must be one of {', '.join(Certainty)}")
    if "replaced_by" in record and record.text("replaced_by") not in above:
        raise ContentError(record.at("replaced_by"), "“replaced_by” must name a source that stands above")
    return Source(
        id=name,
        title=record.text("title"),
        publisher=record.text("publisher"),
        certainty=Certainty(record["certainty"]),
        year=record.number("year") if "year" in record else None,
        address=record.text("address", ""),
        note=record.text("note", ""),
        replaced_by=record.text("replaced_by", ""),
    )

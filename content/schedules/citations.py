"""What a rule rests on: the documents of content/sources.yaml that it cites, how surely, and a note for clinicians."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from content.errors import ContentError
from content.schedules.entries import ScheduleError
from content.schedules.values import Fields, known
from content.sources import in_force_instead, load_sources
from domain.vaccination.sources import Certainty, Citation, Source

ROOT = Path(__file__).resolve().parents[2]


@cache
def citations() -> Mapping[str, Citation]:
    """Every document that a rule may cite, by its id, with what is in force in its place."""
    try:
        sources = load_sources(ROOT)
    except ContentError as error:
        raise ScheduleError(str(error)) from error
    return {one.id: Citation(one.id, in_force_instead(one, sources)) for one in sources.values()}


def read_source(fields: Fields) -> Source:
    """The fields `sources`, `certainty` and `note` of a rule."""
    documents = [known(entry, citations(), "a source of content/sources.yaml") for entry in fields["sources"].each()]
    if len(set(documents)) != len(documents):
        fields["sources"].fail("a source stands here twice")
    return Source(
        citations=tuple(citations()[document] for document in documents),
        certainty=fields["certainty"].read(Certainty, "verified, second_hand or memory"),
        note=fields["note"].text() if "note" in fields else "",
    )

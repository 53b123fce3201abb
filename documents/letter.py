"""A letter: a title, and parts with a heading and lines; what somebody takes along of herself."""

from collections.abc import Sequence

from documents.printing import print_pdf


def print_letter(title: str, sections: Sequence[tuple[str, Sequence[str]]], *, language: str) -> bytes:
    """A PDF of A4 pages with their numbers; raises PrintingError. Whatever stands in the lines is only ever shown."""
    parts = [{"heading": heading, "lines": list(lines)} for heading, lines in sections]
    return print_pdf("letter", {"title": title, "language": language, "sections": parts})

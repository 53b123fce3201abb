"""The families to be called before a session day, on paper: a line each, with an empty box for what came of it."""

from documents.printing import print_pdf
from domain.rendered import RenderedDocument


def print_call_list(document: RenderedDocument, *, language: str) -> bytes:
    """A PDF of A4 pages, each with the heads of the columns and its number; the box is the template's own."""
    (about,) = document.sections
    heads, *lines = about.rows
    values = {
        "title": document.title,
        "language": language,
        "facility": about.heading,
        "about": list(about.lines),
        "heads": list(heads),
        "lines": [list(line) for line in lines],
    }
    return print_pdf("call_list", values)

"""A child's vaccination card as a PDF: what was given and counted, and what is next, one page a child."""

from documents.printing import print_pdf
from domain.rendered import RenderedDocument


def print_vaccination_card(document: RenderedDocument, *, language: str) -> bytes:
    """A PDF of A4 pages with their numbers; raises PrintingError. Whatever stands in it is only ever shown.

    Each section is a child: its heading, a table whose first row has the heads of the columns, and lines below it.
    """
    children = [
        {"heading": one.heading, "rows": [list(row) for row in one.rows], "lines": list(one.lines)}
        for one in document.sections
    ]
    return print_pdf("vaccination_card", {"title": document.title, "language": language, "children": children})

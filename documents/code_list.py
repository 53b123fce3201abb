"""A list of invites to print, for families who came in by file and have no chat yet."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from documents.printing import print_pdf
from documents.qr_drawing import qr_svg


@dataclass(frozen=True)
class InviteLine:
    """One family's invite; `family` is a label that tells the volunteer which family is meant."""

    number: str
    family: str
    link: str
    code: str


@dataclass(frozen=True)
class CodeListWords:
    """The words of the list: its title, the heads of its columns, and a note under the title."""

    language: str
    title: str
    number: str
    family: str
    link: str
    code: str
    note: str


def print_code_list(lines: Sequence[InviteLine], *, facility: str, made_on: str, words: CodeListWords) -> bytes:
    """A PDF of A4 pages, each with the heads of the columns and its number; `made_on` is printed as it is given."""
    values = {
        "lines": [asdict(line) | {"qr": qr_svg(line.link)} for line in lines],
        "facility": facility,
        "made_on": made_on,
        "words": asdict(words),
    }
    return print_pdf("code_list", values)

"""A poster for the wall of a health station: one sheet of A4 with a QR code, in several languages."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from documents.printing import print_pdf
from documents.qr_drawing import qr_svg


@dataclass(frozen=True)
class PosterWords:
    """What one language says on the poster; `language` is its tag, each of `steps` a short line."""

    language: str
    title: str
    what_it_is: str
    steps: tuple[str, ...]


def print_poster(link: str, *, facility: str, words: Sequence[PosterWords]) -> bytes:
    """One page, to be read from two metres; raises PrintingError when the words would not fit on it."""
    values = {"qr": qr_svg(link), "link": link, "facility": facility, "words": [asdict(one) for one in words]}
    return print_pdf("poster", values)

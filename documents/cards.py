"""Cards with a QR code, eight to a sheet of A4, that are given out before anybody is enrolled."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from documents.printing import print_pdf
from documents.qr_drawing import qr_svg


@dataclass(frozen=True)
class Card:
    """One card: the number that a volunteer asks for, and the link that the QR code holds.

    `label` tells whose it is, when it is made for one family.
    """

    number: str
    link: str
    label: str = ""


@dataclass(frozen=True)
class CardWords:
    """What one language says on every card; `language` is its tag, each of `steps` a short line."""

    language: str
    title: str
    what_it_is: str
    steps: tuple[str, ...]
    number_label: str


def print_cards(cards: Sequence[Card], *, facility: str, words: Sequence[CardWords]) -> bytes:
    """A PDF to cut apart, one side only, with the languages of `words` under one another.

    Raises PrintingError when the words would not fit at 7.5 points, which is the least that is printed. A facility's
    name shrinks, takes a second line, and only then is shortened.
    """
    values = {
        "cards": [{"number": card.number, "label": card.label, "qr": qr_svg(card.link)} for card in cards],
        "facility": facility,
        "words": [asdict(one) for one in words],
    }
    return print_pdf("cards", values)

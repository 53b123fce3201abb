"""A printed PDF as a person with a phone meets it: pages to look at, words to read, codes to scan."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
import zxingcpp
from pypdfium2 import raw

_POINTS_PER_MM = 72 / 25.4
_PIXELS_PER_POINT = 3


@dataclass(frozen=True)
class Letter:
    """One printed letter: its box in millimetres from the upper left corner, its size in points, its font."""

    left: float
    right: float
    above: float
    below: float
    points: float
    font: str


@dataclass(frozen=True)
class ScannedCode:
    """What a camera reads, and how long the code's upper side is in millimetres."""

    link: str
    side: float


class Paper:
    """A document, opened by a reader of PDF that is not the typesetter's own."""

    def __init__(self, pdf: bytes) -> None:
        self._document = pypdfium2.PdfDocument(pdf)

    @property
    def pages(self) -> int:
        return len(self._document)

    @cached_property
    def size(self) -> tuple[int, int]:
        width, height = self._document[0].get_size()
        return round(width / _POINTS_PER_MM), round(height / _POINTS_PER_MM)

    @property
    def made_on(self) -> str:
        """The instant that the file gives for itself, empty when it names none."""
        return str(self._document.get_metadata_value("CreationDate"))

    def words(self, page: int = 0) -> str:
        """Everything that stands on a page, with single spaces where lines end."""
        with closing(self._document[page].get_textpage()) as text:
            return " ".join(text.get_text_bounded().split())

    def codes(self, page: int = 0) -> list[ScannedCode]:
        picture = self._document[page].render(scale=_PIXELS_PER_POINT).to_pil()
        found = zxingcpp.read_barcodes(picture)
        return [ScannedCode(code.text, _millimetres(code.position)) for code in found]

    def letters(self, page: int = 0) -> Iterator[Letter]:
        _, height = self._document[page].get_size()
        with closing(self._document[page].get_textpage()) as text:
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                if right > left:
                    yield Letter(
                        left=left / _POINTS_PER_MM,
                        right=right / _POINTS_PER_MM,
                        above=(height - top) / _POINTS_PER_MM,
                        below=(height - bottom) / _POINTS_PER_MM,
                        points=raw.FPDFText_GetFontSize(text, index),
                        font=_font(text, index),
                    )


def _millimetres(position: zxingcpp.Position) -> float:
    across = position.top_right.x - position.top_left.x
    return float(across / _PIXELS_PER_POINT / _POINTS_PER_MM)


def _font(text: pypdfium2.PdfTextPage, index: int) -> str:
    object_of_letter = raw.FPDFText_GetTextObject(text, index)
    font = raw.FPDFTextObj_GetFont(object_of_letter)
    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    name = (raw.c_char * length)()
    raw.FPDFFont_GetBaseFontName(font, name, length)
    return bytes(name).rstrip(b"\0").decode()

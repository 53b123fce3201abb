"""From plain values to a PDF: the one place that knows the typesetter, its templates and its font."""

import functools
import json
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import noto_cjk_sans_otc

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).resolve().parent / "templates"
_PICTURES = re.compile("[\U0001f000-\U0001faff\ufe0f]")


class PrintingError(ValueError):
    """The words do not fit where they must stand, or a value has the wrong shape."""


def print_pdf(template: str, values: dict[str, Any]) -> bytes:
    """Set `values` with `templates/<template>.typ`; raises PrintingError. Takes a CPU for a second or more.

    Values reach the template as JSON, never as markup, so nothing in them is ever carried out. The same values give
    the same bytes: a page knows no clock and no font of the machine.
    """
    import typst  # here: most processes never print, and would hold it in memory all the same

    try:
        return typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            sys_inputs={"values": json.dumps(_printable(values), ensure_ascii=False)},
        )
    except typst.TypstError as error:
        raise PrintingError(error.message.removeprefix("panicked with: ")) from error


@functools.cache
def _fonts() -> "typst.Fonts":
    import typst

    folder = Path(str(noto_cjk_sans_otc.FONT_PATH)).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part) for part in value]
    return value


def printable(text: str) -> str:
    """The text with marks joined to their letters and without what paper cannot show: controls, directions, halves.

    Our font has no coloured pictures, so they are left out too, unless the text is nothing else.
    """
    letters = "".join(_shown(letter) for letter in unicodedata.normalize("NFC", text))
    return " ".join(_PICTURES.sub("", letters).split()) or " ".join(letters.split())


def _shown(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cc":
        return " "
    return "" if category.startswith("C") else letter

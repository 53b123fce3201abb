"""The first words of a text, as a button shows them: no markup, no half word, short enough for a narrow telephone."""

import re
import unicodedata

WIDEST = 34  # as many Latin letters, or half as many Chinese ones, stand on a button at 360 pixels
_TAG = re.compile(r"<[^<>]*>")
_PARTS = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]|\s*[^\s\u3400-\u9fff\u3000-\u303f\uff00-\uffef]+"
)
_LOOSE = " ,;:.–、，；：。"


def beginning_of(text: str) -> str:
    """The first line, or as many of its words as there is room for."""
    line = next((line for line in _TAG.sub("", text).splitlines() if line.strip()), "").strip()
    if _width(line) <= WIDEST:
        return line
    kept = ""
    for part in _PARTS.findall(line):
        if _width(kept + part) >= WIDEST:
            break
        kept += part
    return (kept or line[: WIDEST - 1]).rstrip(_LOOSE) + "…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)

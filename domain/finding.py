"""How a family is sought: by the syllables of a child's name in any order, or by the last digits of a telephone number.

Marks and capitals do not count, nor does the order of syllables; of each syllable its beginning is enough.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LONGEST_SOUGHT = 60
FEWEST_DIGITS = 4
_HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f"
_SYLLABLE = re.compile(rf"[{_HAN}]|[^\W\d_{_HAN}]+")
# Combining marks, and what cannot be seen, go; the Vietnamese đ has no mark that could.
_BARE: Mapping[int, str | None] = MappingProxyType(
    {**dict.fromkeys(range(0x0300, 0x0370)), **dict.fromkeys((0x200B, 0x200C, 0x200D, 0x202E, 0xFEFF)), ord("đ"): "d"}
)


@dataclass(frozen=True)
class Sought:
    """What was typed: syllables of a name, or the ends that a telephone number may have. One of them is empty."""

    syllables: tuple[str, ...] = ()
    number_ends: tuple[str, ...] = ()


def folded(name: str) -> str:
    """A name without marks and capitals: "Nguyễn Đức" is "nguyen duc"."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name).casefold()).translate(_BARE)


def syllables_of(name: str) -> tuple[str, ...]:
    """The syllables of a name, folded; each Chinese character is one."""
    return tuple(_SYLLABLE.findall(folded(name)))


def digits_of(text: str) -> str:
    """Only the digits, in their usual form."""
    return "".join(str(unicodedata.decimal(letter)) for letter in text if letter.isdecimal())


def read_sought(text: str) -> Sought | None:
    """What is sought; None when nothing can be sought by it: no letters and fewer than four digits, or far too long."""
    if len(text) > LONGEST_SOUGHT:
        return None
    syllables = syllables_of(text)
    if syllables:
        return Sought(syllables=syllables)
    digits = digits_of(text)
    if len(digits) < FEWEST_DIGITS:
        return None
    # Kept is the number with its country's code and without the zero that is dialled within the country.
    without_zero = digits.lstrip("0")
    long_enough = without_zero != digits and len(without_zero) > FEWEST_DIGITS
    return Sought(number_ends=(digits, without_zero) if long_enough else (digits,))


def likeness_to(sought: tuple[str, ...], name: str) -> int | None:
    """How many of the syllables stand in the name as a whole; None when the name is another one.

    Every syllable sought begins one of the name; or the name is a part of what is sought: "An" at home, "Nguyễn Văn An"
    on paper.
    """
    bare = folded(name)
    if not any(syllable in bare for syllable in sought):
        return None
    rest = _SYLLABLE.findall(bare)
    if set(rest) <= set(sought):
        return len(rest)
    return _begun(sought, rest)


def _begun(sought: tuple[str, ...], rest: list[str]) -> int | None:
    whole = 0
    for syllable in sorted(sought, key=len, reverse=True):
        found = syllable if syllable in rest else next((one for one in rest if one.startswith(syllable)), None)
        if found is None:
            return None
        rest.remove(found)
        whole += found == syllable
    return whole

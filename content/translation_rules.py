"""What a translation must share with its English: the placeholders, the numbers, and that it is there."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from content.findings import Flaw
from content.markup import PLACEHOLDER
from content.placeholders import ADDRESS, placeholders_of
from content.po_files import Entry
from content.text_rules import Kind

_NUMBER = re.compile(r"\d+")


def state_flaws(entry: Entry | None, english: str) -> Iterator[Flaw]:
    """Whether there is a translation, and whether it is one of today's English."""
    if entry is None or (not entry.translation and entry.english == english):
        yield Flaw("The translation is missing.", "Translate it; `make translations` makes its place.")
    elif entry.english != english:
        yield Flaw("The translation is of an older English text.", "Run `make translations`, then look at it again.")
    elif entry.fuzzy:
        yield Flaw("The translation is marked fuzzy.", "Compare it with the English, then take the mark away.")


def pair_flaws(english: str, translation: str, kind: Kind) -> Iterator[Flaw]:
    """Where a translation and its English differ though they must not."""
    wanted, found = placeholders_of(english).names - ADDRESS, placeholders_of(translation).names - ADDRESS
    if wanted != found:
        differing = ", ".join(sorted(wanted ^ found))
        yield Flaw(f"The placeholders differ from the English: {differing}.", "Use the same ones.")
    if kind in (Kind.HEALTH, Kind.LONGER) and _numbers(english) != _numbers(translation):
        differing = ", ".join(sorted(_numbers(english) ^ _numbers(translation)))
        yield Flaw(f"The numbers differ from the English: {differing}.", "Write the same numbers as digits in both.")


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(normalize("NFKC", PLACEHOLDER.sub("", text))))

"""Labels that are typed instead of tapped: with or without their picture, in small or capital letters."""

import unicodedata

LONGEST_LABEL = 100
"""No label is so long: what is typed is more than one."""


def reads_like(typed: str, label: str) -> bool:
    """Whether somebody typed this label."""
    if len(typed) > LONGEST_LABEL:
        return False
    words = _folded(typed)
    return bool(words) and words == _folded(label)


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    within = [place for place, letter in enumerate(folded) if letter.isalnum() or unicodedata.combining(letter)]
    return folded[within[0] : within[-1] + 1] if within else ""

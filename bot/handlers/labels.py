"""Labels that are typed instead of tapped: with or without their picture, in small or capital letters."""

import re
import unicodedata

_AROUND = re.compile(r"^[\W_]+|[\W_]+$")


def reads_like(typed: str, label: str) -> bool:
    """Whether somebody typed this label."""
    words = _folded(typed)
    return bool(words) and words == _folded(label)


def _folded(text: str) -> str:
    return _AROUND.sub("", unicodedata.normalize("NFKC", text).casefold())

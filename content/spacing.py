"""Where a name in Latin letters stands between Chinese ones: a space on either side, which a Chinese name has not."""

import re

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_TAGS = "(?:<[^<>]*>)*"
_VALUE = r"\{\{((?:(?!\}\}).)+)\}\}"
_AFTER_HAN = re.compile(rf"([{_HAN}]{_TAGS}){_VALUE}")
_BEFORE_HAN = re.compile(rf"{_VALUE}(?={_TAGS}[{_HAN}])")
_LATIN_FIRST = re.compile(rf"{_TAGS}[{_LATIN}]")
_LATIN_LAST = re.compile(rf"[{_LATIN}]{_TAGS}\Z")


def with_spaced_values(source: str) -> str:
    """A Chinese template whose values keep off the letters beside them. Only values: a name is never changed inside."""
    spaced = _AFTER_HAN.sub(r"\1{{ (\2)|after_han }}", source)
    return _BEFORE_HAN.sub(r"{{ (\1)|before_han }}", spaced)


def after_han(written: str) -> str:
    """A value as it stands after a Chinese letter."""
    return f" {written}" if _LATIN_FIRST.match(written) else written


def before_han(written: str) -> str:
    """A value as it stands before a Chinese letter."""
    return f"{written} " if _LATIN_LAST.search(written) else written

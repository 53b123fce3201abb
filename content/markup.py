"""The markup that Telegram understands: what is wrong with a text's markup, and how long it is without."""

import re
from collections.abc import Iterator
from html import unescape

PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);")
_ANY_ENTITY = re.compile(r"&[a-zA-Z0-9#]*;?")

# Each tag with the attributes that Telegram wants to see.
_ATTRIBUTES = {
    **dict.fromkeys(["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "pre"], ""),
    "a": r' href="[^"]+"',
    "span": r' class="tg-spoiler"',
    "code": r'( class="language-[\w+-]+")?',
    "blockquote": "( expandable)?",
    "tg-emoji": r' emoji-id="\d+"',
    "tg-time": r'( [a-z-]+="[^"]*")+',
}


def plain_length(html: str) -> int:
    """How long Telegram finds a text: UTF-16 units after tags and entities."""
    return len(strip_markup(html).encode("utf-16-le")) // 2


def strip_markup(html: str) -> str:
    """The words without tags and entities."""
    return unescape(_TAG.sub("", html))


def markup_problems(html: str) -> list[str]:
    """What Telegram would refuse, as half sentences; empty when there is nothing."""
    filled = PLACEHOLDER.sub("x", html)
    return [*_tag_problems(filled), *_character_problems(_TAG.sub("", filled))]


def has_markup(text: str) -> bool:
    """Whether a text has tags or entities at all."""
    return bool(_TAG.search(text) or _ENTITY.search(text))


def _tag_problems(html: str) -> Iterator[str]:
    opened: list[str] = []
    for closing, name, attributes in _TAG.findall(html):
        if name not in _ATTRIBUTES:
            yield f"<{name}> is not one of Telegram's tags"
        elif closing and opened[-1:] != [name]:
            yield f"</{name}> closes nothing that is open"
        elif closing:
            opened.pop()
        else:
            opened.append(name)
            if not re.fullmatch(_ATTRIBUTES[name], attributes):
                yield f"<{name}{attributes}> has the wrong attributes"
    for name in opened:
        yield f"<{name}> is never closed"


def _character_problems(text: str) -> Iterator[str]:
    for entity in _ANY_ENTITY.findall(text):
        if not _ENTITY.fullmatch(entity):
            yield f"“{entity}” is not an entity that Telegram knows; a lone & is written &amp;"
    for sign, entity in (("<", "&lt;"), (">", "&gt;")):
        if sign in text:
            yield f"a lone {sign} is written {entity}"

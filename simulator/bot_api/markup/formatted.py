"""A text with its entities, counted in UTF-16 units as Telegram counts."""

import re
from dataclasses import dataclass

from simulator.accounts import Json

_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention", "url", "mention", "bot_command", "email"})
_DETECTED = (
    ("url", re.compile(r"(?:https?://|tg://|(?<![\w.@])(?:www\.|t\.me/))[^\s<>\"]*[^\s<>\".,;:!?)\]]")),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(r"(?<![\w/@.:])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@.])@[A-Za-z]\w{3,31}")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
)


class MarkupError(ValueError):
    """The markup cannot be parsed; says why in Telegram's words."""


@dataclass(frozen=True)
class Formatted:
    """Plain text and its entities."""

    text: str
    entities: tuple[Json, ...] = ()

    def length(self) -> int:
        return utf16_length(self.text)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def trimmed(formatted: Formatted) -> Formatted:
    """Without white space at both ends; entities move along or disappear."""
    text = formatted.text.replace("\r", "")
    start = len(text) - len(text.lstrip())
    cut = utf16_length(text[:start])
    text = text.strip()
    length = utf16_length(text)
    moved = (_clipped(entity, cut, length) for entity in formatted.entities)
    return Formatted(text, tuple(entity for entity in moved if entity["length"] > 0))


def _clipped(entity: Json, cut: int, length: int) -> Json:
    begin = max(0, entity["offset"] - cut)
    end = min(length, entity["offset"] + entity["length"] - cut)
    return {**entity, "offset": begin, "length": end - begin}


def with_detected(formatted: Formatted) -> Formatted:
    """Add what Telegram finds by itself: links, addresses, commands, mentions, hashtags."""
    entities = list(formatted.entities)
    for kind, pattern in _DETECTED:
        for match in pattern.finditer(formatted.text):
            found = _entity(kind, formatted.text, match)
            if not any(_overlap(found, other) for other in entities if other["type"] in _OPAQUE):
                entities.append(found)
    return Formatted(formatted.text, tuple(sorted(entities, key=_order)))


def _entity(kind: str, text: str, match: re.Match[str]) -> Json:
    return {"type": kind, "offset": utf16_length(text[: match.start()]), "length": utf16_length(match[0])}


def _overlap(one: Json, other: Json) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def _order(entity: Json) -> tuple[int, int, str]:
    return entity["offset"], -entity["length"], entity["type"]

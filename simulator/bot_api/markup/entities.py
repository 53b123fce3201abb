"""Entities that the bot lists itself instead of marking the text up."""

from typing import Any

from simulator.accounts import Json
from simulator.bot_api.errors import ApiError, bad_request
from simulator.bot_api.links import LinkError, checked_link
from simulator.bot_api.markup.formatted import utf16_length

_KINDS = frozenset(
    {
        "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
        "code", "pre", "text_link", "text_mention", "custom_emoji", "date_time",
    }
)  # fmt: skip
# Telegram finds these by itself and ignores them in a list.
_AUTOMATIC = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "media_timestamp"}
)
_NEEDED = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
_KEPT = ("type", "offset", "length", "url", "user", "language", "custom_emoji_id", "unix_time", "date_time_format")


def listed_entities(listed: Any, text: str) -> tuple[Json, ...]:
    """Check a decoded list of entities against its text."""
    if not isinstance(listed, list):
        raise bad_request("expected an Array of MessageEntity")
    checked = [_checked(entity, utf16_length(text)) for entity in listed]
    return tuple(entity for entity in checked if entity["type"] not in _AUTOMATIC)


def _checked(entity: Any, length: int) -> Json:
    if not isinstance(entity, dict):
        raise _unreadable("expected an Object")
    for name in ("offset", "length", "type"):
        if name not in entity:
            raise _unreadable(f'Can\'t find field "{name}"')
    kind = entity["type"]
    if kind not in _KINDS | _AUTOMATIC:
        raise _unreadable("Unsupported type specified")
    if kind in _NEEDED and _NEEDED[kind] not in entity:
        raise _unreadable(f'Can\'t find field "{_NEEDED[kind]}"')
    _check_place(entity["offset"], entity["length"], length)
    kept = {name: entity[name] for name in _KEPT if name in entity}
    return kept | {"url": _link(entity["url"])} if kind == "text_link" else kept


def _check_place(offset: Any, length: Any, end: int) -> None:
    if not isinstance(offset, int) or not isinstance(length, int):
        raise _unreadable('Field "offset" must be of type Number')
    if offset < 0:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if length < 0:
        raise bad_request(f"receive an entity with incorrect length {length}")
    if offset > end:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + length > end:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text "
            f"at UTF-16 offset {offset + length}"
        )


def _link(url: str) -> str:
    try:
        return checked_link(url)
    except LinkError as error:
        raise bad_request(f"entity URL '{url}' is invalid: {error}") from None


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse MessageEntity: {reason}")

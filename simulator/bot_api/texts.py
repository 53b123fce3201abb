"""The text or caption of a call: parsed by its mode, trimmed, measured."""

from collections.abc import Callable

from simulator.accounts import Json
from simulator.bot_api.errors import bad_request
from simulator.bot_api.markup.entities import listed_entities
from simulator.bot_api.markup.formatted import Formatted, MarkupError, trimmed, with_detected
from simulator.bot_api.markup.html import parse_html
from simulator.bot_api.markup.markdown import parse_markdown_v2, parse_old_markdown
from simulator.bot_api.parameters import Parameters

_MODES: dict[str, Callable[[str], Formatted]] = {
    "html": parse_html,
    "markdown": parse_old_markdown,
    "markdownv2": parse_markdown_v2,
}
LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


def message_text(parameters: Parameters) -> Json:
    """The `text` and `entities` of a message."""
    if not parameters.has("text"):
        raise bad_request("message text is empty")
    formatted = _formatted(parameters, "text", "entities")
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if formatted.length() > LONGEST_TEXT:
        raise bad_request("message is too long")
    return _content(formatted, "text", "entities")


def message_caption(parameters: Parameters) -> Json:
    """The `caption` and `caption_entities` of a message; empty when there is none."""
    if not parameters.has("caption"):
        return {}
    formatted = _formatted(parameters, "caption", "caption_entities")
    if formatted.length() > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return _content(formatted, "caption", "caption_entities")


def _formatted(parameters: Parameters, field: str, entities_field: str) -> Formatted:
    mode = parameters.text("parse_mode").lower()
    text = parameters.text(field)
    if mode not in ("", "none"):
        return with_detected(trimmed(_parsed(text, mode)))
    entities: tuple[Json, ...] = ()
    if parameters.has(entities_field):
        entities = listed_entities(parameters.decoded(entities_field, "can't parse entities JSON object"), text)
    return with_detected(trimmed(Formatted(text, entities)))


def _parsed(text: str, mode: str) -> Formatted:
    if mode not in _MODES:
        raise bad_request("unsupported parse_mode")
    try:
        return _MODES[mode](text)
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from None


def _content(formatted: Formatted, field: str, entities_field: str) -> Json:
    content: Json = {field: formatted.text} if formatted.text else {}
    return content | {entities_field: list(formatted.entities)} if formatted.entities else content

"""Shows a message that was rendered for Telegram where there is no Telegram: on a terminal, or in Markdown."""

import re
from collections.abc import Iterator
from html import unescape

from rich.text import Text

_TAG = re.compile(r"<(/?)([a-z-]+)[^<>]*>")
_STYLES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline"}
_SIGNS = {"bold": "**", "italic": "*", "underline": ""}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|])")


def on_terminal(html: str) -> Text:
    """The text with its emphasis."""
    shown = Text()
    for words, style in _pieces(html):
        shown.append(words, style)
    return shown


def in_markdown(html: str) -> str:
    """The same as a quotation in Markdown, line for line."""
    marked = "".join(_marked(words, style) for words, style in _pieces(html))
    return "\n".join(f"> {line}  " if line else ">" for line in marked.split("\n"))


def _pieces(html: str) -> Iterator[tuple[str, str]]:
    """Words, and the style in which they stand."""
    styles: list[str] = []
    end = 0
    for tag in _TAG.finditer(html):
        yield unescape(html[end : tag.start()]), " ".join(filter(None, styles))
        end = tag.end()
        if tag[1]:
            styles = styles[:-1]
        else:
            styles.append(_STYLES.get(tag[2], ""))
    yield unescape(html[end:]), " ".join(filter(None, styles))


def _marked(words: str, style: str) -> str:
    """Emphasis ends with each line, as Markdown wants it."""
    sign = "".join(_SIGNS[one] for one in style.split())
    lines = (_MARKDOWN.sub(r"\\\1", line) for line in words.split("\n"))
    return "\n".join(f"{sign}{line}{sign[::-1]}" if sign and line.strip() else line for line in lines)

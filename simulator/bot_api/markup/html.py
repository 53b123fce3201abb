"""Telegram's HTML mode: a few tags, four named entities, every mistake reported with its byte offset."""

import re
from dataclasses import dataclass

from simulator.accounts import Json
from simulator.bot_api.links import LinkError, checked_link
from simulator.bot_api.markup.formatted import Formatted, MarkupError, utf16_length

_PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
}
_TAGS = frozenset({*_PLAIN, "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"})
_SPACE = " \t\r\n\v\0"
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#(\d{1,10})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(frozen=True)
class _Tag:
    """A tag that waits for its end."""

    name: str
    attributes: dict[str, str]
    offset: int
    begin: int


def parse_html(source: str) -> Formatted:
    """Parse a text or raise MarkupError."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._out: list[str] = []
        self._length = 0
        self._open: list[_Tag] = []
        self._entities: list[Json] = []

    def read(self) -> Formatted:
        while self._at < len(self._source):
            if self._source[self._at] != "<":
                self._character()
            elif self._source.startswith("</", self._at) and self._open:
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        ordered = sorted(self._entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self._out), tuple(ordered))

    def _character(self) -> None:
        character, self._at = _decoded(self._source, self._at)
        self._out.append(character)
        self._length += utf16_length(character)

    def _start_tag(self) -> None:
        begin = self._at
        if self._source.startswith("</", begin):
            raise MarkupError(f"Unexpected end tag at byte offset {self._byte(begin)}")
        name = self._word(begin + 1)
        if self._at >= len(self._source):
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in _TAGS:
            raise MarkupError(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self._open.append(_Tag(name, attributes, self._length, len(self._out)))

    def _end_tag(self) -> None:
        begin = self._at
        name = self._word(begin + 2)
        self._skip_space()
        if self._peek() != ">":
            raise MarkupError(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self._at += 1
        tag = self._open.pop()
        if name and name != tag.name:
            raise MarkupError(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{tag.name}>", found "</{name}>"'
            )
        self._close(tag)

    def _close(self, tag: _Tag) -> None:
        length = self._length - tag.offset
        if length == 0:
            return
        described = self._described(tag, length)
        if described is not None:
            self._entities.append({**described, "offset": tag.offset, "length": length})

    def _described(self, tag: _Tag, length: int) -> Json | None:
        if tag.name in _PLAIN:
            return {"type": _PLAIN[tag.name]}
        if tag.name == "blockquote":
            return {"type": "expandable_blockquote" if "expandable" in tag.attributes else "blockquote"}
        if tag.name == "a":
            return _link(tag.attributes.get("href") or "".join(self._out[tag.begin :]))
        if tag.name == "pre":
            return self._block_of_code(tag, length)
        return _special(tag, inside_pre=bool(self._open) and self._open[-1].name == "pre")

    def _block_of_code(self, tag: _Tag, length: int) -> Json:
        inner = self._entities[-1] if self._entities else {}
        whole = inner.get("offset") == tag.offset and inner.get("length") == length
        if inner.get("type") != "code" or not whole:
            return {"type": "pre"}
        self._entities.pop()
        return {"type": "pre"} | {name: inner[name] for name in ("language",) if name in inner}

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_space()
            self._must_go_on(tag, begin)
            if self._peek() == ">":
                self._at += 1
                return found
            name = self._attribute_name()
            if not name:
                raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
            found[name] = self._attribute_value(tag, name, begin)

    def _attribute_value(self, tag: str, name: str, begin: int) -> str:
        if self._peek() != "=":
            self._must_go_on(tag, begin)
            if tag == "blockquote" and name == "expandable":
                return ""
            raise MarkupError(
                "Expected equal sign in declaration of an attribute of the tag "
                f'"{tag}" at byte offset {self._byte(begin)}'
            )
        self._at += 1
        self._skip_space()
        self._must_go_on(tag, begin)
        value = self._quoted() if self._peek() in "'\"" else self._name_token()
        self._must_go_on(tag, begin)
        return value

    def _attribute_name(self) -> str:
        begin = self._at
        while self._peek() and self._peek() not in _SPACE + "=>":
            self._at += 1
        name = self._source[begin : self._at].lower()
        self._skip_space()
        return name

    def _name_token(self) -> str:
        begin = self._at
        token = _NAME_TOKEN.match(self._source, begin)
        self._at = token.end() if token else begin
        if self._peek() and self._peek() not in _SPACE + ">":
            raise MarkupError(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return self._source[begin : self._at].lower()

    def _quoted(self) -> str:
        end = self._peek()
        self._at += 1
        value: list[str] = []
        while self._peek() and self._peek() != end:
            character, self._at = _decoded(self._source, self._at)
            value.append(character)
        self._at += bool(self._peek())
        return "".join(value)

    def _word(self, begin: int) -> str:
        self._at = begin
        while self._peek() and self._peek() not in _SPACE + ">":
            self._at += 1
        return self._source[begin : self._at].lower()

    def _must_go_on(self, tag: str, begin: int) -> None:
        if not self._peek():
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in _SPACE:
            self._at += 1

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _byte(self, position: int) -> int:
        return len(self._source[:position].encode())


def _decoded(source: str, at: int) -> tuple[str, int]:
    """The character at a position and where the next one begins."""
    match = _CHARACTER.match(source, at) if source[at] == "&" else None
    if match is None:
        return source[at], at + 1
    if match[3]:
        return _NAMED[match[3]], match.end()
    code = int(match[1], 16) if match[1] else int(match[2])
    if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "&", at + 1
    return chr(code), match.end()


def _link(url: str) -> Json | None:
    """A link that Telegram does not accept is shown as plain text."""
    try:
        return {"type": "text_link", "url": checked_link(url)}
    except LinkError:
        return None


def _special(tag: _Tag, *, inside_pre: bool) -> Json:
    if tag.name == "code":
        language = tag.attributes.get("class", "").removeprefix("language-")
        return {"type": "code", "language": language} if inside_pre and language else {"type": "code"}
    if tag.name == "tg-emoji":
        emoji = tag.attributes.get("emoji-id", "")
        if not emoji.isdigit() or not 0 < int(emoji) < 2**63:
            raise MarkupError("Invalid custom emoji identifier specified")
        return {"type": "custom_emoji", "custom_emoji_id": emoji}
    unix = tag.attributes.get("unix", "")
    if not unix.isdigit():
        raise MarkupError("Invalid date specified")
    return {"type": "date_time", "unix_time": int(unix)} | _date_format(tag)


def _date_format(tag: _Tag) -> Json:
    wanted = tag.attributes.get("format", "")
    return {"date_time_format": wanted} if wanted else {}

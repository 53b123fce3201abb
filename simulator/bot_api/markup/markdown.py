"""Telegram's two Markdown modes, in their common parts: styles, code, links, quotes and escapes."""

from contextlib import suppress
from dataclasses import dataclass

from simulator.accounts import Json
from simulator.bot_api.links import LinkError, checked_link
from simulator.bot_api.markup.formatted import Formatted, MarkupError, utf16_length

_STYLES = {
    "||": ("Spoiler", "spoiler"),
    "__": ("Underline", "underline"),
    "*": ("Bold", "bold"),
    "_": ("Italic", "italic"),
    "~": ("Strikethrough", "strikethrough"),
}
_OLD_STYLES = {"*": "bold", "_": "italic"}
_RESERVED = "_*[]()~`>#+-=|{}.!"


@dataclass
class _Output:
    """The plain text so far and the entities found in it."""

    parts: list[str]
    entities: list[Json]
    length: int = 0

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += utf16_length(text)

    def mark(self, described: Json, offset: int) -> None:
        if self.length > offset:
            self.entities.append({**described, "offset": offset, "length": self.length - offset})

    def finished(self) -> Formatted:
        ordered = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self.parts), tuple(ordered))


def parse_markdown_v2(source: str) -> Formatted:
    """Parse a MarkdownV2 text or raise MarkupError."""
    return _Reader(source).read()


def parse_old_markdown(source: str) -> Formatted:
    """Parse a text in the old Markdown mode, which knows no nesting, or raise MarkupError."""
    out = _Output([], [])
    at = 0
    while at < len(source):
        if source[at] == "\\" and source[at + 1 : at + 2] in ("_", "*", "`", "["):
            out.write(source[at + 1])
            at += 2
        elif source[at] in "_*`[":
            at = _old_entity(source, at, out)
        else:
            out.write(source[at])
            at += 1
    return out.finished()


def _old_entity(source: str, at: int, out: _Output) -> int:
    mark = "```" if source.startswith("```", at) else source[at]
    end = source.find("]" if mark == "[" else mark, at + len(mark))
    if end < 0:
        offset = len(source[:at].encode())
        raise MarkupError(f"Can't find end of the entity starting at byte offset {offset}")
    begin = out.length
    out.write(source[at + len(mark) : end])
    if mark == "[":
        return _link_after(source, end, out, begin)
    kind = {"`": "code", "```": "pre"}.get(mark) or _OLD_STYLES[mark]
    out.mark({"type": kind}, begin)
    return end + len(mark)


def _link_after(source: str, bracket: int, out: _Output, begin: int) -> int:
    """The `(address)` after a `]`, if there is one."""
    close = source.find(")", bracket) if source.startswith("](", bracket) else -1
    if close < 0:
        return bracket + 1
    with suppress(LinkError):
        out.mark({"type": "text_link", "url": checked_link(source[bracket + 2 : close])}, begin)
    return close + 1


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._out = _Output([], [])
        self._open: list[tuple[str, int, int]] = []
        self._quote: int | None = None

    def read(self) -> Formatted:
        while self._at < len(self._source):
            if not (self._quotation() or self._escape() or self._code() or self._style() or self._link()):
                self._plain()
        self._end_quotation()
        if self._open:
            mark, _, begin = self._open[-1]
            name = "TextUrl" if mark == "[" else _STYLES[mark][0]
            raise MarkupError(f"Can't find end of {name} entity at byte offset {self._byte(begin)}")
        return self._out.finished()

    def _quotation(self) -> bool:
        line_begins = self._at == 0 or self._source[self._at - 1] == "\n"
        if not line_begins:
            return False
        if self._source[self._at] != ">":
            self._end_quotation()
            return False
        if self._quote is None:
            self._quote = self._out.length
        self._at += 1
        return True

    def _end_quotation(self) -> None:
        if self._quote is not None:
            self._out.mark({"type": "blockquote"}, self._quote)
            self._quote = None

    def _escape(self) -> bool:
        following = self._source[self._at + 1 : self._at + 2]
        if self._source[self._at] != "\\" or not following or not 0 < ord(following) <= 126:
            return False
        self._out.write(following)
        self._at += 2
        return True

    def _code(self) -> bool:
        if self._source[self._at] != "`":
            return False
        mark, name, kind = ("```", "PreCode", "pre") if self._starts("```") else ("`", "Code", "code")
        begin, offset = self._at, self._out.length
        self._at += len(mark)
        while not self._starts(mark):
            if self._at >= len(self._source):
                raise MarkupError(f"Can't find end of {name} entity at byte offset {self._byte(begin)}")
            if not self._escape():
                self._out.write(self._source[self._at])
                self._at += 1
        self._at += len(mark)
        self._out.mark({"type": kind}, offset)
        return True

    def _style(self) -> bool:
        mark = next((mark for mark in _STYLES if self._starts(mark)), None)
        if mark is None:
            return False
        begin = self._at
        self._at += len(mark)
        if self._open and self._open[-1][0] == mark:
            _, offset, _ = self._open.pop()
            self._out.mark({"type": _STYLES[mark][1]}, offset)
        else:
            self._open.append((mark, self._out.length, begin))
        return True

    def _link(self) -> bool:
        if self._source[self._at] == "[":
            self._open.append(("[", self._out.length, self._at))
            self._at += 1
            return True
        if self._source[self._at] == "]" and self._open and self._open[-1][0] == "[":
            _, offset, _ = self._open.pop()
            self._at = _link_after(self._source, self._at, self._out, offset)
            return True
        return False

    def _plain(self) -> None:
        character = self._source[self._at]
        if character in _RESERVED:
            raise MarkupError(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")
        self._out.write(character)
        self._at += 1

    def _starts(self, mark: str) -> bool:
        return self._source.startswith(mark, self._at)

    def _byte(self, position: int) -> int:
        return len(self._source[:position].encode())

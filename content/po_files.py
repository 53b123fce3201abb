"""Translations as gettext files: read through Babel, written by us so that nothing changes but what was translated."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages import Message as BabelMessage
from babel.messages.pofile import PoFileError, denormalize, normalize, read_po

from content.errors import ContentError, Place

_CONTEXT = re.compile(r'^msgctxt "(.*)"$', re.MULTILINE)
_PREVIOUS = re.compile(r"^#\|.*$", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """One text and its translation, at a line. `previous` is the English that a fuzzy translation was made for."""

    context: str
    english: str
    translation: str = ""
    fuzzy: bool = False
    previous: str = ""
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    line: int = field(default=1, compare=False)

    @property
    def is_usable(self) -> bool:
        """A fuzzy or empty translation is a missing one."""
        return bool(self.translation) and not self.fuzzy


@dataclass(frozen=True)
class PoFile:
    """A file of translations: its header as it stands, and its entries."""

    header: str
    entries: tuple[Entry, ...] = ()

    def by_context(self) -> dict[str, Entry]:
        return {entry.context: entry for entry in self.entries}


def new_header(tag: str) -> str:
    """The header of a file we make; without dates, so that making it again changes nothing."""
    fields = ["MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit"]
    fields[:0] = [f"Language: {tag}"] if tag else []
    return "\n".join(['msgid ""', 'msgstr ""', *(f'"{field}\\n"' for field in fields)])


def read_po_file(path: Path, root: Path) -> PoFile:
    """The file at `path`; without entries when there is none yet."""
    if not path.exists():
        return PoFile("")
    return parse_po(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())


def parse_po(text: str, file: str) -> PoFile:
    """The entries of a file. Its header is set aside, because Babel would take its language for one of CLDR's."""
    header, body = _split_header(text)
    try:
        # Babel takes the lines of previous English for comments of the translator.
        catalog = read_po(io.StringIO(_PREVIOUS.sub("", body)), abort_invalid=True)
    except PoFileError as error:
        line = error.lineno + header.count("\n") + 2
        raise ContentError(Place(file, line), f"gettext cannot read this: {error}") from error
    previous = dict(_previous_texts(body))
    above = header.count("\n") + 2 if header else 0
    entries = (_as_entry(message, previous, above) for message in catalog if message.context)
    return PoFile(header, tuple(entries))


def format_po(po_file: PoFile) -> str:
    """The file as text."""
    return "\n\n".join([po_file.header, *(_format_entry(entry) for entry in po_file.entries)]) + "\n"


def _split_header(text: str) -> tuple[str, str]:
    header, _, body = text.strip().partition("\n\n")
    return (header, body) if 'msgid ""\nmsgstr ""' in header and "msgctxt" not in header else ("", text)


def _previous_texts(body: str) -> Iterator[tuple[str, str]]:
    for block in body.split("\n\n"):
        context = _CONTEXT.search(block)
        lines = "\n".join(line[3:] for line in block.splitlines() if line.startswith("#| "))
        if context and "msgid " in lines:
            yield context[1], denormalize(lines.split("msgid ", 1)[1])


def _as_entry(message: BabelMessage, previous: dict[str, str], above: int) -> Entry:
    context = str(message.context)
    return Entry(
        context=context,
        english=str(message.id),
        translation=str(message.string or ""),
        fuzzy=message.fuzzy,
        previous=previous.get(context, ""),
        notes=tuple(message.auto_comments),
        comments=tuple(message.user_comments),
        line=(message.lineno or 1) + above,
    )


def _format_entry(entry: Entry) -> str:
    lines = [*_comments("#", entry.comments), *_comments("#.", entry.notes)]
    if entry.fuzzy:
        lines.append("#, fuzzy")
    if entry.previous:
        lines.append(f"#| msgid {normalize(entry.previous, prefix='#| ', width=0)}")
    fields = {"msgctxt": entry.context, "msgid": entry.english, "msgstr": entry.translation}
    return "\n".join([*lines, *(f"{name} {normalize(text, width=0)}" for name, text in fields.items())])


def _comments(sign: str, comments: Iterable[str]) -> list[str]:
    return [f"{sign} {line}".rstrip() for comment in comments for line in comment.splitlines()]

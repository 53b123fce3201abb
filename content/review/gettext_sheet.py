"""The same sheet as a gettext file, for who works in such an editor: her word stands in two remarks of hers."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.pofile import denormalize

from content.errors import ContentError, Place
from content.po_files import Entry, PoFile, format_po, new_header, parse_po
from domain.review_sheet import ReturnedSheet, ReturnedText, ReviewBatch, ShownText, fingerprint, plain_text

_APPROVED, _REMARK, _SHOWN = "approved:", "remark:", "shown:"


def write_gettext_sheet(batches: Iterable[ReviewBatch], language: str) -> str:
    """The batches one after the other."""
    entries = (_entry(text, batch.title) for batch in batches for text in batch.texts)
    return format_po(PoFile(new_header(language), tuple(entries)))


def _entry(text: ShownText, batch: str) -> Entry:
    about = (batch, text.window, text.state, text.doubt, text.sources, f"{_SHOWN} {fingerprint(text.text)}")
    return Entry(
        context=text.key,
        english=text.english,
        translation=text.text,
        notes=tuple(line for line in about if line),
        comments=(_APPROVED, _REMARK),
    )


def read_gettext_sheet(path: Path) -> ReturnedSheet:
    """What came back; raises ContentError where it is no sheet of ours."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ContentError(Place(path.name, 1), "this is not UTF-8 text; save it as UTF-8") from error
    found = parse_po(text, path.name)
    return ReturnedSheet(_language(found.header, path.name), tuple(_returned(one) for one in found.entries))


def _language(header: str, file: str) -> str:
    fields = "".join(denormalize(line) for line in header.splitlines() if line.startswith('"'))
    for field in fields.splitlines():
        if field.startswith("Language:"):
            return field.partition(":")[2].strip()
    raise ContentError(Place(file, 1), "its head names no language")


def _returned(entry: Entry) -> ReturnedText:
    shown = " ".join(_said(entry.notes, _SHOWN))
    changed = fingerprint(entry.translation) != shown
    return ReturnedText(
        where=f"line {entry.line}",
        key=entry.context,
        english=entry.english,
        shown=shown,
        new_text=plain_text(entry.translation) if changed else "",
        approved=" ".join(_said(entry.comments, _APPROVED)),
        remark=" ".join(_said(entry.comments, _REMARK)),
    )


def _said(lines: Iterable[str], name: str) -> Iterator[str]:
    for line in lines:
        if line.strip().startswith(name) and (said := line.strip().removeprefix(name).strip()):
            yield said

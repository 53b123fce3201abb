"""Brings the translators' files up to date with our YAML: joined by context only, never by likeness."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from content.extraction import content_entries, interface_entries
from content.languages import SOURCE, load_languages
from content.po_files import Entry, PoFile, format_po, new_header, read_po_file

DOMAINS: dict[str, Callable[[Path], tuple[Entry, ...]]] = {"interface": interface_entries, "content": content_entries}


@dataclass(frozen=True)
class FileReport:
    """What became of one file of translations."""

    file: str
    translated: int
    fuzzy: int
    empty: int
    dropped: int
    changed: bool

    def __str__(self) -> str:
        state = "brought up to date" if self.changed else "as it was"
        counts = f"{self.translated} translated, {self.fuzzy} to look at again, {self.empty} empty"
        return f"{self.file}: {state}; {counts}, {self.dropped} dropped."


@dataclass(frozen=True)
class Report:
    """What an update did, file by file."""

    files: tuple[FileReport, ...]

    def __str__(self) -> str:
        return "\n".join(str(file) for file in self.files)


def update_translations(root: Path) -> Report:
    """Write the templates, and every language's files with what is still true of them."""
    reports: list[FileReport] = []
    for domain, read_entries in DOMAINS.items():
        entries = read_entries(root)
        _write(template_path(root, domain), format_template(entries))
        reports += [_update_file(root, tag, domain, entries) for tag in translated_tags(root)]
    return Report(tuple(reports))


def template_path(root: Path, domain: str) -> Path:
    """The template that translators' tools start a new language from."""
    return root / "locales" / f"{domain}.pot"


def translation_path(root: Path, tag: str, domain: str) -> Path:
    """One language's translations of one domain."""
    return root / "locales" / tag / "LC_MESSAGES" / f"{domain}.po"


def translated_tags(root: Path) -> tuple[str, ...]:
    """The languages with translations: all that are offered, and those a folder was made for."""
    languages = load_languages(root)
    return tuple(
        tag
        for tag in languages.tags
        if tag != SOURCE and (languages.get(tag).text or (root / "locales" / tag).is_dir())
    )


def format_template(entries: Iterable[Entry]) -> str:
    """The template of a domain as text."""
    return format_po(PoFile(new_header(""), tuple(entries)))


def join_entries(entries: Iterable[Entry], old: PoFile) -> tuple[Entry, ...]:
    """Today's texts, each with the translation that its own context had."""
    translations = old.by_context()
    return tuple(_join(entry, translations.get(entry.context)) for entry in entries)


def _join(entry: Entry, old: Entry | None) -> Entry:
    if old is None:
        return entry
    if not old.translation:
        return replace(entry, comments=old.comments)
    kept = replace(entry, translation=old.translation, comments=old.comments)
    if old.english == entry.english and not old.fuzzy:
        return kept
    return replace(kept, fuzzy=True, previous=_english_translated(old, entry))


def _english_translated(old: Entry, new: Entry) -> str:
    """The English that an old translation was made for; none when nobody wrote it down."""
    if old.fuzzy:
        return old.previous
    return old.english if old.english != new.english else ""


def _update_file(root: Path, tag: str, domain: str, entries: tuple[Entry, ...]) -> FileReport:
    path = translation_path(root, tag, domain)
    old = read_po_file(path, root)
    joined = join_entries(entries, old)
    changed = _write(path, format_po(PoFile(old.header or new_header(tag), joined)))
    return FileReport(
        file=path.relative_to(root).as_posix(),
        translated=sum(entry.is_usable for entry in joined),
        fuzzy=sum(entry.fuzzy for entry in joined),
        empty=sum(not entry.translation for entry in joined),
        dropped=len(old.by_context().keys() - {entry.context for entry in entries}),
        changed=changed,
    )


def _write(path: Path, text: str) -> bool:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True

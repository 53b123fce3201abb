"""Keeps what was taken in: every file is written beside the old one first, and takes its place when all are there."""

import os
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from content.approvals import FILE as APPROVALS
from content.approvals import Approvals, format_approvals, load_approvals
from content.desk import Desk
from content.po_files import Entry, PoFile, format_po, read_po_file
from content.review.judging import Intake
from content.translations import translation_path


def keep(desk: Desk, intake: Intake) -> None:
    """Write the texts and the approvals; when nothing changes, no file is touched."""
    files: dict[Path, str] = {}
    if intake.texts:
        path = translation_path(desk.root, intake.language, "content")
        files[path] = format_po(_with_texts(read_po_file(path, desk.root), desk, intake.texts))
    if intake.approvals:
        path = desk.root / APPROVALS
        files[path] = _approvals_file(path, load_approvals(desk.root).with_new(intake.approvals))
    _write(files)


def revoke(desk: Desk, key: str, tag: str) -> Collection[str]:
    """Take the approvals of a message back, or of one part of it; gives the keys of which there were some."""
    approvals = load_approvals(desk.root)
    named = {each for each in desk.all_keys() if each == key or ("#" not in key and each.partition("#")[0] == key)}
    found = sorted({one.key for one in approvals.entries if one.language == tag and one.key in named | {key}})
    if found:
        path = desk.root / APPROVALS
        _write({path: _approvals_file(path, approvals.without(found, tag))})
    return found


def _with_texts(po_file: PoFile, desk: Desk, texts: Mapping[str, str]) -> PoFile:
    english = desk.library.catalogue.texts()
    entries = (_filled(one, texts[one.context], english) if one.context in texts else one for one in po_file.entries)
    return replace(po_file, entries=tuple(entries))


def _filled(entry: Entry, text: str, english: Mapping[str, str]) -> Entry:
    return replace(entry, english=english[entry.context], translation=text, fuzzy=False, previous="")


def _approvals_file(path: Path, approvals: Approvals) -> str:
    return format_approvals(approvals, path.read_text(encoding="utf-8"))


def _write(files: Mapping[Path, str]) -> None:
    """Texts come first: an approval of words that are not there yet would be worth nothing."""
    beside = {path: path.with_name(f".{path.name}.new") for path in files}
    try:
        for path, text in files.items():
            beside[path].write_text(text, encoding="utf-8")
        for path, new in beside.items():
            os.replace(new, path)
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)

"""What is wrong with the translators' files: what is missing, stale or gone, and what differs from its English."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from content.errors import Place
from content.findings import Finding
from content.po_files import PoFile, read_po_file
from content.text_rules import Kind, text_flaws
from content.translation_rules import pair_flaws, state_flaws
from content.translations import DOMAINS, format_template, template_path, translation_path

_UPDATE = "Run `make translations`."


@dataclass(frozen=True)
class English:
    """An English text, where it stands, and what it is for."""

    key: str
    text: str
    place: Place
    kind: Kind


def stale_template(root: Path, domain: str) -> Iterator[Finding]:
    """Whether the template is what the YAML says."""
    path = template_path(root, domain)
    wanted = format_template(DOMAINS[domain](root))
    if not path.exists() or path.read_text(encoding="utf-8") != wanted:
        place = Place(path.relative_to(root).as_posix(), 1)
        yield Finding(place, "", "The template is not what the YAML says.", _UPDATE)


def translation_findings(root: Path, tag: str, domain: str, texts: list[English]) -> Iterator[Finding]:
    """What is wrong with one language's file of one domain."""
    path = translation_path(root, tag, domain)
    po_file, file = read_po_file(path, root), path.relative_to(root).as_posix()
    yield from _vanished(po_file, file, texts)
    entries = po_file.by_context()
    for text in texts:
        entry = entries.get(text.key)
        flaws = list(state_flaws(entry, text.text))
        if entry is not None and not flaws:
            flaws += [
                *text_flaws(entry.translation, tag, text.kind),
                *pair_flaws(text.text, entry.translation, text.kind),
            ]
        yield from (flaw.at(Place(file, entry.line if entry else 1), text.key) for flaw in flaws)


def _vanished(po_file: PoFile, file: str, texts: list[English]) -> Iterator[Finding]:
    keys = {text.key for text in texts}
    for entry in po_file.entries:
        if entry.context not in keys:
            yield Finding(
                Place(file, entry.line), entry.context, "It translates a text that is no longer there.", _UPDATE
            )

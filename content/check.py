"""Checks all content: what would reach a family wrong, half or not at all, in sentences that say how to mend it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from content.approvals import Approvals, load_approvals
from content.catalogue import Catalogue, load_catalogue
from content.errors import ContentError
from content.findings import Finding
from content.interface import InterfaceText, load_interface
from content.languages import SOURCE, Languages, load_languages
from content.never_said.checking import never_said_findings
from content.po_files import Entry, PoFile, read_po_file
from content.terms import load_terms
from content.text_rules import Kind, text_flaws
from content.track_rules import mother_flaws
from content.translation_rules import pair_flaws, state_flaws
from content.translations import DOMAINS, format_template, template_path, translation_path
from domain.journey import Origin, Step

_UPDATE = "Run `make translations`."


@dataclass(frozen=True)
class _English:
    """An English text, where it stands, and what it is for."""

    key: str
    text: str
    file: str
    kind: Kind


def check_content(root: Path, today: date) -> list[Finding]:
    """Everything that is wrong. A file that cannot be read at all is the only finding then."""
    try:
        return list(_findings(root, today))
    except ContentError as error:
        place = f"{error.place.file}:{error.place.line}"
        return [Finding(place, "", f"The content cannot be loaded: {error.problem}.", "Mend this line.")]


def _findings(root: Path, today: date) -> Iterator[Finding]:
    languages, catalogue, interface = load_languages(root), load_catalogue(root), load_interface(root)
    load_terms(root, languages)
    english = {"interface": _interface_texts(interface), "content": _health_texts(catalogue)}
    yield from _clashing_keys(english)
    yield from _expired(catalogue, today)
    for origin in Origin:
        yield from _same_day(catalogue, catalogue.steps(origin))
    translated = _health_translations(root, languages)
    yield from _mothers_who_died(catalogue, translated)
    yield from never_said_findings(root, catalogue, translated)
    yield from _void_approvals(load_approvals(root), catalogue, languages)
    for domain, texts in english.items():
        yield from _english_findings(texts)
        yield from _stale_template(root, domain)
        for language in languages.choices():
            if language.tag != SOURCE:
                yield from _translation_findings(root, language.tag, domain, texts)


def _interface_texts(interface: Mapping[str, InterfaceText]) -> list[_English]:
    return [
        _English(text.key, text.english, text.place.file, Kind.LABEL if text.is_label else Kind.INTERFACE)
        for text in interface.values()
    ]


def _health_texts(catalogue: Catalogue) -> list[_English]:
    return [
        _English(key, text, message.place.file, Kind.HEALTH)
        for message in catalogue.messages.values()
        for key, text in message.texts()
    ]


def _clashing_keys(english: Mapping[str, list[_English]]) -> Iterator[Finding]:
    health = {text.key for text in english["content"]}
    for text in english["interface"]:
        if text.key in health:
            yield Finding(text.file, text.key, "A health message has the same key.", "Give one of them another key.")


def _expired(catalogue: Catalogue, today: date) -> Iterator[Finding]:
    for message in catalogue.messages.values():
        if message.review_by < today:
            problem = f"It was to be reviewed by {message.review_by}."
            yield Finding(message.place.file, message.key, problem, "Let a clinician read it, then set a new date.")


def _same_day(catalogue: Catalogue, steps: Iterable[Step]) -> Iterator[Finding]:
    first: dict[tuple[object, ...], str] = {}
    for step in steps:
        other = first.setdefault((step.audience, step.tracks, step.from_day), step.key)
        if other != step.key:
            problem = f"It starts on day {step.from_day}, like “{other}”, for the same reader."
            yield Finding(catalogue.messages[step.key].place.file, step.key, problem, "Move one of them by a day.")


def _health_translations(root: Path, languages: Languages) -> dict[str, Mapping[str, Entry]]:
    tags = [language.tag for language in languages.choices() if language.tag != SOURCE]
    return {tag: read_po_file(translation_path(root, tag, "content"), root).by_context() for tag in tags}


def _mothers_who_died(catalogue: Catalogue, entries: Mapping[str, Mapping[str, Entry]]) -> Iterator[Finding]:
    for message in catalogue.messages.values():
        translated = {tag: found[message.key].translation for tag, found in entries.items() if message.key in found}
        for flaw in mother_flaws(message, {SOURCE: message.english, **translated}):
            yield flaw.in_file(message.place.file, message.key)


def _void_approvals(approvals: Approvals, catalogue: Catalogue, languages: Languages) -> Iterator[Finding]:
    keys = catalogue.texts().keys()
    for entry in approvals.entries:
        if entry.key not in keys or entry.language not in languages.tags:
            problem = f"The approval for “{entry.language}” is of a text that does not exist."
            yield Finding("content/approvals.yaml", entry.key, problem, "Mend the key or the language.")


def _english_findings(texts: list[_English]) -> Iterator[Finding]:
    for text in texts:
        for flaw in text_flaws(text.text, SOURCE, text.kind):
            yield flaw.in_file(text.file, text.key)


def _stale_template(root: Path, domain: str) -> Iterator[Finding]:
    path = template_path(root, domain)
    wanted = format_template(DOMAINS[domain](root))
    if not path.exists() or path.read_text(encoding="utf-8") != wanted:
        yield Finding(path.relative_to(root).as_posix(), "", "The template is not what the YAML says.", _UPDATE)


def _translation_findings(root: Path, tag: str, domain: str, texts: list[_English]) -> Iterator[Finding]:
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
        yield from (flaw.in_file(file, text.key) for flaw in flaws)


def _vanished(po_file: PoFile, file: str, texts: list[_English]) -> Iterator[Finding]:
    keys = {text.key for text in texts}
    for entry in po_file.entries:
        if entry.context not in keys:
            yield Finding(file, entry.context, "It translates a text that is no longer there.", _UPDATE)

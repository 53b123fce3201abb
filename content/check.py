"""Checks all content: what would reach a family wrong, half or not at all, in sentences that say how to mend it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from content.approvals import load_approvals
from content.catalogue import Catalogue, load_catalogue
from content.catalogue_rules import catalogue_findings, void_approvals
from content.errors import ContentError
from content.findings import Finding
from content.interface import InterfaceText, load_interface
from content.languages import SOURCE, Languages, load_languages
from content.matrix import matrix_findings
from content.message import Message
from content.never_said.checking import Translations, never_said_findings
from content.po_files import read_po_file
from content.readability import Readability, load_readability
from content.terms import load_terms
from content.text_rules import Kind, text_flaws
from content.translation_files import English, stale_template, translation_findings
from content.translations import translation_path
from content.visit_texts import visit_findings


def check_content(root: Path, today: date) -> list[Finding]:
    """Everything that is wrong. A file that cannot be read at all is the only finding then."""
    try:
        return list(_Check.of(root).findings(today))
    except ContentError as error:
        return [Finding(error.place, "", f"The content cannot be loaded: {error.problem}.", "Mend this line.")]


@dataclass(frozen=True)
class _Check:
    """Everything that is checked, loaded once; `english` by domain, `translated` the health texts by language."""

    root: Path
    languages: Languages
    catalogue: Catalogue
    english: Mapping[str, list[English]]
    translated: Translations
    readability: Readability

    @classmethod
    def of(cls, root: Path) -> "_Check":
        languages, catalogue, interface = load_languages(root), load_catalogue(root), load_interface(root)
        load_terms(root, languages)
        english = {"interface": _interface_texts(interface), "content": _health_texts(catalogue)}
        return cls(root, languages, catalogue, english, _health_translations(root, languages), load_readability(root))

    def findings(self, today: date) -> Iterator[Finding]:
        yield from _clashing_keys(self.english)
        yield from catalogue_findings(self.catalogue, self.translated, today)
        yield from matrix_findings(self.root, self.catalogue)
        yield from visit_findings(self.root, self.catalogue)
        yield from never_said_findings(self.root, self.catalogue, self.translated)
        yield from self._hard_to_read()
        yield from void_approvals(load_approvals(self.root), self.catalogue, self.languages)
        for domain, texts in self.english.items():
            yield from _english_findings(texts)
            yield from stale_template(self.root, domain)
            for tag in self._translated_tags():
                yield from translation_findings(self.root, tag, domain, texts)

    def _translated_tags(self) -> list[str]:
        return [language.tag for language in self.languages.choices() if language.tag != SOURCE]

    def _hard_to_read(self) -> Iterator[Finding]:
        for message in self.catalogue.messages.values():
            texts = {SOURCE: message.english, **_translations_of(message, self.translated)}
            for tag, text in texts.items():
                for flaw in self.readability.flaws(text, tag, eased=bool(message.longer)):
                    yield flaw.at(message.place, f"{message.key} ({tag})")


def _translations_of(message: Message, translated: Translations) -> dict[str, str]:
    return {tag: entries[message.key].translation for tag, entries in translated.items() if message.key in entries}


def _interface_texts(interface: Mapping[str, InterfaceText]) -> list[English]:
    return [
        English(text.key, text.english, text.place, Kind.LABEL if text.is_label else Kind.INTERFACE)
        for text in interface.values()
    ]


def _health_texts(catalogue: Catalogue) -> list[English]:
    return [
        English(key, text, message.place, message.kind_of(key))
        for message in catalogue.messages.values()
        for key, text in message.texts()
    ]


def _health_translations(root: Path, languages: Languages) -> Translations:
    tags = [language.tag for language in languages.choices() if language.tag != SOURCE]
    return {tag: read_po_file(translation_path(root, tag, "content"), root).by_context() for tag in tags}


def _clashing_keys(english: Mapping[str, list[English]]) -> Iterator[Finding]:
    health = {text.key for text in english["content"]}
    for text in english["interface"]:
        if text.key in health:
            yield Finding(text.place, text.key, "A health message has the same key.", "Give one of them another key.")


def _english_findings(texts: list[English]) -> Iterator[Finding]:
    for text in texts:
        for flaw in text_flaws(text.text, SOURCE, text.kind):
            yield flaw.at(text.place, text.key)

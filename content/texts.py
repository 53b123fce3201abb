"""Every text in every language: English from our YAML, the rest from the translators' files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from content.catalogue import Catalogue
from content.errors import RenderingError
from content.interface import InterfaceText
from content.languages import SOURCE, Languages
from content.po_files import read_po_file
from content.translations import DOMAINS, translation_path


@dataclass(frozen=True)
class Found:
    """A text and the language it is in."""

    text: str
    language: str


@dataclass(frozen=True)
class Texts:
    """The texts by language and key. `health` are the keys of the catalogue."""

    tables: Mapping[str, Mapping[str, str]]
    languages: Languages
    health: frozenset[str]

    def has(self, key: str, tag: str) -> bool:
        """Whether there is a text of this key in this very language."""
        return key in self.tables[tag]

    def find(self, key: str, tag: str) -> Found:
        """The whole text in the first language of the chain that has it."""
        for language in self.languages.chain(tag):
            text = self.tables[language].get(key)
            if text is not None:
                return Found(text, language)
        raise RenderingError(f"there is no text “{key}”")


def load_texts(root: Path, languages: Languages, catalogue: Catalogue, interface: Mapping[str, InterfaceText]) -> Texts:
    """All texts. A translation of an English text that has changed since is a missing one."""
    health = catalogue.texts()
    english = {**health, **{key: text.english for key, text in interface.items()}}
    tables = {tag: dict(_translations(root, tag, english)) for tag in languages.tags if tag != SOURCE}
    return Texts({SOURCE: english, **tables}, languages, frozenset(health))


def _translations(root: Path, tag: str, english: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for domain in DOMAINS:
        for entry in read_po_file(translation_path(root, tag, domain), root).entries:
            if entry.is_usable and english.get(entry.context) == entry.english:
                yield entry.context, entry.translation

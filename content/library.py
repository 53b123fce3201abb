"""Everything of content/ loaded at once, for whoever plugs the rooms together."""

from dataclasses import dataclass
from pathlib import Path

from content.approvals import Approvals, load_approvals
from content.catalogue import Catalogue, load_catalogue
from content.interface import load_interface
from content.languages import Languages, load_languages
from content.rendering import Renderer
from content.terms import load_terms
from content.texts import Texts, load_texts

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, eq=False)
class Library:
    """What is sent, in which languages, and whether a clinician approved it."""

    languages: Languages
    catalogue: Catalogue
    texts: Texts
    approvals: Approvals
    renderer: Renderer

    def is_draft(self, key: str, tag: str) -> bool:
        """Whether a health text, as a reader of `tag` would get it, still waits for a clinician."""
        found = self.texts.find(key, tag)
        return key in self.texts.health and not self.approvals.covers(key, found.language, found.text)

    def written_in(self, key: str, tag: str) -> str:
        """In which language a reader of `tag` gets this text."""
        return self.texts.find(key, tag).language


def load_library(root: Path = ROOT) -> Library:
    """Load and prove all content; raises ContentError for the first file that breaks a rule."""
    languages = load_languages(root)
    catalogue = load_catalogue(root)
    texts = load_texts(root, languages, catalogue, load_interface(root))
    renderer = Renderer(texts, languages, load_terms(root, languages))
    return Library(languages, catalogue, texts, load_approvals(root), renderer)

"""The health texts as an editor has them before her: in what state each is, drafts and outdated translations too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from content.approvals import Approval
from content.languages import SOURCE
from content.library import Library, load_library
from content.message import Message
from content.po_files import Entry, read_po_file
from content.translations import translated_tags, translation_path


class State(StrEnum):
    """How far a text is. A CHANGED one was approved in other words, an OUTDATED one translates an older English."""

    APPROVED = "approved"
    DRAFT = "draft"
    CHANGED = "changed"
    OUTDATED = "outdated"
    MISSING = "missing"


@dataclass(frozen=True)
class WrittenText:
    """A text in one language. The approval is the one that holds; of a changed text the one that held."""

    text: str
    state: State
    approval: Approval | None = None


@dataclass(frozen=True)
class Desk:
    """Everything an editor asks about; `entries` are the translators' by language and key."""

    root: Path
    library: Library
    entries: Mapping[str, Mapping[str, Entry]]

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages that have texts, or a place for them, English last."""
        return (*self.entries, SOURCE)

    def written(self, key: str, tag: str) -> WrittenText:
        """A text as it stands in this very language."""
        if tag == SOURCE:
            return self._judged(key, tag, self.library.texts.tables[SOURCE][key])
        entry = self.entries[tag].get(key)
        if entry is None or not entry.translation:
            return WrittenText("", State.MISSING)
        if not self.library.texts.has(key, tag):
            return WrittenText(entry.translation, State.OUTDATED, self._last_approval(key, tag))
        return self._judged(key, tag, entry.translation)

    def message_of(self, key: str) -> Message | None:
        """The message to which a text belongs, by its own key or a part's."""
        message = self.library.catalogue.messages.get(key.partition("#")[0])
        return message if message is not None and key in dict(message.texts()) else None

    def all_keys(self) -> Iterator[str]:
        """Every key of the catalogue, in its order."""
        for message in self.library.catalogue.messages.values():
            yield from (key for key, _text in message.texts())

    def _judged(self, key: str, tag: str, text: str) -> WrittenText:
        approval = self.library.approvals.of_text(key, tag, text)
        if approval is not None:
            return WrittenText(text, State.APPROVED, approval)
        last = self._last_approval(key, tag)
        return WrittenText(text, State.CHANGED if last else State.DRAFT, last)

    def _last_approval(self, key: str, tag: str) -> Approval | None:
        return self.library.approvals.last_of(key, tag)


def load_desk(root: Path) -> Desk:
    """Load and prove all content, with the translators' files as they stand; raises ContentError."""
    library = load_library(root)
    tags = translated_tags(root)
    entries = {tag: read_po_file(translation_path(root, tag, "content"), root).by_context() for tag in tags}
    return Desk(root, library, entries)

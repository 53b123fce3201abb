"""What families type when they look for a message: content/search_words.yaml, proved against the catalogue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from content.catalogue import Catalogue
from content.errors import ContentError
from content.yaml_files import Record, read_record
from domain.plain_search import PhraseBook, make_phrase_book

FILE = "content/search_words.yaml"


@dataclass(frozen=True)
class Asked:
    """One question as people put it, in any language, and the messages that answer it, the best first."""

    phrases: tuple[str, ...]
    messages: tuple[str, ...]


@dataclass(frozen=True)
class SearchWords:
    """The questions, and by language the words that tell nothing of what is sought."""

    asked: tuple[Asked, ...]
    silent: Mapping[str, tuple[str, ...]]

    def answers(self, words: str) -> tuple[str, ...]:
        """The messages that answer what is asked, each once; the question whose phrase was longest comes first."""
        said = self._book.said_in(words)
        questions = sorted(said, key=lambda number: said[number], reverse=True)
        return tuple(dict.fromkeys(key for number in questions for key in self.asked[int(number)].messages))

    @cached_property
    def _book(self) -> PhraseBook:
        numbered = enumerate(self.asked)
        return make_phrase_book((str(number), phrase) for number, one in numbered for phrase in one.phrases)


def load_search_words(root: Path, catalogue: Catalogue) -> SearchWords:
    """The words; raises ContentError for a message that is not there, and for a phrase with two meanings."""
    top = read_record(root / FILE, root)
    top.only(["said_with_everything", "asked"])
    silent = top.record("said_with_everything")
    asked = tuple(_read_asked(record, catalogue) for record in top.records("asked"))
    seen: dict[str, Asked] = {}
    for one in asked:
        for phrase in one.phrases:
            if seen.setdefault(phrase.casefold(), one) is not one:
                raise ContentError(top.at("asked"), f"the phrase “{phrase}” stands in two questions")
    return SearchWords(asked, {tag: silent.texts(tag) for tag in silent})


def _read_asked(record: Record, catalogue: Catalogue) -> Asked:
    record.only(["messages"], ["vi", "zh", "en"])
    keys = record.texts("messages")
    for key in keys:
        message = catalogue.messages.get(key)
        if message is None or message.on_request:
            raise ContentError(record.at("messages"), f"“{key}” is no message of a journey")
    return Asked(tuple(_phrases(record)), keys)


def _phrases(record: Record) -> Iterator[str]:
    for tag in ("vi", "zh", "en"):
        yield from record.texts(tag)

"""The library as it is searched: cards by the words of who is afraid, messages by topic and by plain words."""

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path

from content.library import ROOT, Library
from content.matrix import Matrix, load_matrix
from content.message import Ask, Message
from content.quizzes import quiz_of
from content.search_words import SearchWords, load_search_words
from domain.plain_search import PhraseBook, PlainIndex, make_index, make_phrase_book
from domain.quiz import Quiz

CARDS = "danger"
_WORDS, _TITLE = "words", "title"
_CODE_BYTES = 5


class LibrarySearch:
    """Built from what is loaded at start; an index is made when somebody first searches in its language."""

    def __init__(self, library: Library, matrix: Matrix, search_words: SearchWords) -> None:
        self._library = library
        self._matrix = matrix
        self._words = search_words
        self._indexes: dict[str, PlainIndex] = {}

    def cards(self) -> Sequence[str]:
        """The keys of the cards, in the order of their files: the most urgent first."""
        return tuple(message.key for message in self._messages() if message.topic == CARDS)

    def card_ages(self, key: str) -> tuple[int, int] | None:
        """From and until which day of life a card is for; None: it is not about a child."""
        window = self._library.catalogue.messages[key].window
        return (window.from_day, window.to_day) if window.origin == "birth" else None

    def cards_for(self, words: str) -> Sequence[str]:
        """The cards one of whose words or whose title was typed: by the longest phrase said, then the most urgent."""
        found = self._cards_by_words.meant_by(words)
        return tuple(sorted(filter(found.__contains__, self.cards()), key=lambda key: found[key], reverse=True))

    @cached_property
    def _cards_by_words(self) -> PhraseBook:
        silent = frozenset(word for words in self._words.silent.values() for word in words)
        tables = self._library.texts.tables.values()
        phrases = ((key, phrase) for key in self.cards() for table in tables for phrase in _phrases_in(table, key))
        return make_phrase_book(phrases, silent)

    def find(self, words: str, language: str) -> Sequence[str]:
        """What answers a known question, otherwise what holds the words: in her language, only then in the others."""
        if answers := self._words.answers(words):
            return answers
        tags = [language, *(tag for tag in self._library.texts.tables if tag != language)]
        return next((found for tag in tags if (found := self._index(tag).find(words))), [])

    def _index(self, tag: str) -> PlainIndex:
        if tag not in self._indexes:
            table = self._library.texts.tables.get(tag, {})
            journey = (one.key for one in self._messages() if not one.on_request)
            texts = ((key, table[key]) for key in journey if key in table)
            self._indexes[tag] = make_index(texts, self._words.silent.get(tag, ()))
        return self._indexes[tag]

    def topics(self) -> Sequence[str]:
        """The topics of the journeys, in the order of the plan."""
        return tuple(dict.fromkeys(topic for column in self._matrix.columns for topic in column.topics))

    def topic_of(self, key: str) -> str:
        """The topic of a message."""
        message = self._library.catalogue.messages.get(key)
        return message.topic if message else key.partition(".")[0]

    def code_of(self, key: str) -> str:
        """The first ten digits of a hash: keys are too long for a button."""
        return blake2b(key.encode(), digest_size=_CODE_BYTES).hexdigest()

    def key_of(self, code: str) -> str | None:
        """Which message a button means; None when it is in the library no more."""
        return self._by_code.get(code)

    def quiz_of(self, key: str) -> Quiz | None:
        """The quiz of a message that is one."""
        message = self._library.catalogue.messages.get(key)
        return quiz_of(message) if message is not None and message.ask is Ask.QUIZ else None

    @cached_property
    def _by_code(self) -> Mapping[str, str]:
        return {self.code_of(message.key): message.key for message in self._messages()}

    def _messages(self) -> Sequence[Message]:
        return tuple(self._library.catalogue.messages.values())


@lru_cache(maxsize=2)
def make_library_search(library: Library, root: Path = ROOT) -> LibrarySearch:
    """The search of a library, with its plan and the words that families type."""
    return LibrarySearch(library, load_matrix(root), load_search_words(root, library.catalogue))


def _phrases_in(table: Mapping[str, str], key: str) -> tuple[str, ...]:
    listed = table.get(f"{key}#{_WORDS}", "").replace("，", ",").split(",")
    phrases = (phrase.strip() for phrase in (*listed, table.get(f"{key}#{_TITLE}", "")))
    return tuple(phrase for phrase in phrases if phrase)

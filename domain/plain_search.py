"""Search in plain words, as people type them: with and without diacritics, within a sentence, in Chinese too."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from math import log

LONGEST_QUESTION = 200
"""What is longer tells a story: nobody searches with it."""
MOST_WORDS = 15
"""So many words a cry for help has at most. Rule of this house."""
SHORT_WORD = 4
LEAST_COVERED = 0.75
"""So much of what was asked, by how telling its words are, must be in a text. Rule of this house."""
TWO_TOGETHER = 2.0
"""Two words that stand together as they were asked count so much more. Rule of this house."""
_HAN = range(0x4E00, 0xA000)


def fold(text: str) -> str:
    """Small letters without diacritics: `Sữa mẹ` and `sua me` are one; `đ` is d."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def has_diacritics(text: str) -> bool:
    """Whether somebody took the trouble of typing them."""
    return fold(text) != text.casefold()


def words_of(text: str) -> list[str]:
    """The words in their order; a Chinese character is one."""
    found: list[str] = []
    word = ""
    for letter in unicodedata.normalize("NFC", text.casefold()):
        if ord(letter) in _HAN:
            found += [word, letter]
            word = ""
        elif letter.isalnum():
            word += letter
        else:
            found.append(word)
            word = ""
    return [one for one in (*found, word) if one]


@dataclass(frozen=True)
class Phrase:
    """One phrase of somebody's list; `telling` are its words without those that say nothing."""

    owner: str
    words: tuple[str, ...]
    telling: frozenset[str]
    plain: frozenset[str]

    def is_meant_by(self, typed: Set[str], *, marked: bool) -> bool:
        """Whether its telling words are all there, in whatever order."""
        return len(self.telling) > 1 and (self.telling if marked else self.plain) <= typed


@dataclass(frozen=True)
class PhraseBook:
    """Phrases by their words, with diacritics and without; an owner has many, and a phrase may have several owners."""

    marked: Mapping[tuple[str, ...], Set[str]]
    plain: Mapping[tuple[str, ...], Set[str]]
    phrases: Sequence[Phrase]
    longest: int

    def said_in(self, text: str) -> Mapping[str, int]:
        """The owners of the phrases that stand in what was typed, word for word, each with its longest one's words.

        Who typed diacritics meant them. Without them a single syllable is too little: `oi` may be *ói* or *ơi*.
        """
        typed = words_of(text)
        found = _said(typed, self.marked, self.longest)
        if not has_diacritics(text):
            plain = _said([fold(word) for word in typed], self.plain, self.longest)
            found = {owner: max(found.get(owner, 0), plain.get(owner, 0)) for owner in {**found, **plain}}
        return found

    def meant_by(self, text: str) -> Mapping[str, int]:
        """The same, and the words of a phrase may stand in any order: `mang thai ra máu` is `ra máu khi mang thai`.

        The text must be short then: whoever tells a story names many things.
        """
        found, typed = dict(self.said_in(text)), words_of(text)
        if len(typed) > MOST_WORDS:
            return found
        marked = has_diacritics(text)
        words = frozenset(typed if marked else map(fold, typed))
        for phrase in self.phrases:
            if phrase.owner not in found and phrase.is_meant_by(words, marked=marked):
                found[phrase.owner] = 0
        return found


def make_phrase_book(phrases: Iterable[tuple[str, str]], silent: Set[str] = frozenset()) -> PhraseBook:
    """The book of these phrases, each with its owner."""
    read = [_read_phrase(owner, phrase, silent) for owner, phrase in phrases if words_of(phrase)]
    marked: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    plain: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in read:
        marked[one.words].add(one.owner)
        if len(one.words) > 1:
            plain[tuple(map(fold, one.words))].add(one.owner)
    return PhraseBook(marked, plain, read, max((len(one.words) for one in read), default=0))


def _read_phrase(owner: str, phrase: str, silent: Set[str]) -> Phrase:
    words = tuple(words_of(phrase))
    telling = frozenset(word for word in words if word not in silent)
    return Phrase(owner, words, telling, frozenset(map(fold, telling)))


def _said(typed: Sequence[str], phrases: Mapping[tuple[str, ...], Set[str]], longest: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(len(typed)):
        for length in range(1, min(longest, len(typed) - start) + 1):
            for owner in phrases.get(tuple(typed[start : start + length]), ()):
                found[owner] = max(length, found.get(owner, 0))
    return found


@dataclass(frozen=True)
class PlainIndex:
    """Which texts hold which words and pairs of words, and how telling each is: the rarer the more.

    `silent` are the words that tell nothing of what is sought.
    """

    holders: Mapping[str, Set[str]]
    weights: Mapping[str, float]
    silent: Set[str] = frozenset()

    def find(self, question: str) -> list[str]:
        """The keys of the texts that have most of what was asked, the best first."""
        asked = self._asked(question)
        words = set(asked)
        total = sum(self.weights.get(word, self._rarest) for word in words)
        covered = self._scores(words)
        bonus = self._scores({" ".join(two) for two in pairwise(asked)})
        enough = [key for key, score in covered.items() if score >= LEAST_COVERED * total]
        return sorted(enough, key=lambda key: (-covered[key] - TWO_TOGETHER * bonus[key], key))

    def _asked(self, question: str) -> list[str]:
        if len(question) > LONGEST_QUESTION:
            return []
        words = words_of(question)
        marked = has_diacritics(question)
        words = [word for word in (words if marked else map(fold, words)) if word not in self.silent]
        # One short word stands in many texts for other reasons: *cảm ơn* is no cold.
        return [] if len(words) == 1 and len(words[0]) <= SHORT_WORD else words

    def _scores(self, wanted: Iterable[str]) -> Mapping[str, float]:
        scores: defaultdict[str, float] = defaultdict(float)
        for one in wanted:
            for key in self.holders.get(one, ()):
                scores[key] += self.weights[one]
        return scores

    @property
    def _rarest(self) -> float:
        return max(self.weights.values(), default=1.0)


def make_index(texts: Iterable[tuple[str, str]], silent: Iterable[str] = ()) -> PlainIndex:
    """The index of these texts by key; each is found with its diacritics and without."""
    quiet = {form for word in silent for form in (word.casefold(), fold(word))}
    holders: defaultdict[str, set[str]] = defaultdict(set)
    count = 0
    for key, text in texts:
        count += 1
        words = [word for word in words_of(text) if word not in quiet]
        for found in {*words, *(" ".join(two) for two in pairwise(words))}:
            holders[found].add(key)
            holders[fold(found)].add(key)
    weights = {found: log(1 + count / len(keys)) for found, keys in holders.items()}
    return PlainIndex(holders, weights, frozenset(quiet))

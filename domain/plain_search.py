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


def contains(text: str, phrase: str) -> bool:
    """Whether the phrase stands in what was typed, word for word.

    Who typed diacritics meant them. Without them a single syllable is too little: `oi` may be *ói* or *ơi*.
    """
    typed, wanted = words_of(text), words_of(phrase)
    if _stands_in(typed, wanted):
        return True
    plain = [fold(word) for word in wanted]
    return not has_diacritics(text) and len(wanted) > 1 and _stands_in([fold(word) for word in typed], plain)


def means(text: str, phrase: str, silent: Set[str] = frozenset()) -> bool:
    """The same, and the words of the phrase may stand in any order: `mang thai ra máu` is `ra máu khi mang thai`.

    Two telling words at least must be there, and the text must be short: whoever tells a story names many things.
    """
    if contains(text, phrase):
        return True
    typed = words_of(text)
    telling = {word for word in words_of(phrase) if word not in silent}
    if len(telling) < 2 or len(typed) > MOST_WORDS:
        return False
    if has_diacritics(text):
        return telling <= set(typed)
    return {fold(word) for word in telling} <= {fold(word) for word in typed}


def _stands_in(words: Sequence[str], wanted: Sequence[str]) -> bool:
    span = len(wanted)
    return span > 0 and any(list(words[start : start + span]) == list(wanted) for start in range(len(words) - span + 1))


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
        if not has_diacritics(question):
            words = [fold(word) for word in words]
        return [word for word in words if word not in self.silent]

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

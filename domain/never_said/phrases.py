"""Finds phrases among words: one walk through a text for all phrases of a language at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass
class _Node:
    ways: dict[str, "_Node"] = field(default_factory=dict)
    names: tuple[str, ...] = ()


class Found:
    """Where each group of phrases stands among the words, as positions and as bits (bit 5: it begins at word 5)."""

    def __init__(self) -> None:
        self.spans: dict[str, list[Span]] = {}
        self._bits: dict[str, dict[int, int]] = {}

    def add(self, name: str, span: Span) -> None:
        """Note one occurrence."""
        self.spans.setdefault(name, []).append(span)
        lengths = self._bits.setdefault(name, {})
        length = span[1] - span[0]
        lengths[length] = lengths.get(length, 0) | 1 << span[0]

    def of(self, name: str) -> Sequence[Span]:
        """Every occurrence of a group, in order of their beginning."""
        return self.spans.get(name, ())

    def starts(self, name: str) -> Mapping[int, int]:
        """By the length of the phrase: the bits of the words at which it begins."""
        return self._bits.get(name, {})

    def covered(self, name: str) -> int:
        """The bits of all words that are part of such a phrase."""
        bits = 0
        for start, end in self.of(name):
            bits |= (1 << end) - (1 << start)
        return bits


class PhraseTree:
    """All phrases of a language by their first words; the time to search depends on the text alone."""

    def __init__(self, groups: Mapping[str, Iterable[tuple[str, ...]]]) -> None:
        self._root = _Node()
        for name, phrases in groups.items():
            for phrase in phrases:
                self._plant(name, phrase)

    def _plant(self, name: str, phrase: tuple[str, ...]) -> None:
        node = self._root
        for word in phrase:
            node = node.ways.setdefault(word, _Node())
        if name not in node.names:
            node.names = (*node.names, name)

    def find(self, words: Sequence[str]) -> Found:
        """Every phrase in these words, overlapping ones too."""
        found = Found()
        for start in range(len(words)):
            node: _Node | None = self._root
            for end in range(start, len(words)):
                node = node.ways.get(words[end]) if node else None
                if node is None:
                    break
                for name in node.names:
                    found.add(name, (start, end + 1))
        return found

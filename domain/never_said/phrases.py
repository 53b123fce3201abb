"""Finds phrases among words: one walk through a text for all phrases of a language at once."""

from collections.abc import Iterable, KeysView, Mapping, Sequence
from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(eq=False)
class _Node:
    length: int = 0
    ways: dict[str, "_Node"] = field(default_factory=dict)
    names: tuple[str, ...] = ()


class Found:
    """Where each group of phrases stands among the words, as positions and as bits (bit 5: it begins at word 5).

    `names` are the groups that are there at all.
    """

    def __init__(self) -> None:
        self._starts: dict[str, dict[int, list[int]]] = {}
        self._bits: dict[str, dict[int, int]] = {}
        self.names: KeysView[str] = self._starts.keys()

    def add(self, name: str, length: int, starts: list[int]) -> None:
        """Note where phrases of a group and of so many words begin."""
        self._starts.setdefault(name, {}).setdefault(length, []).extend(starts)

    def of(self, name: str) -> list[Span]:
        """Every occurrence of a group, in order of their beginning."""
        lengths = self._starts.get(name)
        return sorted((at, at + length) for length, starts in lengths.items() for at in starts) if lengths else []

    def starts(self, name: str) -> Mapping[int, int]:
        """By the length of the phrase: the bits of the words at which it begins."""
        if name not in self._bits:
            self._bits[name] = {length: _bits(starts) for length, starts in self._starts.get(name, {}).items()}
        return self._bits[name]

    def covered(self, name: str) -> int:
        """The bits of all words that are part of such a phrase."""
        covered = 0
        for length, bits in self.starts(name).items():
            for at in range(length):
                covered |= bits << at
        return covered


def _bits(places: list[int]) -> int:
    """The number in which these bits are set."""
    written = bytearray(max(places) // 8 + 1)
    for place in places:
        written[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(written, "little")


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
            node = node.ways.setdefault(word, _Node(node.length + 1))
        if name not in node.names:
            node.names = (*node.names, name)

    def has_any(self, words: Sequence[str]) -> bool:
        """Whether one of the phrases begins somewhere, by its first word."""
        return not self._root.ways.keys().isdisjoint(words)

    def find(self, words: Sequence[str]) -> Found:
        """Every phrase in these words, overlapping ones too."""
        hits: dict[_Node, list[int]] = {}
        roots = self._root.ways
        for start, word in enumerate(words):
            node, end = roots.get(word), start
            while node is not None:
                if node.names:
                    hits.setdefault(node, []).append(start)
                end += 1
                node = node.ways.get(words[end]) if end < len(words) else None
        found = Found()
        for node, starts in hits.items():
            for name in node.names:
                found.add(name, node.length, starts)
        return found

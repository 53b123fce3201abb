"""A pattern: groups of phrases one after another, with so many words between them at most."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from domain.never_said.phrases import Found, Span


@dataclass(frozen=True)
class Part:
    """A group of phrases, and how many other words may stand before it."""

    group: str
    gap: int = 0


@dataclass(frozen=True)
class Pattern:
    """Its parts in order. No word of `barrier` may stand in a gap."""

    parts: tuple[Part, ...]
    barrier: str = ""

    @cached_property
    def groups(self) -> frozenset[str]:
        """What must be there, all of it, before the pattern can match."""
        return frozenset(part.group for part in self.parts)

    def matches(self, found: Found) -> Iterator[Span]:
        """Each place where it begins, with the nearest end."""
        if not self.groups <= found.names:
            return
        barrier = found.covered(self.barrier)
        for length, bits in self._complete(found, barrier).items():
            for start in _positions(bits):
                yield start, self._nearest_end(found, start + length, barrier)

    def _complete(self, found: Found, barrier: int) -> dict[int, int]:
        """By the length of its first phrase: where the pattern begins and is completed. Read from its end."""
        starts = dict(found.starts(self.parts[-1].group))
        for part, after in zip(reversed(self.parts[:-1]), reversed(self.parts[1:]), strict=True):
            before = 0
            for bits in starts.values():
                before |= bits
            for _ in range(after.gap):
                before |= (before >> 1) & ~barrier
            starts = {
                length: begun
                for length, bits in found.starts(part.group).items()
                if (begun := bits & (before >> length))
            }
        return starts

    def _nearest_end(self, found: Found, end: int, barrier: int) -> int:
        ends = 1 << end
        for part in self.parts[1:]:
            reached = ends
            for _ in range(part.gap):
                reached |= (reached & ~barrier) << 1
            ends = 0
            for length, bits in found.starts(part.group).items():
                ends |= (reached & bits) << length
        return (ends & -ends).bit_length() - 1


def _positions(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest

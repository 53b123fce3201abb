"""Ages as a sentence names them: “from six months”, “dưới 12 tháng”, “满一岁”."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from domain.never_said.phrases import Found
from domain.never_said.reading import RANGE

BELOW_BEFORE, BELOW_AFTER, AGE_UNITS, RANGE_WORDS = "below_before", "below_after", "age_units", "range_words"
_NEAR = 2


@dataclass(frozen=True)
class NamedAge:
    """An age in days, and whether the sentence speaks of those below it."""

    days: int
    is_below: bool


@dataclass(frozen=True)
class AgeWords:
    """Number words and units (by their length in days) of one language; a unit may have several words."""

    numbers: Mapping[tuple[str, ...], int] = field(default_factory=lambda: MappingProxyType({}))
    units: Mapping[tuple[str, ...], int] = field(default_factory=lambda: MappingProxyType({}))
    ranges: frozenset[str] = frozenset()

    def ages(self, words: Sequence[str], found: Found) -> Iterator[NamedAge]:
        """Each age that the words name; of a range, its lower end."""
        at = 0
        while at < len(words):
            read = self._age_at(words, at)
            if read is None:
                at += 1
                continue
            days, end = read
            yield NamedAge(days, _is_below(found, at, end))
            at = end

    def _age_at(self, words: Sequence[str], at: int) -> tuple[int, int] | None:
        number, end = self._number_at(words, at)
        if number is None:
            return None
        if end < len(words) and (words[end] == RANGE or words[end] in self.ranges):
            upper, after = self._number_at(words, end + 1)
            end = end if upper is None else after
        days, end = _longest(self.units, words, end)
        return None if days is None else (round(number * days), end)

    def _number_at(self, words: Sequence[str], at: int) -> tuple[float | None, int]:
        if at < len(words) and words[at][:1].isdigit():
            return _number(words[at]), at + 1
        return _longest(self.numbers, words, at)


def is_excused(ages: Sequence[NamedAge], under_days: int) -> bool:
    """Whether a sentence speaks of older children only: it names their age, and no younger one."""
    upwards = [age.days for age in ages if not age.is_below]
    return bool(upwards) and min(upwards) >= under_days


def _number(word: str) -> float | None:
    try:
        return float(word.replace(",", ".")[:6])
    except ValueError:
        return None


def _longest(known: Mapping[tuple[str, ...], int], words: Sequence[str], at: int) -> tuple[int | None, int]:
    for length in (3, 2, 1):
        value = known.get(tuple(words[at : at + length]))
        if value is not None and at + length <= len(words):
            return value, at + length
    return None, at


def _is_below(found: Found, start: int, end: int) -> bool:
    before = any(start - _NEAR <= stop <= start for _, stop in found.of(BELOW_BEFORE))
    after = any(end <= begin < end + _NEAR for begin, _ in found.of(BELOW_AFTER))
    return before or after

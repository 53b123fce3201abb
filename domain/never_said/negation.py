"""Whether a sentence denies what it names: “do not”, “instead of”, “… is dangerous”, and where a negation ends."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.never_said.phrases import Found, Span
from domain.never_said.reading import COMMA, HEADING
from domain.never_said.rule import ENDS, NOT, NOT_REALLY, OR, TITLES, WRONG

_AFTERWARDS = 14
_NEAREST = 6


@dataclass(frozen=True)
class Denial:
    """The negations of one sentence. `answered`: it is a question, and the next sentence answers no."""

    words: Sequence[str]
    found: Found
    reach: int
    answered: bool = False

    @cached_property
    def _not_really(self) -> int:
        return self.found.covered(NOT_REALLY)

    @cached_property
    def _cues(self) -> list[Span]:
        return [span for span in self.found.of(NOT) if not self._overlaps(span)]

    @cached_property
    def _wrong(self) -> list[int]:
        return [span[0] for span in self.found.of(WRONG) if not self._overlaps(span)]

    @cached_property
    def _ends(self) -> list[int]:
        return [start for start, _ in self.found.of(ENDS)]

    @cached_property
    def _or(self) -> list[int]:
        return [start for start, _ in self.found.of(OR)]

    @cached_property
    def _title_end(self) -> int:
        """Where a title ends that forbids all that follows (“Please do not: …”); 0 when there is none."""
        for _, end in self.found.of(TITLES):
            colon = next((at for at in range(end, min(end + 6, len(self.words))) if self.words[at] == HEADING), None)
            if colon is not None:
                return colon + 1
        return 0

    def covers(self, starts: Sequence[int], end: int, *, only_before: bool, reach: int | None) -> bool:
        """Whether what begins at one of these words, and ends before `end`, is denied; `reach` may differ here."""
        last = max(starts)
        if self.answered or (not only_before and self._is_wrong_after(last, end)):
            return True
        if 0 < self._title_end <= min(starts):
            return True
        upto = bisect_left(self._cues, (end, 0))
        near = self._cues[max(0, upto - _NEAREST) : upto]
        until = [end if cue[0] >= last else last for cue in near]
        return any(self._denies(cue, starts, stop, reach or self.reach) for cue, stop in zip(near, until, strict=True))

    def _denies(self, cue: Span, starts: Sequence[int], until: int, reach: int) -> bool:
        if _any_within(self._ends, cue[1], until):
            return False
        first = min((start for start in starts if start >= cue[1]), default=cue[1])
        between = self.words[cue[1] : first]
        if COMMA in between and not self._is_list(cue[1]):
            return False
        return _longest_run(between) <= reach

    def _is_list(self, since: int) -> bool:
        stop = bisect_left(self._ends, since)
        until = self._ends[stop] if stop < len(self._ends) else len(self.words)
        return _any_within(self._or, since, until)

    def _is_wrong_after(self, last: int, end: int) -> bool:
        return _any_within(self._wrong, last + 1, end + _AFTERWARDS + 1)

    def _overlaps(self, span: Span) -> bool:
        return bool(self._not_really >> span[0] & ((1 << span[1] - span[0]) - 1))


def _any_within(places: Sequence[int], since: int, until: int) -> bool:
    """Whether one of these places, in order, is at `since` or later and before `until`."""
    at = bisect_left(places, since)
    return at < len(places) and places[at] < until


def _longest_run(words: Sequence[str]) -> int:
    longest = run = 0
    for word in words:
        run = 0 if word == COMMA else run + 1
        longest = max(longest, run)
    return longest

"""Whether a sentence denies what it names: “do not”, “instead of”, “… is dangerous”, and where a negation ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.never_said.phrases import Found, Span
from domain.never_said.reading import COMMA, HEADING
from domain.never_said.rule import ENDS, NOT, NOT_REALLY, OR, TITLES, WRONG

_AFTERWARDS = 10
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
    def _wrong(self) -> list[Span]:
        return [span for span in self.found.of(WRONG) if not self._overlaps(span)]

    @cached_property
    def _ends(self) -> list[int]:
        return [start for start, _ in self.found.of(ENDS)]

    @cached_property
    def _title_end(self) -> int:
        """Where a title ends that forbids all that follows (“Please do not: …”); 0 when there is none."""
        for _, end in self.found.of(TITLES):
            colon = next((at for at in range(end, min(end + 6, len(self.words))) if self.words[at] == HEADING), None)
            if colon is not None:
                return colon + 1
        return 0

    def covers(self, starts: Sequence[int], end: int) -> bool:
        """Whether what begins at one of these words, and ends before `end`, is denied."""
        if self.answered or self._is_wrong_after(end):
            return True
        last = max(starts)
        if 0 < self._title_end <= min(starts):
            return True
        near = [cue for cue in self._cues if cue[0] < end][-_NEAREST:]
        return any(self._denies(cue, starts, last, end) for cue in near)

    def _denies(self, cue: Span, starts: Sequence[int], last: int, end: int) -> bool:
        inside = cue[0] >= last
        if any(cue[1] <= stop < (end if inside else last) for stop in self._ends):
            return False
        first = min((start for start in starts if start >= cue[1]), default=cue[1])
        between = self.words[cue[1] : first]
        if COMMA in between and not self._is_list(cue[1]):
            return False
        return _longest_run(between) <= self.reach

    def _is_list(self, since: int) -> bool:
        until = min((stop for stop in self._ends if stop >= since), default=len(self.words))
        return any(since <= start < until for start, _ in self.found.of(OR))

    def _is_wrong_after(self, end: int) -> bool:
        return any(end <= start <= end + _AFTERWARDS for start, _ in self._wrong)

    def _overlaps(self, span: Span) -> bool:
        return bool(self._not_really >> span[0] & ((1 << span[1] - span[0]) - 1))


def _longest_run(words: Sequence[str]) -> int:
    longest = run = 0
    for word in words:
        run = 0 if word == COMMA else run + 1
        longest = max(longest, run)
    return longest

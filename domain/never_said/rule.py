"""A rule of what is never said: whom it concerns, and its patterns in each language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from domain.never_said.age_words import AgeWords
from domain.never_said.pattern import Pattern
from domain.never_said.phrases import PhraseTree

NOT, NOT_REALLY, ENDS, OR = "not", "not_really", "ends", "or"
WRONG, ANSWERS_NO, ANSWERS_YES, TITLES = "wrong", "answers_no", "answers_yes", "titles"
TOLD, REBUTS = "told", "rebuts"
NUMBER, CHILDREN, ENDING = "number", "child", "ending"


@dataclass(frozen=True)
class Wording:
    """A rule in one language. A denied pattern is right; one of `always` is wrong even when it is denied.

    A sentence with a phrase of `unless` is let through, and one about `others` in which no child is named. `reach`:
    over how many words a negation holds here; `only_before`: a denial after the words does not count.
    """

    patterns: tuple[Pattern, ...] = ()
    always: tuple[Pattern, ...] = ()
    unless: str = ""
    others: str = ""
    reach: int | None = None
    only_before: bool = False

    @cached_property
    def endings(self) -> frozenset[str]:
        """The groups with which its patterns end."""
        return frozenset(pattern.parts[-1].group for pattern in (*self.patterns, *self.always))


@dataclass(frozen=True)
class Rule:
    """A rule concerns children below an age in days, or all; a text that names an older age is not meant."""

    key: str
    under_days: int | None = None
    wordings: Mapping[str, Wording] = field(default_factory=lambda: MappingProxyType({}))

    def concerns(self, youngest_days: int | None, oldest_days: int | None) -> bool:
        """Whether it holds for a text for children of these ages; an open range reaches down to the youngest."""
        youngest = min(youngest_days or 0, oldest_days if oldest_days is not None else youngest_days or 0)
        return self.under_days is None or youngest < self.under_days


@dataclass(frozen=True)
class Language:
    """The words of one language. `reach`: over how many words a negation holds; `bare_tree`: without marks.

    `endings` holds the phrases with which a pattern may end: a sentence without one need not be looked at.
    """

    tag: str
    tree: PhraseTree
    bare_tree: PhraseTree | None
    endings: PhraseTree
    age_words: AgeWords
    bare_age_words: AgeWords
    reach: int

"""In which words a visit is spoken of: those of the youngest scheduled visit for the age, of which something is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.aftercare import Advice, Answer
from domain.vaccination.ages import Age
from domain.visits import FIRST_STEP, Needs

GENERIC = "any"
"""In place of country and visit: the words for a visit that is none of the scheduled ones."""
FEVER_LIMITS = frozenset({Answer.HIGH_FEVER, Answer.HOT_OR_COLD})
"""From which warmth on a child must be seen: it goes by age, so that no text may leave it to an added line."""


class VisitStep(StrEnum):
    """What is said of a visit: a week ahead, on its eve or morning, in the evening after it, once missed, if asked."""

    BEFORE = "before"
    DAY = "day"
    AFTERCARE = "aftercare"
    MISSED = "missed"
    WHY = "why"


@dataclass(frozen=True)
class ChildAtVisit:
    """A child on the day of a visit, and what is due of it."""

    birth_date: date
    on: date
    needs: Needs


@dataclass(frozen=True)
class ScheduledVisit:
    """One visit of a country's schedules: the doses (series and number) and the check-ups that belong to it.

    Its words speak to children younger than `until`: who catches up long after is not told of a small baby.
    """

    key: str
    until: Age
    doses: frozenset[tuple[str, int]] = frozenset()
    care: frozenset[str] = frozenset()

    def is_for(self, child: ChildAtVisit) -> bool:
        """Whether the child is of an age for its words and something of it is due."""
        return child.on < self.until.after(child.birth_date) and self._has_any_of(child.needs)

    def _has_any_of(self, needs: Needs) -> bool:
        doses = {(dose.series, dose.dose_number) for dose in needs.doses}
        return bool(self.doses & doses) or any(one.key in self.care for one in needs.care)


@dataclass(frozen=True)
class Sign:
    """A danger sign as a text names it, in one of several wordings; `of` are the general texts that name it."""

    answer: Answer
    of: frozenset[Advice]
    words: tuple[str, ...]

    def is_named_in(self, text: str) -> bool:
        """Whether this English text names it."""
        return any(words.casefold() in text.casefold() for words in self.words)


@dataclass(frozen=True)
class VisitTexts:
    """`visits` by country in order of age; `written`: by key, the languages in which a text is there.

    `leaves_out`: by the key of a visit's text for the evening, which general ones it may take the place of, with the
    danger signs that it does not name itself.
    """

    visits: Mapping[str, tuple[ScheduledVisit, ...]] = field(default_factory=dict)
    written: Mapping[str, frozenset[str]] = field(default_factory=dict)
    leaves_out: Mapping[str, Mapping[Advice, tuple[Answer, ...]]] = field(default_factory=dict)

    def find(self, country: str, children: Iterable[ChildAtVisit]) -> ScheduledVisit | None:
        """The youngest scheduled visit of their age of which something is due, if there is one."""
        every = tuple(children)
        visits = self.visits.get(country, ())
        return next((visit for visit in visits if any(visit.is_for(one) for one in every)), None)

    def key(self, country: str, children: Iterable[ChildAtVisit], step: VisitStep) -> str:
        """Which text goes with the visit of these children."""
        return text_key(country, self.find(country, children), step)


NO_VISIT_TEXTS = VisitTexts()


def text_key(country: str, visit: ScheduledVisit | None, step: VisitStep) -> str:
    """The key of a visit's text in the catalogue; of the generic one where there is no such visit."""
    whose = f"{country.lower()}.{visit.key}" if visit is not None else GENERIC
    return f"visits.{whose}.{step}"


def step_of_reminder(days_before: int) -> VisitStep:
    """What goes with the reminder so many days before."""
    return VisitStep.BEFORE if days_before >= FIRST_STEP else VisitStep.DAY


def left_out(general: Advice, text: str, signs: Iterable[Sign]) -> tuple[Answer, ...] | None:
    """The danger signs that a general text names and this English text does not; None: it may not take its place.

    No sign is lost: what is left out is said in a line of its own. Not so the limit of fever, which makes a text one
    for the first two months or for later: without it the general text stays.
    """
    named = [sign for sign in signs if general in sign.of]
    missing = dict.fromkeys(sign.answer for sign in named if not sign.is_named_in(text))
    limits = FEVER_LIMITS.intersection(sign.answer for sign in named)
    return tuple(missing) if limits and not FEVER_LIMITS.intersection(missing) else None

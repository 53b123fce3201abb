"""When a family is asked about a birth: at the due date, once more a week after “not yet”; then a person asks."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.people import Pregnancy

AGAIN = "again"
"""The word by which the second question is told from the first."""
ASKED_FOR = timedelta(days=14)
"""How long an answer is waited for before the volunteer is asked to call. Rule of this house."""
ASKED_AGAIN_AFTER = timedelta(days=7)
"""Rule of this house."""
LONGEST_OVERDUE = timedelta(days=366)
"""A pregnancy that is overdue for longer has lost every contact; it waits for a person who looks at the family."""


@dataclass(frozen=True)
class BirthQuestion:
    """The question that is open: asked from a day on, of use until (not including) another; `word` is "" or AGAIN."""

    word: str
    from_on: date
    until_on: date

    def is_open(self, today: date) -> bool:
        """Whether it may be asked today."""
        return self.from_on <= today < self.until_on


def birth_question(pregnancy: Pregnancy, joined_on: date) -> BirthQuestion:
    """The question for a caregiver who joined on a day: never before the due date, nor on the day she joined.

    Who joins later than two weeks past the due date is not asked by us at all: a person asks.
    """
    if pregnancy.not_yet_on is None:
        return _question("", pregnancy.due_on, ends=pregnancy.due_on + ASKED_FOR, joined_on=joined_on)
    answered = pregnancy.not_yet_on
    return _question(AGAIN, answered + ASKED_AGAIN_AFTER, ends=answered + ASKED_FOR, joined_on=joined_on)


def _question(word: str, starts: date, *, ends: date, joined_on: date) -> BirthQuestion:
    return BirthQuestion(word, max(starts, joined_on + timedelta(days=1)), ends)


def asked_by_person_from(pregnancy: Pregnancy) -> date:
    """The day from which a person asks: two weeks after the due date, or after the last “not yet”."""
    return max(pregnancy.due_on, pregnancy.not_yet_on or pregnancy.due_on) + ASKED_FOR

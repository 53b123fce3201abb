"""The journey: which messages belong to which age, and which of them are due for one caregiver on one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from domain.reader import Role


class Amount(IntEnum):
    """How much a caregiver wants to read: the highest tier that is sent to her."""

    FEW = 1
    SOME = 2
    ALL = 3


@dataclass(frozen=True)
class Step:
    """One message of the journey. It starts on day `from_day` of life and loses its use on day `to_day` (exclusive).

    A `private` one is about somebody's mood or safety at home: it is never the first thing that is said.
    """

    key: str
    from_day: int
    to_day: int
    tier: Amount
    audience: Role | None = None
    private: bool = False

    def starts_on(self, birth_date: date) -> date:
        """The day from which it may be sent."""
        return birth_date + timedelta(days=self.from_day)

    def ends_on(self, birth_date: date) -> date:
        """The first day on which it is no longer of use."""
        return birth_date + timedelta(days=self.to_day)


def due_steps(
    steps: Iterable[Step], *, birth_date: date, joined_on: date, today: date, amount: Amount, role: Role
) -> tuple[Step, ...]:
    """The steps that are hers today: in her amount, for her role, still of use, and begun after she joined.

    What began before is in the digest of her first day.
    """
    return tuple(
        step
        for step in steps
        if step.tier <= amount
        and step.audience in (None, role)
        and joined_on < step.starts_on(birth_date) <= today < step.ends_on(birth_date)
    )


def current_essential(steps: Iterable[Step], *, birth_date: date, today: date, role: Role) -> Step | None:
    """The newest essential step that is of use today: what a digest on late enrolment says first."""
    open_steps = [
        step
        for step in steps
        if step.tier is Amount.FEW
        and not step.private
        and step.audience in (None, role)
        and step.starts_on(birth_date) <= today < step.ends_on(birth_date)
    ]
    return max(open_steps, key=lambda step: step.from_day, default=None)


def reached_steps(steps: Iterable[Step], *, birth_date: date, today: date, role: Role) -> tuple[Step, ...]:
    """Every step that has begun, the newest first: what can be read again on request."""
    begun = [step for step in steps if step.audience in (None, role) and step.starts_on(birth_date) <= today]
    return tuple(sorted(begun, key=lambda step: step.from_day, reverse=True))


def is_older_than(steps: Iterable[Step], *, birth_date: date, today: date) -> bool:
    """Whether a child has outgrown the messages there are."""
    return today >= birth_date + timedelta(days=max((step.to_day for step in steps), default=0))

"""The journey: which messages belong to which age, and which of them are due for one caregiver on one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from domain.reader import Role
from domain.tracks import Track


class Amount(IntEnum):
    """How much a caregiver wants to read: the highest tier that is sent to her; NONE leaves only visits."""

    NONE = 0
    FEW = 1
    SOME = 2
    ALL = 3


class Origin(StrEnum):
    """From which day the ages of a journey are counted: birth, or the first day of a pregnancy's 40 weeks."""

    BIRTH = "birth"
    PREGNANCY = "pregnancy"


@dataclass(frozen=True)
class Step:
    """One message of a journey. It starts `from_day` days after its origin and loses its use on `to_day` (exclusive).

    A `private` one is about somebody's mood or safety at home: it is never the first thing that is said, and never
    said on a shared chat. One with `tracks` is only for these, one that is `excluded_from` a track never for that. One
    with `zones` is only for families who live there: so it keeps to a country.
    """

    key: str
    from_day: int
    to_day: int
    tier: Amount
    audience: Role | None = None
    private: bool = False
    tracks: frozenset[Track] = frozenset()
    excluded_from: frozenset[Track] = frozenset()
    zones: frozenset[str] = frozenset()
    origin: Origin = Origin.BIRTH

    def starts_on(self, begins_on: date) -> date:
        """The day from which it may be sent; `begins_on` is the day of its origin."""
        return begins_on + timedelta(days=self.from_day)

    def ends_on(self, begins_on: date) -> date:
        """The first day on which it is no longer of use."""
        return begins_on + timedelta(days=self.to_day)


@dataclass(frozen=True)
class Standing:
    """Where a caregiver and a child stand in a journey on a day of their zone (an IANA name).

    `begins_on` is the day of birth, or the first day of a pregnancy's 40 weeks.
    """

    begins_on: date
    today: date
    role: Role
    tracks: frozenset[Track] = frozenset()
    zone: str = ""

    def is_for(self, step: Step) -> bool:
        """Whether the step is written for this role, this child's tracks and their country."""
        on_track = not step.tracks or bool(step.tracks & self.tracks)
        lives_there = not step.zones or self.zone in step.zones
        return step.audience in (None, self.role) and on_track and lives_there and not step.excluded_from & self.tracks

    def is_open(self, step: Step) -> bool:
        """Whether the step is theirs, has begun and is still of use."""
        begun = step.starts_on(self.begins_on) <= self.today < step.ends_on(self.begins_on)
        return begun and self.is_for(step)


def due_steps(steps: Iterable[Step], standing: Standing, *, joined_on: date, amount: Amount) -> tuple[Step, ...]:
    """The steps that are hers today: in her amount, for her role, still of use, and begun after she joined."""
    return tuple(step for step in open_steps(steps, standing, amount=amount) if is_news(step, standing, joined_on))


def open_steps(steps: Iterable[Step], standing: Standing, *, amount: Amount) -> tuple[Step, ...]:
    """The same for everybody of this amount, whenever she joined."""
    return tuple(step for step in steps if step.tier <= amount and standing.is_open(step))


def is_news(step: Step, standing: Standing, joined_on: date) -> bool:
    """Whether it began after she joined: what began before is in the digest of her first day."""
    return joined_on < step.starts_on(standing.begins_on)


def current_essential(steps: Iterable[Step], standing: Standing) -> Step | None:
    """The newest essential step that is of use today: what a digest on late enrolment says first."""
    open_steps = [step for step in steps if step.tier is Amount.FEW and not step.private and standing.is_open(step)]
    return max(open_steps, key=lambda step: step.from_day, default=None)


def reached_steps(steps: Iterable[Step], standing: Standing) -> tuple[Step, ...]:
    """Every step that has begun, the newest first: what can be read again on request."""
    begun = [step for step in steps if standing.is_for(step) and step.starts_on(standing.begins_on) <= standing.today]
    return tuple(sorted(begun, key=lambda step: step.from_day, reverse=True))


def is_older_than(steps: Iterable[Step], *, begins_on: date, today: date) -> bool:
    """Whether a child, or a pregnancy, has outgrown the messages there are."""
    return today >= begins_on + timedelta(days=max((step.to_day for step in steps), default=0))

"""The parenting programme that goes with session days: which topic a day carries, and what a child of an age tries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import add_months, age_in_months
from domain.identifiers import FacilityId
from domain.people import Child

TOPIC = "topic"
"""The first word of these occasions."""
DONE_UNTIL_DAYS = 2
"""How long after its day a session's topic may still be noted, or taken back: as long as a session may be closed."""
TRY_DAYS = 7
"""So many days from the session on, the thing to try may still go out."""
ASK_AFTER = timedelta(days=7)
"""The question comes so long after the thing to try."""
ASK_LASTS = timedelta(days=4)


class TopicAnswer(StrEnum):
    """What came of it at home."""

    DID = "did"
    LITTLE = "little"
    NOT_YET = "not_yet"


class TopicStep(StrEnum):
    """The two messages that follow a topic: one thing to try, and the question about it."""

    TRY = "try"
    ASK = "ask"


@dataclass(frozen=True)
class Band:
    """Children of these completed months are told the same; `until_months` is the first month too old."""

    key: str
    from_months: int
    until_months: int


@dataclass(frozen=True)
class Topic:
    """One topic of the programme, and the month (1 to 12) in which sessions carry it unless a nurse chooses another."""

    key: str
    month: int

    @property
    def question(self) -> str:
        """The key of the question about it."""
        return f"topics.{self.key}.question"

    def thing_to_try(self, band: Band) -> str:
        """The key of what a family with such a child tries."""
        return f"topics.{self.key}.{band.key}"


@dataclass(frozen=True)
class Curriculum:
    """All topics by month, and the bands of age from birth on."""

    bands: tuple[Band, ...] = ()
    topics: tuple[Topic, ...] = ()

    def of_day(self, on: date) -> Topic | None:
        """The topic of a session day: one a month, so that who comes in every month meets each of them in a year."""
        return next((topic for topic in self.topics if topic.month == on.month), None)

    def find(self, key: str) -> Topic | None:
        """The topic with this key."""
        return next((topic for topic in self.topics if topic.key == key), None)

    def band_of(self, birth_date: date, on: date) -> Band | None:
        """The band of a child on a day; None when it is too old, or not born yet."""
        if on < birth_date:
            return None
        months = age_in_months(birth_date, on)
        return next((band for band in self.bands if band.from_months <= months < band.until_months), None)

    def born_after(self, on: date) -> date:
        """Nobody who was born on or before this day is young enough on that day."""
        oldest = max((band.until_months for band in self.bands), default=0)
        return add_months(on, -oldest) - timedelta(days=1)

    def youngest(self, children: Sequence[Child], on: date) -> tuple[Band, tuple[Child, ...]] | None:
        """Siblings share one message, for the band of the youngest: that band, and those of them who are in it."""
        banded = [(band, child) for child in children if (band := self.band_of(child.birth_date, on)) is not None]
        if not banded:
            return None
        first = min((band for band, _child in banded), key=lambda band: band.from_months)
        return first, tuple(child for band, child in banded if band == first)


NO_TOPICS = Curriculum()


@dataclass(frozen=True)
class TopicOccasion:
    """For what a topic's message is: `topic:FACILITY:DATE:TOPIC:STEP`."""

    facility: FacilityId
    on: date
    topic: str
    step: TopicStep

    def __str__(self) -> str:
        return f"{TOPIC}:{self.facility}:{self.on.isoformat()}:{self.topic}:{self.step}"


def parse_topic_occasion(text: str) -> TopicOccasion | None:
    """Read an occasion; None when it is of another kind."""
    kind, *parts = text.split(":")
    if kind != TOPIC or len(parts) != 4:
        return None
    facility, on, topic, step = parts
    return TopicOccasion(FacilityId(int(facility)), date.fromisoformat(on), topic, TopicStep(step))


def may_be_noted(on: date, today: date) -> bool:
    """Whether a session's topic may be noted or taken back today."""
    return on <= today <= on + timedelta(days=DONE_UNTIL_DAYS)


def may_be_chosen(on: date, today: date) -> bool:
    """Whether another topic may be chosen for a session day: before it too, so that the nurse can prepare."""
    return today <= on + timedelta(days=DONE_UNTIL_DAYS)


def tries_until(on: date) -> date:
    """The first day on which the thing to try of a session is no longer sent."""
    return on + timedelta(days=TRY_DAYS)


def is_to_be_asked(told_on: date, today: date) -> bool:
    """Whether one who got something to try on that day is asked about it today."""
    return told_on + ASK_AFTER <= today < told_on + ASK_AFTER + ASK_LASTS

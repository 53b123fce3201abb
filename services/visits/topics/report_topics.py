"""How far the topics reach: by topic and station, over a year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.identifiers import FacilityId
from domain.topics import Curriculum
from services.access import Permission, access_actor, access_facilities, access_facility
from services.ports import UnitOfWork
from services.ports.sessions import Closing
from services.turn import Turn
from services.visits.topics.find_topic import A_YEAR


@dataclass(frozen=True)
class Coverage:
    """Session days that were held, those of which the topic was done, caregivers reached, and their answers.

    The last three are named as `TopicAnswer` names them.
    """

    held: int = 0
    done: int = 0
    reached: int = 0
    did: int = 0
    little: int = 0
    not_yet: int = 0

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(
            self.held + other.held,
            self.done + other.done,
            self.reached + other.reached,
            self.did + other.did,
            self.little + other.little,
            self.not_yet + other.not_yet,
        )


ByTopic = Mapping[tuple[FacilityId, str], Coverage]


@dataclass(frozen=True)
class TopicReport:
    """The coverage of a time: of one facility, or (`place` is None) of all that the asker may see."""

    place: Facility | None
    first: date
    last: date
    total: Coverage
    topics: tuple[tuple[str, Coverage], ...]
    stations: tuple[tuple[Facility, Coverage], ...]


async def report_topics(turn: Turn, facility: FacilityId | None = None) -> TopicReport:
    """The last year of one facility, or of all of hers."""
    actor = access_actor(turn.speaker, Permission.RECORD_VISITS)
    if facility is None:
        places = await access_facilities(turn.uow, actor)
    else:
        places = ((await access_facility(turn.uow, turn.speaker, facility, Permission.RECORD_VISITS))[1],)
    last = turn.moment.today(places[0].zone if places else "UTC")
    counted = await count_coverage(turn.uow, turn.programme.topics, [one.id for one in places], last - A_YEAR, last)
    return TopicReport(
        place=places[0] if len(places) == 1 else None,
        first=last - A_YEAR,
        last=last,
        total=_sum(counted.values()),
        topics=_by_topic(turn.programme.topics, counted),
        stations=tuple((one, _sum(_of_facility(counted, one.id))) for one in places),
    )


async def count_coverage(
    uow: UnitOfWork, curriculum: Curriculum, facilities: Sequence[FacilityId], first: date, last: date
) -> ByTopic:
    """The numbers of these facilities by facility and topic, of topics that there are; what is left out is nought."""
    counted: dict[tuple[FacilityId, str], Coverage] = defaultdict(Coverage)
    for closing in await uow.sessions.closings(facilities, first, last):
        topic = curriculum.find(closing.topic) or curriculum.of_day(closing.on)
        if topic is not None and _was_held(closing):
            counted[closing.facility, topic.key] += Coverage(held=1, done=int(closing.topic_done_at is not None))
    for one in await uow.topics.reached(first, last):
        counted[one.facility, one.topic] += Coverage(reached=one.caregivers)
    for said in await uow.topics.answered(first, last):
        counted[said.facility, said.topic] += Coverage(**{said.answer.value: said.caregivers})
    wanted, known = set(facilities), {topic.key for topic in curriculum.topics}
    return {(at, key): coverage for (at, key), coverage in counted.items() if at in wanted and key in known}


def _was_held(closing: Closing) -> bool:
    return closing.closed_at is not None or closing.topic_done_at is not None


def _sum(coverages: Iterable[Coverage]) -> Coverage:
    total = Coverage()
    for one in coverages:
        total += one
    return total


def _of_facility(counted: ByTopic, facility: FacilityId) -> list[Coverage]:
    return [coverage for (place, _topic), coverage in counted.items() if place == facility]


def _by_topic(curriculum: Curriculum, counted: ByTopic) -> tuple[tuple[str, Coverage], ...]:
    sums = (
        (topic.key, _sum(coverage for (_place, key), coverage in counted.items() if key == topic.key))
        for topic in curriculum.topics
    )
    return tuple((key, coverage) for key, coverage in sums if coverage != Coverage())

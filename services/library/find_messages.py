"""Messages that a caregiver may read now, by topic or by words: what has begun in one of her journeys comes first."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.identifiers import CaregiverId, ChildId
from domain.journey import Step
from domain.people import Caregiver
from services.family.journeys import HerJourney, find_journeys
from services.turn import Turn

MOST_FOUND = 12


@dataclass(frozen=True)
class MessageFound:
    """A message, whose it is and whom it concerns; `others` are the keys of those that go with it as well."""

    caregiver: CaregiverId
    children: tuple[ChildId, ...]
    key: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Readable:
    """A step of one of her journeys, and how many days it is away from today."""

    step: Step
    children: tuple[ChildId, ...]
    days_away: int


async def find_by_topic(turn: Turn, caregiver: Caregiver, topic: str) -> MessageFound | None:
    """The newest message of this topic that has begun, with those before it."""
    return _found(caregiver, _begun(turn, await _readable(turn, caregiver), topic))


async def find_by_words(turn: Turn, caregiver: Caregiver, words: str) -> MessageFound | None:
    """What goes with the words: of the best found that which is nearest to the child's age."""
    keys = turn.programme.library.find(words, caregiver.language)
    readable = {one.step.key: one for one in await _readable(turn, caregiver)}
    best = [readable[key] for key in keys if key in readable][:MOST_FOUND]
    return _found(caregiver, sorted(best, key=lambda one: abs(one.days_away)))


async def find_message(turn: Turn, caregiver: Caregiver, key: str) -> MessageFound | None:
    """One that she asks for by a button, with those of its topic before it; None when it is none of hers."""
    readable = await _readable(turn, caregiver)
    own = next((one for one in readable if one.step.key == key), None)
    if own is None:
        return None
    begun = _begun(turn, readable, turn.programme.library.topic_of(key))
    earlier = begun[begun.index(own) + 1 :] if own in begun else begun
    return _found(caregiver, [own, *earlier])


async def list_topics(turn: Turn, caregiver: Caregiver) -> Sequence[str]:
    """The topics of which something has begun for her, in the order of the plan."""
    library = turn.programme.library
    begun = {library.topic_of(one.step.key) for one in await _readable(turn, caregiver) if one.days_away >= 0}
    return [topic for topic in library.topics() if topic in begun]


def _begun(turn: Turn, readable: Sequence[_Readable], topic: str) -> list[_Readable]:
    """What has begun of a topic, the newest first."""
    of_topic = [one for one in readable if turn.programme.library.topic_of(one.step.key) == topic]
    return sorted((one for one in of_topic if one.days_away >= 0), key=lambda one: one.days_away)


def _found(caregiver: Caregiver, readable: Sequence[_Readable]) -> MessageFound | None:
    if not readable:
        return None
    first, *others = readable
    return MessageFound(caregiver.id, first.children, first.step.key, tuple(one.step.key for one in others))


async def _readable(turn: Turn, caregiver: Caregiver) -> list[_Readable]:
    """Everything of her journeys that may be shown in this chat."""
    family = await turn.uow.families.family(caregiver.family)
    zone = family.zone if family else "UTC"
    children = await turn.uow.families.children_of(caregiver.id)
    journeys = await find_journeys(turn, caregiver, children, zone)
    return [_as_readable(one, step) for one in journeys for step in one.steps if _is_hers(turn, caregiver, one, step)]


def _is_hers(turn: Turn, caregiver: Caregiver, journey: HerJourney, step: Step) -> bool:
    may_send = turn.programme.may_send(step.key, caregiver.language)
    return may_send and journey.standing.is_for(step) and not (turn.speaker.is_shared and step.private)


def _as_readable(journey: HerJourney, step: Step) -> _Readable:
    standing = journey.standing
    days_away = (standing.today - step.starts_on(standing.begins_on)).days
    return _Readable(step, tuple(child.id for child in journey.children), days_away)

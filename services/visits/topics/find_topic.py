"""The topic of a session day as it stands: the one of the month, or the one that a nurse chose."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.area import Facility
from domain.identifiers import FacilityId
from domain.topics import Curriculum, Topic, may_be_chosen, may_be_noted
from services.access import Permission, Refused, access_facility
from services.ports.sessions import Closing
from services.turn import Turn

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class SessionTopic:
    """What a session day carries; `is_held` is False when there is no session that day.

    `may_note`: it can be noted as done, or taken back, today. `released`: its texts may reach families.
    """

    facility: Facility
    on: date
    topic: Topic
    done: bool
    is_held: bool
    may_choose: bool
    may_note: bool
    released: bool


@dataclass(frozen=True)
class TopicChoices:
    """All topics for a session day; `month` is the one of its month, `held` those of the last year at this facility."""

    session: SessionTopic
    topics: tuple[Topic, ...]
    month: Topic
    held: frozenset[str]


async def show_topic(turn: Turn, facility: FacilityId, on: date | None = None) -> SessionTopic:
    """The nurse looks at it; without a day, at that of the next session (or of today). Refused to strangers."""
    _actor, place = await access_facility(turn.uow, turn.speaker, facility, Permission.RECORD_VISITS)
    return await topic_of_session(turn, place, on or await _next(turn, place))


async def list_topics(turn: Turn, facility: FacilityId, on: date) -> TopicChoices:
    """All that she can choose from."""
    session = await show_topic(turn, facility, on)
    curriculum = turn.programme.topics
    noted = await turn.uow.sessions.closings([facility], on - A_YEAR, on)
    held = frozenset(closing.topic for closing in noted if closing.topic_done_at is not None)
    return TopicChoices(session, curriculum.topics, _of_month(curriculum, on), held)


async def topic_of_session(turn: Turn, place: Facility, on: date) -> SessionTopic:
    """The same for a facility that the caller may see."""
    closing = await turn.uow.sessions.closing(place.id, on)
    curriculum, today = turn.programme.topics, turn.moment.today(place.zone)
    topic = topic_carried(curriculum, closing)
    if topic is None:
        raise Refused("topic", on.isoformat())
    language = turn.speaker.address.language
    keys = (topic.question, *(topic.thing_to_try(band) for band in curriculum.bands))
    return SessionTopic(
        facility=place,
        on=on,
        topic=topic,
        done=closing.topic_done_at is not None,
        is_held=await _is_held(turn, place, closing),
        may_choose=may_be_chosen(on, today),
        may_note=may_be_noted(on, today),
        released=all(turn.programme.may_send(key, language) for key in keys),
    )


def topic_carried(curriculum: Curriculum, closing: Closing) -> Topic | None:
    """The topic that a nurse chose for a session day, else that of its month."""
    return curriculum.find(closing.topic) or curriculum.of_day(closing.on)


async def _next(turn: Turn, place: Facility) -> date:
    today = turn.moment.today(place.zone)
    day = (await turn.uow.sessions.calendar(place)).next_day(today)
    return day.on if day else today


def _of_month(curriculum: Curriculum, on: date) -> Topic:
    topic = curriculum.of_day(on)
    if topic is None:
        raise Refused("topic", on.isoformat())
    return topic


async def _is_held(turn: Turn, place: Facility, closing: Closing) -> bool:
    """By the calendar, by what was noted, or because somebody was vaccinated that day all the same."""
    if closing.closed_at is not None or closing.topic_done_at is not None:
        return True
    if (await turn.uow.sessions.calendar(place)).day(closing.on) is not None:
        return True
    return bool(await turn.uow.visits.recorded_on(place.id, closing.on))

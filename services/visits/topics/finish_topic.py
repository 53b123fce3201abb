"""The nurse has spoken about the topic: who was there gets something to try. A tap by mistake can be taken back."""

from datetime import date

from domain.area import Facility
from domain.identifiers import ActorId, FacilityId
from services.access import Permission, Refused, access_facility
from services.turn import Turn
from services.visits.topics.find_topic import SessionTopic, topic_of_session
from services.visits.topics.follow_topic import tell_attenders


async def finish_topic(turn: Turn, facility: FacilityId, on: date, key: str) -> SessionTopic:
    """This topic is done: the one that stood on her page, whatever a colleague chose meanwhile.

    The second tap changes nothing; one of another day than the session's own or the two after it neither.
    """
    actor, place = await access_facility(turn.uow, turn.speaker, facility, Permission.RECORD_VISITS)
    topic, session = turn.programme.topics.find(key), await topic_of_session(turn, place, on)
    if topic is None:
        raise Refused("topic", key)
    if session.done or not session.is_held or not session.may_note:
        return session
    if await turn.uow.sessions.note_topic(place.id, on, topic.key, turn.moment.now):
        await _note(turn, "finish_topic", actor.id, place, topic.key)
        await tell_attenders(turn, place, on)
    return await topic_of_session(turn, place, on)


async def take_back_topic(turn: Turn, facility: FacilityId, on: date) -> SessionTopic:
    """It was not done after all: what was not sent yet is not sent."""
    actor, place = await access_facility(turn.uow, turn.speaker, facility, Permission.RECORD_VISITS)
    session = await topic_of_session(turn, place, on)
    if not session.done or not session.may_note:
        return session
    if await turn.uow.sessions.take_back_topic(place.id, on):
        await turn.uow.topics.drop_planned(place.id, on)
        await _note(turn, "take_back_topic", actor.id, place, session.topic.key)
    return await topic_of_session(turn, place, on)


async def _note(turn: Turn, action: str, actor: ActorId, place: Facility, topic: str) -> None:
    await turn.uow.programme.audit(
        action, at=turn.moment.now, actor=actor, subject=f"facility:{place.id}", details={"topic": topic}
    )

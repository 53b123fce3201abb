"""A nurse chooses another topic than the month's for a session day."""

from datetime import date

from domain.identifiers import FacilityId
from services.access import Permission, Refused, access_facility
from services.turn import Turn
from services.visits.topics.find_topic import SessionTopic, topic_of_session


async def choose_topic(turn: Turn, facility: FacilityId, on: date, key: str) -> SessionTopic:
    """The day carries this topic from now on. One that is done, or long over, stays as it is."""
    actor, place = await access_facility(turn.uow, turn.speaker, facility, Permission.RECORD_VISITS)
    chosen, session = turn.programme.topics.find(key), await topic_of_session(turn, place, on)
    if chosen is None:
        raise Refused("topic", key)
    if session.done or not session.is_held or not session.may_choose:
        return session
    if await turn.uow.sessions.note_topic(place.id, on, chosen.key, None):
        await turn.uow.programme.audit(
            "choose_topic", at=turn.moment.now, actor=actor.id, subject=f"facility:{place.id}", details={"topic": key}
        )
    return await topic_of_session(turn, place, on)

"""What a caregiver answers to the question about a topic: kept, and thanked for."""

from dataclasses import dataclass
from datetime import date

from domain.identifiers import CaregiverId, ChildId, FacilityId
from domain.people import Caregiver
from domain.topics import TopicAnswer, TopicStep
from services.access import Refused, access_own
from services.turn import Turn


@dataclass(frozen=True)
class TopicAnswered:
    """Who answered what, about which children; none when nobody of them is spoken of any more."""

    caregiver: Caregiver
    children: tuple[ChildId, ...]
    answer: TopicAnswer


async def answer_topic(
    turn: Turn, caregiver: CaregiverId, facility: FacilityId, on: date, answer: TopicAnswer
) -> TopicAnswered:
    """Keep it; her latest answer counts. Who was never asked cannot answer."""
    own = access_own(turn.speaker, caregiver)
    told = await turn.uow.topics.told_at(facility, on, [own.id])
    asked = next((one for one in told if one.occasion.step is TopicStep.ASK), None)
    if asked is None:
        raise Refused("topic_question", f"facility:{facility}")
    await turn.uow.topics.answer(own.id, asked.occasion, answer, turn.moment.now)
    living = {child.id for child in await turn.uow.families.children_of(own.id)}
    return TopicAnswered(own, tuple(child for child in asked.children if child in living), answer)

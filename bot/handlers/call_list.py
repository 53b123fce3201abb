"""The nurse prints the list of those who are to be called before the next session day."""

from bot.drawing.call_list import draw_call_list
from bot.talk import Said, Talk, say
from domain.identifiers import FacilityId
from services.access import Refused
from services.visits.list_calls import list_calls


async def call_list(talk: Talk) -> Said:
    """As a document; it says whom and how, never why."""
    if talk.heard.tap is None:
        raise Refused("call_list")
    return say(draw_call_list(await list_calls(talk.turn, FacilityId(talk.heard.tap.number(0)))))

"""The day after a session: a family's answer; and, for those who work there, how many came in vain."""

from dataclasses import replace

from bot.drawing.missed import draw_answered, draw_question_again, draw_turned_away
from bot.handlers.whose import whom
from bot.talk import Said, Talk, say
from domain.identifiers import CaregiverId, FacilityId
from domain.missed import Answer, SessionOccasion
from services.access import Refused
from services.visits.missed.answer_yesterday import access_question, answer_yesterday
from services.visits.missed.count_turned_away import count_turned_away


async def missed(talk: Talk) -> Said:
    """Vaccinated, came but turned away, did not come, don't want; and why."""
    tap = talk.heard.tap
    if tap is None:
        raise Refused("answer_yesterday")
    hers, about = CaregiverId(tap.number(0)), SessionOccasion(FacilityId(tap.number(1)), tap.day(2))
    caregiver, _facility = await access_question(talk.turn, hers, about)
    header = await whom(talk, caregiver)
    if tap.word(3) == "change":
        return say(replace(draw_question_again(hers, about.facility, about.on), whom=header))
    answered = await answer_yesterday(talk.turn, hers, about, tap.one_of(3, Answer), tap.word(4))
    return say(replace(draw_answered(answered), whom=header))


async def turned_away(talk: Talk) -> Said:
    """Who came in vain, this month or another."""
    tap = talk.heard.tap
    month = tap.day(0) if tap is not None and tap.arguments else None
    return say(draw_turned_away(await count_turned_away(talk.turn, month)))

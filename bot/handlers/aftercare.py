"""After a vaccination: a family's tap, and the nurse's that she has read it."""

from dataclasses import replace

from bot.drawing.aftercare import draw_aftercare, draw_asked_again
from bot.handlers.whose import whom
from bot.payloads import Payload
from bot.talk import Said, Talk, say
from domain.aftercare import Answer, Watch
from domain.identifiers import CaregiverId, ChildId, FacilityId
from services.access import Refused, access_own
from services.visits.aftercare.answer_aftercare import Asked, access_aftercare, answer_aftercare
from services.visits.aftercare.morning_digest import see_reactions, told_until


async def answer(talk: Talk) -> Said:
    """All well, fever, something else; a sign; or another answer than before."""
    tap = _tap(talk)
    asked = Asked(CaregiverId(tap.number(0)), ChildId(tap.number(1)), tap.day(2), tap.one_of(3, Watch))
    again = tap.word(4) == "change"
    if again:
        answered = await access_aftercare(talk.turn, asked)
    else:
        answered = await answer_aftercare(talk.turn, asked, tap.one_of(4, Answer))
    header = await whom(talk, access_own(talk.turn.speaker, asked.caregiver))
    drawn = draw_asked_again(asked) if again else draw_aftercare(answered)
    about = (asked.caregiver, tuple(child.id for child in answered.children))
    return Said([replace(drawn, whom=header)], about=about)


async def seen(talk: Talk) -> Said:
    """Somebody of the station has read it."""
    tap = _tap(talk)
    child = ChildId(tap.number(1)) or None
    until = told_until(min(tap.number(2), LATEST))
    return say(await see_reactions(talk.turn, FacilityId(tap.number(0)), child, until))


LATEST = 4_102_444_800  # the year 2100: no button of ours carries a later instant


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused("aftercare")
    return talk.heard.tap

"""What a caregiver asks: her child, a tip, what we know; and her answers to reminders."""

from dataclasses import replace

from bot.drawing.caregiver import draw_children, draw_tip
from bot.drawing.visits import draw_answered, draw_question_again
from bot.handlers.whose import only_caregivers, whom, whose
from bot.talk import Said, Talk, one_after_another, say
from domain.identifiers import CaregiverId, FacilityId
from domain.people import Caregiver
from services.access import Refused
from services.family.find_tip import TipFound, find_tip
from services.family.show_children import show_children
from services.ports.visits import VisitAnswer
from services.visits.answer_reminder import access_visit, answer_reminder


async def child(talk: Talk) -> Said:
    """My child and next visit."""
    only_caregivers(talk)
    views = await show_children(talk.turn)
    return say(*[draw_children(view, await whom(talk, view.caregiver)) for view in views])


async def tip(talk: Talk) -> Said:
    """A tip now; and another one. On a shared telephone, one for each who reads here."""
    only_caregivers(talk)
    if talk.heard.tap is None:
        return one_after_another([await _tip(talk, one, 0) for one in talk.turn.speaker.caregivers])
    caregiver, first = whose(talk, 1)
    return await _tip(talk, caregiver, talk.heard.tap.number(first))


async def _tip(talk: Talk, caregiver: Caregiver, place: int) -> Said:
    found = await find_tip(talk.turn, caregiver, place, shared=talk.turn.speaker.is_shared)
    about = (found.caregiver, found.children) if isinstance(found, TipFound) else (caregiver.id, ())
    return Said([draw_tip(found, await whom(talk, caregiver))], about=about)


async def answer_visit(talk: Talk) -> Said:
    """We'll come, can't come that day, already vaccinated."""
    tap = talk.heard.tap
    if tap is None:
        raise Refused("answer_reminder")
    hers, facility, on = CaregiverId(tap.number(0)), FacilityId(tap.number(1)), tap.day(2)
    caregiver, _place = await access_visit(talk.turn, hers, facility)
    header = await whom(talk, caregiver)
    if tap.word(3) == "change":
        return say(replace(draw_question_again(hers, facility, on), whom=header))
    answered = await answer_reminder(talk.turn, hers, facility, on, tap.one_of(3, VisitAnswer))
    return say(replace(draw_answered(answered), whom=header))

"""A caregiver's taps under a reminder, and under what follows: the child is ill, they moved away."""

from dataclasses import replace

from bot.drawing.reminders import draw_answered, draw_danger, draw_ill, draw_moved, draw_question_again
from bot.handlers.whose import whom
from bot.payloads import Payload, UnreadableButtonError
from bot.talk import Said, Talk
from domain.identifiers import CaregiverId, ChildId, FacilityId
from domain.message import OutgoingMessage
from domain.people import Child
from services.access import Refused, access_own
from services.ports.visits import VisitAnswer
from services.visits.answer_reminder import ReminderAnswered, answer_reminder, ask_again
from services.visits.child_is_ill import ChildIsIll, answer_danger, tell_ill


async def answer_visit(talk: Talk) -> Said:
    """We'll come, can't come that day, already vaccinated, the child is ill, moved away; or another answer."""
    tap = _tap(talk)
    hers, facility, on = CaregiverId(tap.number(0)), FacilityId(tap.number(1)), tap.day(2)
    if tap.word(3) == "change":
        asked = await ask_again(talk.turn, hers, facility, on)
        return await _said(talk, asked, draw_question_again(asked))
    answer = tap.one_of(3, VisitAnswer)
    if answer is VisitAnswer.ILL:
        ill = await tell_ill(talk.turn, hers, facility, on)
        return await _said(talk, ill, draw_ill(ill))
    answered = await answer_reminder(talk.turn, hers, facility, on, answer)
    return await _said(talk, answered, draw_answered(answered))


async def ill(talk: Talk) -> Said:
    """Whether there is a sign of danger."""
    tap = _tap(talk)
    hers, facility, on = CaregiverId(tap.number(0)), FacilityId(tap.number(1)), tap.day(2)
    danger = _word(tap, "yes", "no") == "yes"
    found, told = await answer_danger(talk.turn, hers, facility, on, danger=danger)
    return await _said(talk, found, draw_danger(found, told))


async def moved(talk: Talk) -> Said:
    """Where they live now: near, or far away."""
    tap = _tap(talk)
    hers, facility, on = CaregiverId(tap.number(0)), FacilityId(tap.number(1)), tap.day(2)
    where = _word(tap, "near", "far")
    answered = await answer_reminder(talk.turn, hers, facility, on, VisitAnswer.MOVED)
    return await _said(talk, answered, draw_moved(answered, where))


async def _said(talk: Talk, about: ReminderAnswered | ChildIsIll, drawn: OutgoingMessage) -> Said:
    hers = about.caregiver if isinstance(about, ReminderAnswered) else about.caregiver.id
    header = await whom(talk, access_own(talk.turn.speaker, hers))
    return Said([replace(drawn, whom=header)], about=(hers, _ids(about.children)))


def _ids(children: tuple[Child, ...]) -> tuple[ChildId, ...]:
    return tuple(child.id for child in children)


def _word(tap: Payload, *words: str) -> str:
    if tap.word(3) not in words:
        raise UnreadableButtonError("a button's word")
    return tap.word(3)


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused("answer_reminder")
    return talk.heard.tap

"""A family moves: the worker chooses where, the family answers, or the worker keeps its consent on paper."""

from dataclasses import replace

from bot.drawing.moves import draw_answer, draw_asked, draw_choice, draw_moved, draw_places, draw_question, draw_told
from bot.handlers.whose import whom
from bot.payloads import Payload
from bot.talk import Said, Talk, say
from domain.forms.moving import MOVING
from domain.identifiers import CaregiverId, FacilityId, FamilyId, MoveId
from services.access import Refused
from services.family.move_family import answer_move, ask_family, begin_move, move_on_paper, name_of
from services.forms.answer_form import begin_form, drop_form, find_draft
from services.messages.reply import reply


async def family_move(talk: Talk) -> Said:
    """Where to: a list, or a part of a name typed."""
    family = _family(talk)
    choice = await begin_move(talk.turn, family)
    await begin_form(talk.turn, MOVING, about=int(family))
    page = _tap(talk).number(1) if len(_tap(talk).arguments) > 1 else 0
    return say(draw_places(choice, page))


async def finish_moving(talk: Talk) -> Said:
    """A part of a name was typed; until one is chosen another may be."""
    draft = await find_draft(talk.turn, MOVING.name)
    if draft is None or draft.about is None:
        raise Refused("move")
    choice = await begin_move(talk.turn, FamilyId(draft.about))
    await begin_form(talk.turn, MOVING, about=draft.about)
    return say(draw_places(choice, 0, sought=draft.answers.get("place") or ""))


async def move_to(talk: Talk) -> Said:
    """How the family is asked."""
    choice = await begin_move(talk.turn, _family(talk))
    return say(draw_choice(choice, _facility(talk)))


async def move_ask(talk: Talk) -> Said:
    """Ask the family in a chat of its own."""
    asked = await ask_family(talk.turn, _family(talk), _facility(talk))
    await drop_form(talk.turn, MOVING.name)
    if asked.is_new:
        apart = replace(talk.turn, occasion=f"{talk.turn.occasion}:move")
        caregiver, chat = asked.reading.caregiver, asked.reading.chat
        await reply(apart, [draw_question(asked)], about=(caregiver.id, ()), to=chat.id)
    return say(draw_asked(asked))


async def move_paper(talk: Talk) -> Said:
    """The family agreed on paper."""
    family, to = _family(talk), _facility(talk)
    await move_on_paper(talk.turn, family, to)
    await drop_form(talk.turn, MOVING.name)
    return say(draw_moved(await name_of(talk.turn, to)))


async def answer(talk: Talk) -> Said:
    """The family's own word; the worker who asked hears what came of it."""
    tap = _tap(talk)
    agreed = tap.word(2) == "yes"
    answered = await answer_move(talk.turn, MoveId(tap.number(0)), CaregiverId(tap.number(1)), agreed=agreed)
    if answered.asked_by is not None:
        apart = replace(talk.turn, occasion=f"{talk.turn.occasion}:move")
        await reply(apart, [draw_told(answered)], to=answered.asked_by.id)
    said = replace(draw_answer(answered), whom=await whom(talk, answered.own))
    return Said([said], about=(answered.own.id, ()), below=answered.to is None)


def _family(talk: Talk) -> FamilyId:
    return FamilyId(_tap(talk).number(0))


def _facility(talk: Talk) -> FacilityId | None:
    """0 is another province."""
    number = _tap(talk).number(1)
    return FacilityId(number) if number else None


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused("move")
    return talk.heard.tap

"""A birth date that is not right: the right one is typed, what it changes is shown, and then it is kept."""

from bot.drawing.birth_date import BOTH, draw_new_birth_date
from bot.drawing.child_doses import draw_doses
from bot.drawing.forms import draw_form
from bot.drawing.menus import main_menu
from bot.payloads import Payload
from bot.talk import Said, Talk, say
from domain.identifiers import ChildId
from domain.message import Text
from services.access import Refused
from services.visits.correct_birth_date import (
    ask_birth_date,
    correct_birth_date,
    preview_birth_date,
    take_birth_date,
)
from services.visits.show_record import show_record


async def ask(talk: Talk) -> Said:
    """Which day was it?"""
    return say(draw_form(await ask_birth_date(talk.turn, _child(talk))))


async def finish_new_birth_date(talk: Talk) -> Said:
    """The day was typed: what would change?"""
    taken = await take_birth_date(talk.turn)
    if taken is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    return say(draw_new_birth_date(await preview_birth_date(talk.turn, *taken)))


async def correct(talk: Talk) -> Said:
    """It is so. Where somebody corrected it meanwhile, what it changes now is shown; a second tap changes nothing."""
    tap, child = _tap(talk), _child(talk)
    was, born_on = tap.day(1), tap.day(2)
    kept = await correct_birth_date(talk.turn, child, was, born_on, twins=tap.word(3) == BOTH)
    record = await show_record(talk.turn, child)
    if not kept and record.child.birth_date != born_on:
        return say(draw_new_birth_date(await preview_birth_date(talk.turn, child, born_on)))
    return say(draw_doses(record, talk.turn.moment.today(record.facility.zone)))


def _child(talk: Talk) -> ChildId:
    return ChildId(_tap(talk).number(0))


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused("birth_date")
    return talk.heard.tap

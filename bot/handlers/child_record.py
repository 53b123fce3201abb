"""A child's record: what she has had before, the card, the calendar, and why."""

from bot.drawing.child_record import draw_card, draw_card_file, draw_family_why, draw_whose_why, draw_why
from bot.drawing.doses_had import draw_kept, draw_nothing_to_ask, draw_whom
from bot.drawing.forms import draw_form
from bot.drawing.menus import main_menu
from bot.drawing.next_visit import draw_visit_file
from bot.handlers.whose import whom
from bot.payloads import Payload
from bot.talk import Said, Talk, say
from domain.identifiers import CaregiverId, ChildId, FamilyId
from domain.message import Text
from domain.people import Child
from services.access import Refused
from services.forms.answer_form import Asking
from services.visits.child_record.next_visit_file import next_visit_file
from services.visits.child_record.record_history import (
    NothingToAsk,
    begin_history,
    children_just_enrolled,
    children_to_ask,
    save_history,
)
from services.visits.child_record.show_card import show_card
from services.visits.child_record.show_why import explain_to_family, explain_to_worker, list_children


async def doses_had(talk: Talk) -> Said:
    """What a family's children have had: from the family's page."""
    return await _first_of(talk, await children_to_ask(talk.turn, FamilyId(_tap(talk).number(0))))


async def doses_had_new(talk: Talk) -> Said:
    """The same for a family that was just enrolled."""
    return await _first_of(talk, await children_just_enrolled(talk.turn, CaregiverId(_tap(talk).number(0))))


async def doses_had_of(talk: Talk) -> Said:
    """What one child has had."""
    return await _begin(talk, ChildId(_tap(talk).number(0)))


async def _first_of(talk: Talk, children: tuple[Child, ...]) -> Said:
    if not children:
        return say(main_menu(talk.turn.speaker, Text("doses_had.nobody")))
    return await _begin(talk, children[0].id) if len(children) == 1 else say(draw_whom(children))


async def _begin(talk: Talk, child: ChildId) -> Said:
    begun = await begin_history(talk.turn, child)
    return say(draw_nothing_to_ask(begun) if isinstance(begun, NothingToAsk) else draw_form(begun))


async def save_doses(talk: Talk) -> Said:
    """The summary was confirmed."""
    kept = await save_history(talk.turn)
    if kept is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    return say(draw_form(kept) if isinstance(kept, Asking) else draw_kept(kept))


async def card(talk: Talk) -> Said:
    """What was given to her children."""
    shown = await show_card(talk.turn, CaregiverId(_tap(talk).number(0)))
    return Said(draw_card(shown, await whom(talk, shown.caregiver)), about=(shown.caregiver.id, ()))


async def card_file(talk: Talk) -> Said:
    """The same as a file."""
    shown = await show_card(talk.turn, CaregiverId(_tap(talk).number(0)))
    return Said([draw_card_file(shown, await whom(talk, shown.caregiver))], about=(shown.caregiver.id, ()))


async def visit_file(talk: Talk) -> Said:
    """Her next visits for her calendar."""
    file = await next_visit_file(talk.turn, CaregiverId(_tap(talk).number(0)))
    return Said([draw_visit_file(file, await whom(talk, file.caregiver))], about=(file.caregiver.id, ()))


async def why(talk: Talk) -> Said:
    """Why: for one who cares for the child."""
    tap = _tap(talk)
    found = await explain_to_family(talk.turn, CaregiverId(tap.number(0)), ChildId(tap.number(1)))
    return Said(draw_family_why(found, await whom(talk, found.caregiver)), about=(found.caregiver.id, ()))


async def child_why(talk: Talk) -> Said:
    """Why: for those who work at the child's facility."""
    return say(*draw_why(await explain_to_worker(talk.turn, ChildId(_tap(talk).number(0)))))


async def family_why(talk: Talk) -> Said:
    """The same from the family's page, of which child?"""
    children = await list_children(talk.turn, FamilyId(_tap(talk).number(0)))
    if len(children) == 1:
        return say(*draw_why(await explain_to_worker(talk.turn, children[0].id)))
    return say(draw_whose_why(children) if children else main_menu(talk.turn.speaker, Text("doses_had.nobody")))


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused("child_record")
    return talk.heard.tap

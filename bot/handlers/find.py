"""Find a family, and enrol another child of it."""

from bot.drawing.find import draw_added, draw_already_there, draw_awaited_first, draw_findings
from bot.drawing.forms import draw_form
from bot.drawing.menus import main_menu
from bot.talk import Said, Talk, say
from domain.identifiers import FamilyId
from domain.message import Text
from services.access import Refused
from services.enrolment.add_child import AlreadyThere, add_child, awaits_child, begin_adding
from services.enrolment.find_families import begin_finding, find_families


async def find(talk: Talk) -> Said:
    """Whom does she look for?"""
    return say(draw_form(await begin_finding(talk.turn)))


async def finish_finding(talk: Talk) -> Said:
    """The families that were found."""
    findings = await find_families(talk.turn)
    if findings is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    return say(draw_findings(findings))


async def family_child(talk: Talk) -> Said:
    """Another child of a family; where one is awaited, first whether it is that one."""
    tap = talk.heard.tap
    if tap is None:
        raise Refused("family_child")
    family = FamilyId(tap.number(0))
    if tap.word(1) != "other" and await awaits_child(talk.turn, family):
        return say(draw_awaited_first(family))
    return say(draw_form(await begin_adding(talk.turn, family)))


async def save_child(talk: Talk) -> Said:
    """The summary was confirmed."""
    added = await add_child(talk.turn)
    if added is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    return say(*draw_already_there(added)) if isinstance(added, AlreadyThere) else say(draw_added(added))

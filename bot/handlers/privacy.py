"""What you know about me, my consents, forget me: whose data it is, one question at a time."""

from dataclasses import replace

from bot.drawing.known_file import draw_known_file
from bot.drawing.menus import main_menu
from bot.drawing.privacy import (
    draw_consent_kept,
    draw_consent_question,
    draw_consents,
    draw_forget,
    draw_forget_sure,
    draw_known,
    draw_whose,
    draw_wish,
)
from bot.handlers.stopping import back, back_again
from bot.handlers.whose import only_caregivers
from bot.talk import Said, Talk, refreshed, say
from domain.consent import Purpose
from domain.erasure import Erasure
from domain.identifiers import CaregiverId
from domain.message import OutgoingMessage, Text
from domain.people import Caregiver
from services.access import Refused, access_own
from services.family.show_known import Known, show_known
from services.forms.surroundings import DEFAULT_ZONE
from services.messages.read_as import whom_of
from services.privacy.ask_to_be_forgotten import ask_to_be_forgotten, change_ones_mind, find_wish, find_wishes
from services.privacy.change_consent import change_consent, find_purpose, list_consents
from services.privacy.export_known import export_known


async def known(talk: Talk) -> Said:
    """What we know of her; on a shared telephone of whom, first."""
    only_caregivers(talk)
    found = await show_known(talk.turn)
    if talk.heard.tap is None or not talk.heard.tap.arguments:
        if talk.turn.speaker.is_shared:
            return say(draw_whose(tuple(one.caregiver for one in found)))
        return _about(found[0].caregiver, draw_known(found[0]))
    one = _of(found, _own(talk))
    return _about(one.caregiver, draw_known(one, _whom(talk, one)))


async def known_file(talk: Talk) -> Said:
    """The same and more, as a file to keep."""
    one = await _known_of_tapped(talk)
    file = await export_known(talk.turn, one.caregiver.id)
    return _about(one.caregiver, draw_known_file(file, _whom(talk, one)))


async def consents(talk: Talk) -> Said:
    """What she agreed to."""
    one = await _known_of_tapped(talk)
    return _about(one.caregiver, draw_consents(await list_consents(talk.turn, one.caregiver.id), _whom(talk, one)))


async def consent(talk: Talk) -> Said:
    """The question for one purpose."""
    one, purpose = await _known_of_tapped(talk), _purpose(talk)
    found = await find_purpose(talk.turn, one.caregiver.id, purpose)
    return _about(one.caregiver, draw_consent_question(found, purpose, _whom(talk, one)))


async def answer_consent(talk: Talk) -> Said:
    """Her answer. The words that she answered stay readable above it."""
    one, purpose = await _known_of_tapped(talk), _purpose(talk)
    answer = talk.heard.tap.word(2) if talk.heard.tap else ""
    if answer not in ("yes", "no"):
        raise Refused("forged_button", "consent")
    kept = await change_consent(talk.turn, one.caregiver.id, purpose, given=answer == "yes")
    return _about(one.caregiver, draw_consent_kept(kept, purpose, _whom(talk, one)))


async def forget(talk: Talk) -> Said:
    """What would be erased, what stays and why; or the wish that waits already."""
    one = await _known_of_tapped(talk)
    wish = await find_wish(talk.turn, one.caregiver.id)
    if wish is not None:
        return _about(one.caregiver, draw_wish(wish, _zone(one), _whom(talk, one)))
    return _about(one.caregiver, draw_forget(one.caregiver, _whom(talk, one)))


async def forget_sure(talk: Talk) -> Said:
    """The second question."""
    one = await _known_of_tapped(talk)
    return _about(one.caregiver, draw_forget_sure(one.caregiver, _today(talk, one), _whom(talk, one)))


async def forget_do(talk: Talk) -> Said:
    """Silence from now on, and a receipt. A yes of another day asks anew: it may be an old button."""
    one = await _known_of_tapped(talk)
    said_on = talk.heard.tap.word(1) if talk.heard.tap else ""
    if said_on != _today(talk, one):
        return await forget(talk)
    wish = await ask_to_be_forgotten(talk.turn, one.caregiver.id)
    fresh = await refreshed(talk)
    drawn = draw_wish(wish, _zone(one), _whom(talk, one))
    return _about(one.caregiver, drawn, main_menu(fresh.turn.speaker, Text("forget.silent")))


async def forget_keep(talk: Talk) -> Said:
    """She goes no further."""
    one = await _known_of_tapped(talk)
    return _about(one.caregiver, OutgoingMessage(Text("forget.kept"), whom=_whom(talk, one)))


async def forget_undo(talk: Talk) -> Said:
    """She changed her mind."""
    one = await _known_of_tapped(talk)
    undone = await change_ones_mind(talk.turn, one.caregiver.id)
    fresh = await refreshed(talk)
    words = main_menu(fresh.turn.speaker, Text("forget.undone" if undone else "forget.kept"))
    return _about(one.caregiver, replace(words, whom=_whom(talk, one)))


async def come_back(talk: Talk) -> Said:
    """Messages again; who asked to be forgotten takes that back first."""
    wishes = await find_wishes(talk.turn)
    if not wishes:
        return await back_again(talk)
    shown = await show_wishes(talk)
    asked = {own.id for own, _wish in wishes}
    others = tuple(own for own in talk.turn.speaker.caregivers if own.id not in asked)
    if not others:
        return say(*shown)
    speaker = replace(talk.turn.speaker, caregivers=others)
    said = await back_again(replace(talk, turn=replace(talk.turn, speaker=speaker)))
    return replace(said, messages=(*said.messages, *shown))


async def come_back_one(talk: Talk) -> Said:
    """The same for one of several who share a telephone."""
    one = await _known_of_tapped(talk)
    wish = await find_wish(talk.turn, one.caregiver.id)
    return await back(talk) if wish is None else say(draw_wish(wish, _zone(one), _whom(talk, one)))


async def show_wishes(talk: Talk) -> tuple[OutgoingMessage, ...]:
    """The wishes to be forgotten that wait in this chat, each with the way back."""
    found = {one.caregiver.id: one for one in await show_known(talk.turn)}
    wishes: list[tuple[Caregiver, Erasure]] = list(await find_wishes(talk.turn))
    return tuple(draw_wish(wish, _zone(found[own.id]), _whom(talk, found[own.id])) for own, wish in wishes)


async def _known_of_tapped(talk: Talk) -> Known:
    whose = _own(talk)
    return _of(await show_known(talk.turn), whose)


def _of(found: tuple[Known, ...], whose: CaregiverId) -> Known:
    return next(one for one in found if one.caregiver.id == whose)


def _own(talk: Talk) -> CaregiverId:
    if talk.heard.tap is None:
        raise Refused("own_caregiver")
    return access_own(talk.turn.speaker, CaregiverId(talk.heard.tap.number(0))).id


def _purpose(talk: Talk) -> Purpose:
    if talk.heard.tap is None:
        raise Refused("consent")
    return talk.heard.tap.one_of(1, Purpose)


def _about(caregiver: Caregiver, *messages: OutgoingMessage) -> Said:
    return Said(messages, about=(caregiver.id, ()))


def _whom(talk: Talk, one: Known) -> Text | None:
    """On a shared telephone, whose it is."""
    return whom_of(one.caregiver, [child.name for child in one.children]) if talk.turn.speaker.is_shared else None


def _zone(one: Known) -> str:
    return one.facility.zone if one.facility else DEFAULT_ZONE


def _today(talk: Talk, one: Known) -> str:
    return talk.turn.moment.today(_zone(one)).isoformat()

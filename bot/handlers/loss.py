"""A caregiver tells of a loss: by a button under “stop”, or in words; one confirmation, and everything stops."""

from dataclasses import replace

from bot.drawing.loss import (
    Telling,
    call_text,
    draw_care,
    draw_confirm,
    draw_keys_gone,
    draw_told,
    draw_typed,
    draw_whom,
    draw_whose,
)
from bot.drawing.menus import main_menu
from bot.handlers.whose import only_caregivers
from bot.payloads import Payload
from bot.talk import Said, Talk, refreshed, say
from domain.ends import CaregiverEnd
from domain.identifiers import CaregiverId
from domain.loss import LossOf, Subject
from domain.loss_care import Care
from domain.loss_words import Loss, read_loss
from domain.message import OutgoingMessage, Text
from services.access import Refused
from services.family.find_subjects import Teller, caregiver_tells, find_subjects, list_tellers, may_be_told
from services.family.tell_loss import call_after_loss, show_care, tell_loss

PERHAPS_HERS = (Loss.MOTHER_DIED, Loss.UNCLEAR)


def asked_of_loss(talk: Talk) -> Said | None:
    """Typed words that may tell of a loss are asked about, and stop nothing."""
    caregivers = talk.turn.speaker.caregivers
    told = read_loss(talk.heard.words) if caregivers else None
    if told is None:
        return None
    if len(caregivers) == 1 and told in PERHAPS_HERS:
        return say(draw_typed(caregivers[0].id, LossOf.MOTHER))
    return say(draw_typed())


async def loss(talk: Talk) -> Said:
    """Whom it is about; on a shared phone first who is writing."""
    only_caregivers(talk)
    tap, speaker = talk.heard.tap, talk.turn.speaker
    if (tap is None or not tap.arguments) and speaker.is_shared:
        return say(draw_whose(await list_tellers(talk.turn)))
    whose = CaregiverId(tap.number(0)) if tap is not None and tap.arguments else speaker.caregivers[0].id
    teller = await caregiver_tells(talk.turn, whose)
    of_herself = tap is not None and tap.word(1) == LossOf.MOTHER
    offered = await find_subjects(talk.turn, teller, of_herself=of_herself)
    return _about(teller, draw_whom(offered, Telling(whose)))


async def loss_of(talk: Talk) -> Said:
    """Is it so?"""
    tap = _tap(talk)
    teller, subject = await _told_of(talk, tap)
    if not await may_be_told(talk.turn, teller, subject):
        return await loss_yes(talk)
    offered = await find_subjects(talk.turn, teller, of_herself=True)
    return _about(teller, draw_confirm(offered, subject, Telling(tap.number(0))))


async def loss_yes(talk: Talk) -> Said:
    """It is so: everything stops, and a few words. In the chat of a mother who died her keys go too."""
    if await was_ended_here(talk):
        return say(OutgoingMessage(Text("loss.said", {"lines": (Text("loss.sorry"), Text("loss.stops_here"))})))
    teller, subject = await _told_of(talk, _tap(talk))
    told = await tell_loss(talk.turn, teller, subject)
    fresh = (await refreshed(talk)).turn.speaker
    words = draw_told(told, shared=fresh.is_shared)
    if told.here:
        keys = [main_menu(fresh, Text("loss.keys_gone")) if fresh.actor or fresh.caregivers else draw_keys_gone()]
    else:
        keys = [main_menu(fresh, Text("loss.keys"))] if told.has_nobody else []
    return _about(teller, words, *keys)


async def loss_no(talk: Talk) -> Said:
    """It is not so; nothing has changed."""
    only_caregivers(talk)
    return say(OutgoingMessage(Text("loss.no")))


async def loss_care(talk: Talk) -> Said:
    """She asks for one of the messages that may help."""
    tap = _tap(talk)
    teller, subject = await _told_of(talk, tap)
    care = tap.one_of(3, Care)
    released = await show_care(talk.turn, teller, subject, care)
    return _about(teller, draw_care(care, released=released))


async def loss_call(talk: Talk) -> Said:
    """She would like to be called."""
    teller, subject = await _told_of(talk, _tap(talk))
    asked = await call_after_loss(talk.turn, teller, subject)
    return _about(teller, OutgoingMessage(call_text(asked)))


def subject_of(tap: Payload, place: int) -> Subject:
    """Whom a button is about."""
    return Subject(tap.one_of(place, LossOf), tap.number(place + 1))


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused("loss")
    return talk.heard.tap


async def _told_of(talk: Talk, tap: Payload) -> tuple[Teller, Subject]:
    return await caregiver_tells(talk.turn, CaregiverId(tap.number(0))), subject_of(tap, 1)


def _about(teller: Teller, *messages: OutgoingMessage) -> Said:
    """Said to the one who told, about nobody: in her language, with her station's numbers."""
    about = (teller.caregiver.id, ()) if teller.caregiver is not None else None
    return replace(say(*messages), about=about)


async def was_ended_here(talk: Talk) -> bool:
    """Whether the one who read in this chat was told to have died."""
    speaker = talk.turn.speaker
    if not speaker.is_stranger:
        return False
    return await talk.turn.uow.lives.was_unlinked(speaker.address.id, CaregiverEnd.DIED)

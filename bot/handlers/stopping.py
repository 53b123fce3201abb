"""Stop, pause, come back; each for one person, also where several share a telephone."""

from bot.drawing.menus import main_menu
from bot.drawing.stopping import (
    draw_back_choice,
    draw_digest,
    draw_pause_scope,
    draw_pause_span,
    draw_stop_question,
    paused_text,
)
from bot.handlers.whose import only_caregivers, whom, whose
from bot.talk import Said, Talk, refreshed, say
from domain.message import OutgoingMessage, Text
from domain.pause import PauseScope
from domain.people import Caregiver
from services.access import Refused
from services.family.pause_messages import pause_messages
from services.family.stop import come_back, is_silent, stop


async def ask_to_stop(talk: Talk) -> Said:
    """One tap, confirmed once; a pause may do."""
    only_caregivers(talk)
    return say(*[draw_stop_question(one, await whom(talk, one)) for one in talk.turn.speaker.caregivers])


async def confirm_stop(talk: Talk) -> Said:
    """Stopped, or not."""
    caregiver, first = whose(talk, 1)
    if talk.heard.tap is None or talk.heard.tap.word(first) != "yes":
        return say(OutgoingMessage(Text("stop.kept"), whom=await whom(talk, caregiver)))
    await stop(talk.turn, caregiver)
    return await _with_menu(talk, caregiver, Text("stop.done"))


async def pause(talk: Talk) -> Said:
    """What, for how long, and it is silent."""
    tap = talk.heard.tap
    if tap is None or not tap.arguments:
        only_caregivers(talk)
        return say(*[draw_pause_scope(one, await whom(talk, one)) for one in talk.turn.speaker.caregivers])
    caregiver, _first = whose(talk, 0)
    header = await whom(talk, caregiver)
    match len(tap.arguments):
        case 1:
            return say(draw_pause_scope(caregiver, header))
        case 2:
            return say(draw_pause_span(caregiver, tap.one_of(1, PauseScope), header))
        case _:
            paused = await pause_messages(talk.turn, caregiver, tap.one_of(1, PauseScope), tap.number(2))
            return await _with_menu(talk, caregiver, paused_text(paused))


async def back_again(talk: Talk) -> Said:
    """The key: she is with us again; where several asked for silence, each has a button."""
    only_caregivers(talk)
    silent = [one for one in talk.turn.speaker.caregivers if is_silent(one)]
    if len(silent) > 1:
        return say(*[draw_back_choice(one, await whom(talk, one)) for one in silent])
    return await _back(talk, silent[0] if silent else talk.turn.speaker.caregivers[0])


async def back(talk: Talk) -> Said:
    """Her button on a shared telephone."""
    if talk.heard.tap is None:
        raise Refused("come_back")
    return await _back(talk, whose(talk, 0)[0])


async def _back(talk: Talk, caregiver: Caregiver) -> Said:
    digest = await come_back(talk.turn, caregiver)
    menu = await _with_menu(talk, caregiver, Text("stop.back"))
    if caregiver.joined_at is None:
        return menu
    about = (caregiver.id, tuple(child.id for child in digest.tip_for))
    return Said((*menu.messages, draw_digest(digest, await whom(talk, caregiver))), about=about)


async def _with_menu(talk: Talk, caregiver: Caregiver, words: Text) -> Said:
    """The answer, with the keys that fit now."""
    fresh = await refreshed(talk)
    message = main_menu(fresh.turn.speaker, words)
    return say(OutgoingMessage(message.body, message.choices, message.keyboard, whom=await whom(talk, caregiver)))

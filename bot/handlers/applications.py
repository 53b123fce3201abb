"""Families who begin by themselves with a card or a poster, and the person who confirms them by number."""

from bot.drawing.applications import (
    draw_confirmed,
    draw_count,
    draw_declined,
    draw_hello,
    draw_nobody,
    draw_not_for_her,
    draw_page,
    draw_settled,
    draw_waiting,
    draw_wrong_number,
)
from bot.drawing.forms import draw_form
from bot.drawing.menus import main_menu
from bot.drawing.stopping import draw_digest
from bot.talk import Said, Talk, say
from domain.forms.self_enrolment import BY_NUMBER
from domain.identifiers import ApplicationId
from domain.message import OutgoingMessage, Text
from services.access import Permission, Refused, access_actor
from services.enrolment.apply import (
    Begun,
    Declined,
    NotForHer,
    Opened,
    Waiting,
    WrongNumber,
    finish_application,
    open_number,
    open_paper,
    where_she_stands,
)
from services.enrolment.confirm_application import (
    Confirmed,
    NobodyWaits,
    Settled,
    begin_correcting,
    confirm_application,
    count_waiting,
    find_by_number,
    finish_correcting,
    refuse_application,
    show_application,
)
from services.family.ask_who import greeting
from services.family.welcome import what_matters_now
from services.forms.answer_form import Asking, begin_form, correct_answer
from services.messages.plan_day import plan_one
from services.messages.reply import reply


async def scan(talk: Talk, token: str) -> Said | None:
    """The link of a card or a poster; None when the token is neither's."""
    opened = await open_paper(talk.turn, token)
    return _opened(talk, opened) if opened is not None else None


async def type_number(talk: Talk) -> Said:
    """Eight digits: the number of a card, for a phone that cannot scan. Who works here confirms with it."""
    if talk.turn.speaker.actor is not None:
        await begin_form(talk.turn, BY_NUMBER, answers={"card_number": "".join(talk.heard.words.split())})
        return await finish_by_number(talk)
    return _opened(talk, await open_number(talk.turn, talk.heard.words))


async def go_on_applying(talk: Talk) -> Said | None:
    """Where one stands who began by herself; None when she did not."""
    opened = await where_she_stands(talk.turn)
    return _opened(talk, opened) if opened is not None else None


def _opened(talk: Talk, opened: Opened) -> Said:
    speaker = talk.turn.speaker
    if speaker.must_say_who:
        return say(greeting())
    match opened:
        case Begun(asking, first):
            return say(*((draw_hello(),) if first else ()), draw_form(asking))
        case Waiting():
            return say(draw_waiting(opened))
        case NotForHer():
            return say(draw_not_for_her(speaker, opened))
        case WrongNumber():
            return say(draw_wrong_number(speaker, opened))


async def finish_self_enrolment(talk: Talk) -> Said:
    """She answered everything."""
    match await finish_application(talk.turn):
        case Waiting() as waiting:
            return say(draw_waiting(waiting))
        case Declined():
            return say(draw_declined())
        case _:
            return say(main_menu(talk.turn.speaker, Text("form.gone")))


async def by_number(talk: Talk) -> Said:
    """Ask for the number on a card or a screen."""
    access_actor(talk.turn.speaker, Permission.ENROL)
    return say(draw_form(await begin_form(talk.turn, BY_NUMBER)))


async def tell_waiting(talk: Talk) -> tuple[OutgoingMessage, ...]:
    """How many wait for this person, if anybody does."""
    count = await count_waiting(talk.turn)
    return (draw_count(count),) if count else ()


async def finish_by_number(talk: Talk) -> Said:
    """The number was typed: what was told under it."""
    found = await find_by_number(talk.turn)
    if found is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    if isinstance(found, NobodyWaits):
        asking = await correct_answer(talk.turn, BY_NUMBER.name, "card_number")
        return say(*draw_nobody(found, () if asking is None else (draw_form(asking),)))
    return say(*[draw_page(page) for page in found])


async def decide(talk: Talk) -> Said:
    """Right, to be corrected, or not from here."""
    tap = talk.heard.tap
    if tap is None:
        raise Refused("application")
    application = ApplicationId(tap.number(0))
    match tap.word(1):
        case "yes":
            return await _confirmed(talk, await confirm_application(talk.turn, application))
        case "correct":
            corrected = await begin_correcting(talk.turn, application)
            return say(draw_form(corrected) if isinstance(corrected, Asking) else draw_settled(corrected))
        case "no":
            return say(draw_settled(await refuse_application(talk.turn, application)))
        case _:
            return say(draw_page(await show_application(talk.turn, application)))


async def save_checking(talk: Talk) -> Said:
    """What was corrected is right now."""
    return await _confirmed(talk, await finish_correcting(talk.turn))


async def _confirmed(talk: Talk, done: Confirmed | Settled | None) -> Said:
    if done is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    if isinstance(done, Settled):
        return say(draw_settled(done))
    await _welcome(done)
    return say(draw_confirmed())


async def _welcome(done: Confirmed) -> None:
    """In her own chat: she is in, and what matters now."""
    digest = await what_matters_now(done.turn, done.caregiver)
    await plan_one(done.turn, done.caregiver)
    key = "apply.done_awaiting" if digest.awaiting else "apply.done"
    hello = main_menu(done.turn.speaker, Text(key, {"hour": f"{done.caregiver.tip_hour:02d}:00"}))
    about = (done.caregiver.id, tuple(child.id for child in digest.tip_for))
    await reply(done.turn, (hello, draw_digest(digest, None)), about=about)

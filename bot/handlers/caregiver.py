"""What a caregiver asks and taps: her child, a tip, settings, what we know, stop; and her answers to reminders."""

from bot.drawing.caregiver import (
    draw_amounts,
    draw_children,
    draw_hours,
    draw_known,
    draw_settings,
    draw_tip,
)
from bot.drawing.menus import language_menu, main_menu
from bot.drawing.visits import draw_answered, draw_question_again
from bot.handlers.forms import open_question
from bot.talk import Said, Talk, refreshed, say
from domain.identifiers import CaregiverId, FacilityId
from domain.message import Choice, Keyboard, OutgoingMessage, Text
from services.access import Refused
from services.family.change_settings import change_amount, change_hour, change_language
from services.family.find_tip import TipFound, find_tip
from services.family.keep_phone import keep_phone
from services.family.show_children import show_children
from services.family.show_known import show_known
from services.family.stop import come_back, stop
from services.ports.visits import VisitAnswer
from services.visits.answer_reminder import access_visit, answer_reminder


def only_caregivers(talk: Talk) -> None:
    """Refuse what only a caregiver may ask."""
    if not talk.turn.speaker.caregivers:
        raise Refused("own_family")


async def child(talk: Talk) -> Said:
    """My child and next visit."""
    only_caregivers(talk)
    return say(*[draw_children(view) for view in await show_children(talk.turn)])


async def tip(talk: Talk) -> Said:
    """A tip now; and another one."""
    only_caregivers(talk)
    found = await find_tip(talk.turn, talk.heard.tap.number(0) if talk.heard.tap else 0)
    about = (found.caregiver, found.children) if isinstance(found, TipFound) else None
    return Said([draw_tip(found)], about=about)


async def settings(talk: Talk) -> Said:
    """What she chose; or one of its questions."""
    only_caregivers(talk)
    match talk.heard.tap.word(0) if talk.heard.tap else "":
        case "language":
            return await ask_language(talk)
        case "hour":
            return say(draw_hours())
        case "amount":
            return say(draw_amounts())
        case "phone":
            key = Choice(Text("settings.choice.share_phone"), asks_contact=True)
            return say(OutgoingMessage(Text("settings.ask_phone"), ((key,),), Keyboard.REPLY))
        case _:
            return say(*[draw_settings(known) for known in await show_known(talk.turn)])


async def ask_language(talk: Talk) -> Said:
    """Every language, for everyone."""
    return say(language_menu(tuple((one.tag, one.autonym) for one in talk.turn.programme.languages)))


async def choose_language(talk: Talk) -> Said:
    """She chose; the answer is in her language already."""
    await change_language(talk.turn, talk.heard.tap.word(0) if talk.heard.tap else "")
    fresh = await refreshed(talk)
    return say(main_menu(fresh.turn.speaker, Text("settings.language_kept")), *await open_question(fresh))


async def choose_hour(talk: Talk) -> Said:
    """Her hour for tips."""
    only_caregivers(talk)
    hour = talk.heard.tap.number(0) if talk.heard.tap else 0
    await change_hour(talk.turn, hour)
    return say(OutgoingMessage(Text("settings.hour_kept", {"hour": f"{hour:02d}:00"})))


async def choose_amount(talk: Talk) -> Said:
    """How much she wants to read."""
    only_caregivers(talk)
    amount = talk.heard.tap.number(0) if talk.heard.tap else 0
    await change_amount(talk.turn, amount)
    return say(OutgoingMessage(Text("settings.amount_kept", {"amount": Text(f"choice.amount.{amount}")})))


async def share_contact(talk: Talk) -> Said:
    """Her own number, from the key that asks for it."""
    contact = talk.heard.contact
    kept = contact is not None and await keep_phone(talk.turn, contact.phone_number, is_own=contact.is_own)
    return say(main_menu(talk.turn.speaker, Text("settings.phone_kept" if kept else "settings.phone_not_kept")))


async def known(talk: Talk) -> Said:
    """What you know about me."""
    only_caregivers(talk)
    return say(*[draw_known(one) for one in await show_known(talk.turn)])


async def ask_to_stop(talk: Talk) -> Said:
    """One tap, confirmed once."""
    only_caregivers(talk)
    choices = (
        (Choice(Text("stop.choice.yes"), "v1:stop:yes"),),
        (Choice(Text("stop.choice.no"), "v1:stop:no"),),
    )
    return say(OutgoingMessage(Text("stop.ask"), choices))


async def confirm_stop(talk: Talk) -> Said:
    """Stopped, or not."""
    only_caregivers(talk)
    if talk.heard.tap is None or talk.heard.tap.word(0) != "yes":
        return say(OutgoingMessage(Text("stop.kept")))
    await stop(talk.turn)
    fresh = await refreshed(talk)
    return say(main_menu(fresh.turn.speaker, Text("stop.done")))


async def back_again(talk: Talk) -> Said:
    """She is with us again."""
    only_caregivers(talk)
    await come_back(talk.turn)
    fresh = await refreshed(talk)
    return say(main_menu(fresh.turn.speaker, Text("stop.back")))


async def answer_visit(talk: Talk) -> Said:
    """We'll come, can't come that day, already vaccinated."""
    tap = talk.heard.tap
    if tap is None:
        raise Refused("answer_reminder")
    whose, facility, on = CaregiverId(tap.number(0)), FacilityId(tap.number(1)), tap.day(2)
    if tap.word(3) == "change":
        await access_visit(talk.turn, whose, facility)
        return say(draw_question_again(whose, facility, on))
    answered = await answer_reminder(talk.turn, whose, facility, on, tap.one_of(3, VisitAnswer))
    return say(draw_answered(answered))

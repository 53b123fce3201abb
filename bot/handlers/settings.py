"""What a caregiver chose, and how she changes it."""

from bot.drawing.menus import language_menu, main_menu
from bot.drawing.settings import ToldOfFamily, draw_amounts, draw_feeding, draw_hours, draw_settings
from bot.handlers.forms import open_question
from bot.handlers.whose import only_caregivers, whom, whose
from bot.talk import Said, Talk, refreshed, say
from domain.message import Choice, Keyboard, OutgoingMessage, Text
from domain.people import Caregiver
from services.family.change_settings import change_amount, change_hour, change_language, change_visits
from services.family.choose_tracks import are_parents_away, tell_parents_away
from services.family.keep_phone import keep_phone
from services.family.tell_feeding import gets_no_breast_milk, tell_feeding

_SWITCHES = frozenset({"visits_on", "visits_off", "away_on", "away_off", "no_breast_milk", "breast_milk"})


async def settings(talk: Talk) -> Said:
    """What each who reads here chose; or one of the questions."""
    only_caregivers(talk)
    if talk.heard.tap is None or not talk.heard.tap.arguments:
        return say(*[await _overview(talk, one) for one in talk.turn.speaker.caregivers])
    caregiver, first = whose(talk, 1)
    match talk.heard.tap.word(first):
        case "language":
            return await ask_language(talk)
        case "hour":
            return say(draw_hours(caregiver, await whom(talk, caregiver)))
        case "amount":
            return say(draw_amounts(caregiver, await whom(talk, caregiver)))
        case word if word in _SWITCHES:
            kept = OutgoingMessage(await _switch(talk, caregiver, word), whom=await whom(talk, caregiver))
            return say(kept, *await _what_follows(talk, caregiver, word))
        case "phone":
            key = Choice(Text("settings.choice.share_phone"), asks_contact=True)
            return say(OutgoingMessage(Text("settings.ask_phone"), ((key,),), Keyboard.REPLY))
        case _:
            return say(await _overview(talk, caregiver))


async def _switch(talk: Talk, caregiver: Caregiver, word: str) -> Text:
    """Keep what the button says; what is answered."""
    match word:
        case "visits_on" | "visits_off":
            await change_visits(talk.turn, caregiver, wanted=word == "visits_on")
        case "away_on" | "away_off":
            await tell_parents_away(talk.turn, caregiver, away=word == "away_on")
        case _ if not await tell_feeding(talk.turn, caregiver, no_breast_milk=word == "no_breast_milk"):
            return Text("settings.feeding_not_asked")
    return Text(f"settings.{word}_kept")


async def _what_follows(talk: Talk, caregiver: Caregiver, word: str) -> list[OutgoingMessage]:
    """Parents who are away mostly take the breast milk with them: whoever stays is asked at once."""
    if word == "away_on" and await gets_no_breast_milk(talk.turn, caregiver) is False:
        return [draw_feeding(caregiver, await whom(talk, caregiver))]
    return []


async def _overview(talk: Talk, caregiver: Caregiver) -> OutgoingMessage:
    told = ToldOfFamily(
        parents_away=await are_parents_away(talk.turn, caregiver),
        no_breast_milk=await gets_no_breast_milk(talk.turn, caregiver),
    )
    return draw_settings(caregiver, await whom(talk, caregiver), told)


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
    caregiver, first = whose(talk, 1)
    hour = talk.heard.tap.number(first) if talk.heard.tap else 0
    await change_hour(talk.turn, caregiver, hour)
    kept = Text("settings.hour_kept", {"hour": f"{hour:02d}:00"})
    return say(OutgoingMessage(kept, whom=await whom(talk, caregiver)))


async def choose_amount(talk: Talk) -> Said:
    """How much she wants to read."""
    caregiver, first = whose(talk, 1)
    amount = talk.heard.tap.number(first) if talk.heard.tap else 0
    await change_amount(talk.turn, caregiver, amount)
    kept = Text("settings.amount_kept", {"amount": Text(f"choice.amount.{amount}")})
    return say(OutgoingMessage(kept, whom=await whom(talk, caregiver)))


async def share_contact(talk: Talk) -> Said:
    """Her own number, from the key that asks for it."""
    contact = talk.heard.contact
    kept = contact is not None and await keep_phone(talk.turn, contact.phone_number, is_own=contact.is_own)
    return say(main_menu(talk.turn.speaker, Text("settings.phone_kept" if kept else "settings.phone_not_kept")))

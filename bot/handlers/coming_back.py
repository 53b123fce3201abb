"""A chat that is back, one that must say who it is, and one from which somebody was removed."""

from bot.drawing.menus import main_menu
from bot.drawing.stopping import draw_digest
from bot.handlers.start import start
from bot.handlers.whose import whom
from bot.talk import Said, Talk, one_after_another, refreshed, say
from domain.message import Text
from services.family.ask_who import confirm_who, deny_who, greeting
from services.family.come_and_go import note_return
from services.family.welcome import Digest


async def welcome_back(talk: Talk) -> Said:
    """What matters now, for each who reads here; nothing where the chat must first say who it is."""
    if talk.turn.speaker.must_say_who:
        return Said(())
    digests = await note_return(talk.turn)
    if not digests:
        return Said(())
    told = [await tell_what_matters(talk, digest) for digest in digests]
    return one_after_another([say(main_menu(talk.turn.speaker, Text("back.hello"))), *told])


async def tell_what_matters(talk: Talk, digest: Digest) -> Said:
    """One digest, with the names of those whom its advice is about."""
    about = (digest.caregiver.id, tuple(child.id for child in digest.tip_for))
    return Said([draw_digest(digest, await whom(talk, digest.caregiver))], about=about)


async def say_who(talk: Talk) -> Said:
    """Nothing but the question, until it is answered. Who has a new link begins anew with it."""
    if talk.heard.command == "start" and talk.heard.words.strip():
        return await start(talk)
    tap = talk.heard.tap
    match tap.word(0) if tap is not None and tap.action == "still" else "":
        case "yes":
            await confirm_who(talk.turn)
            fresh = await refreshed(talk)
            back = await welcome_back(fresh)
            return back if back.messages else say(main_menu(fresh.turn.speaker, Text("menu.hello")))
        case "no":
            await deny_who(talk.turn)
            return say(main_menu((await refreshed(talk)).turn.speaker, Text("still.thanks")))
        case _:
            return say(greeting())


async def settled(talk: Talk) -> Said:
    """An old answer to the question who reads here: it was answered already."""
    return say(main_menu(talk.turn.speaker, Text("menu.hello")))


async def quietly(talk: Talk) -> Said:
    """Somebody was removed from this chat, and nothing shows it: there is just nothing to tell."""
    return say(main_menu(talk.turn.speaker, Text("quiet.nothing")))

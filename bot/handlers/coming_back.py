"""A chat that is back, one that must say who it is, and one from which somebody was removed."""

from bot.drawing.caregiver import digest_text
from bot.drawing.menus import main_menu
from bot.handlers.start import start
from bot.talk import Said, Talk, refreshed, say
from domain.message import OutgoingMessage, Text
from services.family.ask_who import confirm_who, deny_who, greeting
from services.family.come_and_go import note_return
from services.messages.read_as import whom_of


async def welcome_back(talk: Talk) -> tuple[OutgoingMessage, ...]:
    """What matters now, for each who reads here; nothing where the chat must first say who it is."""
    if talk.turn.speaker.must_say_who:
        return ()
    digests = await note_return(talk.turn)
    if not digests:
        return ()
    shared = talk.turn.speaker.is_shared
    return (
        main_menu(talk.turn.speaker, Text("back.hello")),
        *(
            OutgoingMessage(
                digest_text(digest),
                names_child=True,
                whom=whom_of(digest.caregiver, [child.name for child in digest.children]) if shared else None,
            )
            for digest in digests
        ),
    )


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
            return say(*(back or (main_menu(fresh.turn.speaker, Text("back.hello")),)))
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

"""What anybody may ask, and what is said to words that no dialogue waits for."""

from bot.drawing.menus import main_menu, public_choices
from bot.handlers.caregiver import ask_language, choose_language
from bot.handlers.forms import open_question, typed
from bot.handlers.start import start, type_code
from bot.talk import Said, Talk, say
from domain.invite import looks_like_code
from domain.message import OutgoingMessage, Text


async def public(talk: Talk) -> Said:
    """A stranger's questions."""
    topic = talk.heard.tap.word(0) if talk.heard.tap else ""
    if topic == "language":
        return await ask_language(talk)
    key = f"public.{topic}" if topic in ("code", "about", "danger") else "public.hello"
    return say(OutgoingMessage(Text(key), public_choices()))


async def help_(talk: Talk) -> Said:
    """What this bot is, and what to do in danger."""
    return say(main_menu(talk.turn.speaker, Text("public.about")))


async def words(talk: Talk) -> Said:
    """Typed words: an answer that a dialogue waits for, a code, or something that nobody here reads."""
    answered = await typed(talk)
    if answered is not None:
        return answered
    if looks_like_code(talk.heard.words):
        return await type_code(talk)
    return await nobody_reads(talk)


async def nobody_reads(talk: Talk) -> Said:
    """At once: nobody reads this, in danger do this, the station's telephone and hours; then what waits for a tap."""
    key = "public.nobody_reads_stranger" if talk.turn.speaker.is_stranger else "public.nobody_reads"
    return say(main_menu(talk.turn.speaker, Text(key)), *await open_question(talk))


# What a chat hears that belongs to nobody, or to nobody any more.
SAID_TO_ALL = (start, public, help_, ask_language, choose_language, words, nobody_reads)

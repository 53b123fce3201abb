"""What anybody may ask, and what is said to words that no dialogue waits for."""

from dataclasses import replace

from bot.drawing.menus import main_menu, public_choices
from bot.handlers.applications import type_number
from bot.handlers.forms import open_question, typed
from bot.handlers.library import danger, found_by_words
from bot.handlers.loss import asked_of_loss, was_ended_here
from bot.handlers.settings import ask_language, choose_language
from bot.handlers.start import start, type_code
from bot.talk import Said, Talk, say
from domain.cards import looks_like_card
from domain.invite import looks_like_code
from domain.message import OutgoingMessage, Text


async def public(talk: Talk) -> Said:
    """A stranger's questions."""
    topic = talk.heard.tap.word(0) if talk.heard.tap else ""
    if topic == "language":
        return await ask_language(talk)
    if topic == "danger":
        return await danger(talk)
    key = f"public.{topic}" if topic in ("code", "about") else "public.hello"
    return say(OutgoingMessage(Text(key), public_choices()))


async def help_(talk: Talk) -> Said:
    """What this bot is, and what to do in danger."""
    return say(main_menu(talk.turn.speaker, Text("public.about")))


async def words(talk: Talk) -> Said:
    """Typed words: an answer that a dialogue waits for, a code, or something that nobody here reads.

    A mother who writes of a loss is asked about that, whatever question is open; who works here fills in forms first.
    """
    loss = asked_of_loss(talk) if talk.turn.speaker.actor is None else None
    answered = loss or await typed(talk)
    if answered is not None:
        return answered
    if looks_like_code(talk.heard.words):
        return await type_code(talk)
    if looks_like_card(talk.heard.words):
        return await type_number(talk)
    if loss := asked_of_loss(talk):
        return loss
    found = await found_by_words(talk)
    if found is None:
        return await nobody_reads(talk)
    return replace(found, then=(*found.then, Said(await open_question(talk))))


async def nobody_reads(talk: Talk) -> Said:
    """At once: nobody reads this, in danger do this, the station's telephone and hours; then what waits for a tap."""
    key = "public.nobody_reads_stranger" if talk.turn.speaker.is_stranger else "public.nobody_reads"
    if await was_ended_here(talk):
        key = "loss.by_mistake"
    return say(main_menu(talk.turn.speaker, Text(key)), *await open_question(talk))


# What a chat hears that belongs to nobody, or to nobody any more.
SAID_TO_ALL = (start, public, help_, ask_language, choose_language, words, nobody_reads)

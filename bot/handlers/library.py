"""What anybody asks in danger, and what a caregiver reads on her own: by topic, by words, kept, passed on, a quiz."""

from bot.drawing.library import (
    draw_card,
    draw_cards,
    draw_copy,
    draw_found,
    draw_kept,
    draw_message,
    draw_quiz_answer,
    draw_topics,
)
from bot.handlers.whose import only_caregivers, whom, whose
from bot.payloads import UnreadableButtonError
from bot.talk import Said, Talk, one_after_another, say
from domain.message import OutgoingMessage, Text
from domain.people import Caregiver
from services.library.find_cards import cards_meant, find_cards, may_show
from services.library.find_messages import MessageFound, find_by_topic, find_by_words, find_message, list_topics
from services.library.mark_message import answer_quiz, keep_message, list_kept, vote_on_message

LEAST_LETTERS, CARD = 2, "danger."


async def danger(talk: Talk) -> Said:
    """All cards, for anybody, whatever else is open; before any is released, the signs that every leaflet has."""
    cards = await find_cards(talk.turn)
    return say(draw_cards(cards) if cards else OutgoingMessage(Text("public.danger")))


async def card(talk: Talk) -> Said:
    """One of them."""
    key = CARD + (talk.heard.tap.word(0) if talk.heard.tap else "")
    if key not in talk.turn.programme.library.cards() or not may_show(talk.turn, key):
        return await danger(talk)
    return say(draw_card(key))


async def found_by_words(talk: Talk) -> Said | None:
    """What goes with typed words: a card for danger, otherwise a message of hers; None when there is nothing."""
    words = talk.heard.words.strip()
    if len(words) < LEAST_LETTERS:
        return None
    if meant := cards_meant(talk.turn, words):
        # What helps a child of two may harm a baby: a card for another age is never the answer.
        fitting = await find_cards(talk.turn)
        return next((say(draw_card(key)) for key in meant if key in fitting), None) or await danger(talk)
    found = [await _by_words(talk, one, words) for one in talk.turn.speaker.caregivers if one.joined_at]
    said = [one for one in found if one is not None]
    return one_after_another(said) if said else None


async def _by_words(talk: Talk, caregiver: Caregiver, words: str) -> Said | None:
    found = await find_by_words(talk.turn, caregiver, words)
    if found is None:
        return None
    message = draw_found(found, talk.turn.programme.library, await whom(talk, caregiver))
    return Said([message], about=(caregiver.id, found.children))


async def topics(talk: Talk) -> Said:
    """The topics; on a shared telephone, those of each who reads here."""
    only_caregivers(talk)
    if talk.heard.tap is not None:
        caregiver, _ = whose(talk, 0)
        return await _topics(talk, caregiver)
    return one_after_another([await _topics(talk, one) for one in talk.turn.speaker.caregivers])


async def _topics(talk: Talk, caregiver: Caregiver) -> Said:
    there = await list_topics(talk.turn, caregiver)
    return say(draw_topics(there, caregiver.id, await whom(talk, caregiver)))


async def topic_tip(talk: Talk) -> Said:
    """The newest message of a topic."""
    caregiver, first = whose(talk, 1)
    topic = talk.heard.tap.word(first) if talk.heard.tap else ""
    return await _shown(talk, caregiver, await find_by_topic(talk.turn, caregiver, topic))


async def read(talk: Talk) -> Said:
    """A message by its button: the next one, or one that she keeps."""
    caregiver, first = whose(talk, 1)
    kept = talk.heard.tap is not None and talk.heard.tap.word(first + 1) == "kept"
    return await _shown(talk, caregiver, await find_message(talk.turn, caregiver, _key(talk, first)), kept=kept)


async def _shown(talk: Talk, caregiver: Caregiver, found: MessageFound | None, *, kept: bool = False) -> Said:
    above = await whom(talk, caregiver)
    if found is None:
        return say(OutgoingMessage(Text("library.nothing"), whom=above))
    message = draw_message(found, talk.turn.programme.library, above, kept=kept)
    return Said([message], about=(caregiver.id, found.children))


async def helped(talk: Talk) -> Said:
    """Whether a message helped."""
    caregiver, first = whose(talk, 2)
    helpful = _yes(talk, first + 1)
    await vote_on_message(talk.turn, caregiver, _key(talk, first), helpful=helpful)
    key = "library.voted.helpful" if helpful else "library.voted.not_helpful"
    return say(OutgoingMessage(Text(key)))


async def keep(talk: Talk) -> Said:
    """She keeps it, or no more."""
    caregiver, first = whose(talk, 2)
    keeps = _yes(talk, first + 1)
    await keep_message(talk.turn, caregiver, _key(talk, first), keep=keeps)
    return say(OutgoingMessage(Text("library.kept" if keeps else "library.dropped")))


async def kept(talk: Talk) -> Said:
    """What she keeps; on a shared telephone, what each who reads here keeps."""
    only_caregivers(talk)
    if talk.heard.tap is not None:
        caregiver, _ = whose(talk, 0)
        return await _kept(talk, caregiver)
    return one_after_another([await _kept(talk, one) for one in talk.turn.speaker.caregivers])


async def _kept(talk: Talk, caregiver: Caregiver) -> Said:
    keys = await list_kept(talk.turn, caregiver)
    return say(draw_kept(keys, talk.turn.programme.library, caregiver.id, await whom(talk, caregiver)))


async def pass_on(talk: Talk) -> Said:
    """A copy without the child's name."""
    caregiver, first = whose(talk, 1)
    found = await find_message(talk.turn, caregiver, _key(talk, first))
    return say(*draw_copy(found.key)) if found else await _shown(talk, caregiver, None)


async def quiz(talk: Talk) -> Said:
    """An answer to a quiz."""
    caregiver, first = whose(talk, 2)
    key, answer = _key(talk, first), talk.heard.tap.number(first + 1) if talk.heard.tap else 0
    right = await answer_quiz(talk.turn, caregiver, key, answer)
    if right is None:
        return say(OutgoingMessage(Text("library.gone")))
    return say(draw_quiz_answer(key, talk.turn.programme.library, right=right))


def _key(talk: Talk, place: int) -> str:
    """Which message a button is about."""
    code = talk.heard.tap.word(place) if talk.heard.tap else ""
    key = talk.turn.programme.library.key_of(code)
    if key is None:
        raise UnreadableButtonError("a message's code")
    return key


def _yes(talk: Talk, place: int) -> bool:
    return talk.heard.tap is not None and talk.heard.tap.number(place) == 1

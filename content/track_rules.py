"""What must not reach a family whose mother has died, any word of her; and of her milk, where a baby gets none."""

import re
from collections.abc import Iterator, Mapping

from content.findings import Flaw
from content.message import Message
from domain.journey import Origin
from domain.reader import Role
from domain.tracks import Track

# Whole words only: “bú” is feeding in any way, “má” in the north is a cheek, “thờ mẹ” stands in no message on health.
_OF_MOTHERS = {
    "en": re.compile(r"\b(?:mother\w*|mum|mom|breast\w*|womb)\b", re.IGNORECASE),
    "vi": re.compile(r"\b(?:mẹ|(?:ba|cha) má|má (?:con|ơi)|sữa non|vắt sữa|ở cữ)\b", re.IGNORECASE),
    "zh": re.compile(r"妈|母乳|母亲|奶水|月子"),
}
_OF_HER_MILK = {
    "en": re.compile(r"\b(?:breast\w*|latch\w*)\b", re.IGNORECASE),
    "vi": re.compile(r"\b(?:sữa mẹ|bú mẹ|cho con bú|sữa non|vắt sữa|bầu ngực)\b", re.IGNORECASE),
    "zh": re.compile(r"母乳|奶水|乳房"),
}


def mother_flaws(message: Message, texts: Mapping[str, str]) -> Iterator[Flaw]:
    """Flaws of a message that a family without the mother, or without her milk, gets; `texts`: by language.

    Where she has died no pregnancy is followed any more; before a birth nobody has said how the child is fed.
    """
    if message.on_request or message.window.origin is Origin.PREGNANCY:
        return
    if Track.MOTHER_ABSENT not in message.excluded_from:
        yield from _read(texts, _OF_MOTHERS, "A family whose mother has died", Track.MOTHER_ABSENT)
        if message.audience is Role.MOTHER:
            yield _flaw("A family whose mother has died", "its audience", "en", Track.MOTHER_ABSENT)
    if Track.REPLACEMENT_FEEDING not in message.excluded_from:
        yield from _read(texts, _OF_HER_MILK, "A family whose baby gets no breast milk", Track.REPLACEMENT_FEEDING)


def _read(texts: Mapping[str, str], words: Mapping[str, re.Pattern[str]], who: str, track: Track) -> Iterator[Flaw]:
    """The first of these words, in whichever language."""
    for tag, text in texts.items():
        found = words[tag].search(text) if tag in words else None
        if found:
            yield _flaw(who, found[0], tag, track)
            return


def _flaw(who: str, word: str, tag: str, track: Track) -> Flaw:
    return Flaw(f"{who} would read “{word}” ({tag}).", f"Add `{track}` to `excluded_from`, or say it without.")

"""What must not reach a family whose mother has died: any word of her, or of the breast, in any language."""

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
_EXCLUDED = "Add `excluded_from: [replacement_feeding]`, or say it without her."


def mother_flaws(message: Message, texts: Mapping[str, str]) -> Iterator[Flaw]:
    """Flaws of a message that a family without the mother gets; `texts` are its words by language.

    Where she has died no pregnancy is followed any more.
    """
    if (
        message.on_request
        or message.window.origin is Origin.PREGNANCY
        or Track.REPLACEMENT_FEEDING in message.excluded_from
    ):
        return
    for tag, text in texts.items():
        found = _OF_MOTHERS[tag].search(text) if tag in _OF_MOTHERS else None
        if found or message.audience is Role.MOTHER:
            word = found[0] if found else "its audience"
            yield Flaw(f"A family whose mother has died would read “{word}” ({tag}).", _EXCLUDED)
            return

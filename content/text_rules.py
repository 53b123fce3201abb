"""What every single text must keep to, in any language: markup, placeholders, length."""

from collections.abc import Iterator
from enum import StrEnum

from content.findings import Flaw
from content.markup import PLACEHOLDER, has_markup, markup_problems, plain_length
from content.placeholders import FILTERS, READER, placeholders_of

_FILLED_IN = "x" * 12  # as long as a placeholder is taken to be


class Kind(StrEnum):
    """What a text is for, which decides how long it may be and what it may ask for."""

    HEALTH = "health message"
    LONGER = "health message with a reason to be longer"
    WORDS = "list of words to search by"
    INTERFACE = "text of the interface"
    LABEL = "label"


# How many letters a text may have; a Chinese letter says more.
_LONGEST = {Kind.HEALTH: 320, Kind.LONGER: 420, Kind.WORDS: 1000, Kind.INTERFACE: 1000, Kind.LABEL: 64}
_LONGEST_CHINESE = {Kind.HEALTH: 120, Kind.LONGER: 160, Kind.WORDS: 1000, Kind.INTERFACE: 1000, Kind.LABEL: 30}
# What is rendered for a reader of whom only what Reader holds is known.
_FROM_THE_READER = frozenset({Kind.HEALTH, Kind.LONGER})


def text_flaws(text: str, tag: str, kind: Kind) -> Iterator[Flaw]:
    """What is wrong with one text in the language `tag`."""
    yield from _empty_flaws(text)
    yield from _label_flaws(text) if kind is Kind.LABEL else _markup_flaws(text)
    yield from _placeholder_flaws(text, kind)
    yield from _length_flaws(text, tag, kind)


def letters_in(text: str) -> int:
    """How many letters a text is taken to have, its placeholders filled in."""
    return plain_length(PLACEHOLDER.sub(_FILLED_IN, text))


def longest(kind: Kind, tag: str) -> int:
    """How many letters a text of this kind may have in this language."""
    return (_LONGEST_CHINESE if tag.startswith("zh") else _LONGEST)[kind]


def _empty_flaws(text: str) -> Iterator[Flaw]:
    if not text.strip():
        yield Flaw("The text is empty.", "Write it, or take the key out.")


def _markup_flaws(text: str) -> Iterator[Flaw]:
    for problem in markup_problems(text):
        yield Flaw(f"Telegram refuses the markup: {problem}.", "Mend the tag or the sign.")


def _label_flaws(text: str) -> Iterator[Flaw]:
    if has_markup(PLACEHOLDER.sub("", text)):
        yield Flaw("A label is plain text, its markup would be read out.", "Take the tags and entities away.")


def _placeholder_flaws(text: str, kind: Kind) -> Iterator[Flaw]:
    found = placeholders_of(text)
    if found.problem:
        yield Flaw(f"The placeholders cannot be read: {found.problem}.", "Write them like {{ child }}.")
    for name in sorted(found.filters - FILTERS):
        yield Flaw(f"The filter “{name}” is unknown.", f"Use one of {', '.join(sorted(FILTERS))}.")
    if kind in _FROM_THE_READER:
        for name in sorted(found.names - READER):
            yield Flaw(f"The placeholder {{{{ {name} }}}} is unknown.", f"Use one of {', '.join(sorted(READER))}.")


def _length_flaws(text: str, tag: str, kind: Kind) -> Iterator[Flaw]:
    length, most = letters_in(text), longest(kind, tag)
    if length > most:
        yield Flaw(f"The text is too long: {length} letters, a {kind} may have {most}.", "Shorten it.")

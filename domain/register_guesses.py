"""What the columns of a register probably are. A person confirms it; what could be two things is left open."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.finding import folded
from domain.register_columns import ROW_OF_DOSE, heading_key, is_word, vaccine_of
from domain.register_words import BESIDE_THE_DAY, CHILD_HEADINGS, VACCINE_WORDS

_UNITS = r"(?!\s*(?:thang|tuoi|tuan|ngay|gio|h\b|months?|years?|月|岁|周|天|小时))"
_NUMBERED = re.compile(rf"(?:mui|lan|lieu|dose|第)\s*([1-9])(?!\d){_UNITS}|(?<!\d)([1-9])(?!\d){_UNITS}")
_NUMERALS = str.maketrans("一二三四五六", "123456")


class Origin(StrEnum):
    """Who says what a column is."""

    SAID = "said now"
    KNOWN = "as before"
    GUESSED = "a guess"


@dataclass(frozen=True)
class Proposal:
    """The heading (or the word) for a field, and who says so."""

    heading: str
    origin: Origin


def propose_columns(
    headings: Sequence[str], codes: Collection[str], *, known: Mapping[str, str], said: Mapping[str, str]
) -> dict[str, Proposal]:
    """What a person says now, then what was said before and still stands, then guesses for the rest.

    An empty heading leaves a field out.
    """
    there = [heading_key(heading) for heading in headings]
    proposed = {field: Proposal(heading, Origin.SAID) for field, heading in said.items() if heading}
    before = {field: one for field, one in known.items() if not is_word(field) and heading_key(one) in there}
    for origin, more in ((Origin.KNOWN, before), (Origin.GUESSED, guess_columns(headings, codes))):
        taken = {heading_key(one.heading) for one in proposed.values()}
        for field, heading in more.items():
            if field not in proposed and field not in said and heading_key(heading) not in taken:
                proposed[field] = Proposal(heading, origin)
    return proposed


def propose_words(
    cells: Collection[str], codes: Collection[str], *, known: Mapping[str, str], said: Sequence[tuple[str, str]]
) -> dict[str, Proposal]:
    """The same for the words in a column of vaccines; `said` are vaccines with a word each."""
    proposed: dict[str, Proposal] = {}
    before = [(vaccine_of(field) or "", word) for field, word in known.items() if is_word(field)]
    guesses = [(vaccine, cell) for cell in cells if (vaccine := guess_vaccine(cell, codes))]
    seen: set[str] = set()
    for origin, pairs in ((Origin.SAID, said), (Origin.KNOWN, before), (Origin.GUESSED, guesses)):
        for vaccine, word in pairs:
            if heading_key(word) not in seen:
                seen.add(heading_key(word))
                proposed[_next_word(vaccine, proposed)] = Proposal(word, origin)
    return proposed


def guess_columns(headings: Sequence[str], codes: Collection[str]) -> dict[str, str]:
    """What the columns probably say; a heading that could be two things, or a thing that two could be, is left out."""
    found: dict[str, str] = {}
    for field, words in CHILD_HEADINGS.items():
        known = {heading_key(word) for word in (field, *words)}
        fitting = [heading for heading in headings if heading and heading_key(heading) in known]
        if len(fitting) == 1:
            found[field] = fitting[0]
    if all(field in found for field in ROW_OF_DOSE):
        return found
    child = {field: heading for field, heading in found.items() if field not in ROW_OF_DOSE}
    return child | _guess_doses([heading for heading in headings if heading not in child.values()], codes)


def _guess_doses(headings: Sequence[str], codes: Collection[str]) -> dict[str, str]:
    """A heading without a number takes the first free one, when it is the only such heading of its vaccine."""
    by_field: dict[str, list[str]] = {}
    without_number: dict[str, list[str]] = {}
    for heading in headings:
        vaccine = None if _is_beside_the_day(heading) else guess_vaccine(heading, codes)
        number = _number_in(heading, vaccine) if vaccine else None
        if vaccine and number:
            by_field.setdefault(f"{vaccine}.{number}", []).append(heading)
        elif vaccine:
            without_number.setdefault(vaccine, []).append(heading)
    for vaccine, fitting in without_number.items():
        free = (field for number in range(1, 10) if (field := f"{vaccine}.{number}") not in by_field)
        by_field[next(free, f"{vaccine}.9")] = fitting
    return {field: fitting[0] for field, fitting in by_field.items() if len(fitting) == 1}


def _is_beside_the_day(heading: str) -> bool:
    return any(_stands_in(_spaced(word), heading) for word in BESIDE_THE_DAY)


def _next_word(vaccine: str, taken: Collection[str]) -> str:
    """The field for one more word of a vaccine."""
    number = 1
    while (field := f"word.{vaccine}.{number}") in taken:
        number += 1
    return field


def guess_vaccine(text: str, codes: Collection[str]) -> str | None:
    """The one vaccine of these whose longest word stands in the text."""
    fits = [(len(alias), code) for code in codes for alias in _aliases(code) if _stands_in(alias, text)]
    longest = max((length for length, _code in fits), default=0)
    best = {code for length, code in fits if length == longest}
    return best.pop() if len(best) == 1 else None


def _aliases(code: str) -> tuple[str, ...]:
    return tuple(map(_spaced, (code, *VACCINE_WORDS.get(code, ()))))


def _spaced(text: str) -> str:
    """Small letters without marks, signs become one space, Chinese numerals figures."""
    return " ".join(re.sub(r"[^\w+]|_", " ", folded(text)).translate(_NUMERALS).split())


def _stands_in(alias: str, text: str) -> bool:
    if not alias.isascii():
        return alias.replace(" ", "") in _spaced(text).replace(" ", "")
    return re.search(rf"(?<![a-z0-9]){re.escape(alias)}(?![a-z])", _spaced(text)) is not None


def _number_in(heading: str, vaccine: str) -> int | None:
    """Which dose the heading says, when the name of the vaccine is taken out."""
    rest = _spaced(heading)
    for alias in sorted(_aliases(vaccine), key=len, reverse=True):
        rest = rest.replace(alias, " ", 1)
    found = _NUMBERED.search(rest)
    return int(found[1] or found[2]) if found else None

"""Which column of a station's register says what: one row a child with a column a dose, or one row a dose.

A station says it once. `mapping` is by field: `name`, `birth_date`, `sex`, `phone`, `card`; then `PENTA.1`, `PENTA.2` …
for the columns of doses, or `vaccine` and `given_on`, with the register's own words for vaccines as `word.PENTA.1` ….
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from domain.finding import folded
from domain.register_words import CHILD_HEADINGS
from domain.row_problem import RowProblem

ROW_OF_DOSE = ("vaccine", "given_on")
LONGEST_HEADING = 200
_DOSE = re.compile(r"([A-Z][A-Z0-9_]*)\.([1-9])")
_WORD = re.compile(r"word\.([A-Z][A-Z0-9_]*)\.\d+")


@dataclass(frozen=True)
class DoseColumn:
    """The column of one dose: where it stands, and which dose of which vaccine it is."""

    place: int
    vaccine: str
    number: int


@dataclass(frozen=True)
class RegisterColumns:
    """Where everything stands. `doses` is empty in a register with one row a dose; `words` then says the vaccines."""

    headings: tuple[str, ...]
    places: Mapping[str, int]
    doses: tuple[DoseColumn, ...]
    words: Mapping[str, str]

    @property
    def vaccines(self) -> frozenset[str]:
        """The vaccines of which this register tells."""
        return frozenset(self.words.values()) | {column.vaccine for column in self.doses}

    @property
    def not_read(self) -> tuple[str, ...]:
        """The headings of columns that nobody said anything about."""
        read = {*self.places.values(), *(column.place for column in self.doses)}
        return tuple(heading for place, heading in enumerate(self.headings) if heading and place not in read)


def heading_key(text: str) -> str:
    """A heading without case, marks, spaces and signs."""
    return "".join(letter for letter in folded(text) if letter.isalnum() or letter == "+")


def vaccine_of(field: str) -> str | None:
    """The vaccine of a field that is about one."""
    found = _DOSE.fullmatch(field) or _WORD.fullmatch(field)
    return found[1] if found else None


def is_word(field: str) -> bool:
    """Whether a field keeps the register's word for a vaccine, and no heading."""
    return _WORD.fullmatch(field) is not None


def flaws_of(mapping: Mapping[str, str], codes: Collection[str]) -> tuple[str, ...]:
    """What is wrong with a mapping, whatever the file; nothing when a register can be read by it."""
    flaws = [flaw for field, heading in mapping.items() if (flaw := _flaw(field, heading, codes))]
    flaws += [f"say which column is {field}" for field in ("name", "birth_date") if field not in mapping]
    doses, by_row = any(map(_DOSE.fullmatch, mapping)), [field for field in ROW_OF_DOSE if field in mapping]
    if doses and by_row:
        flaws.append(f"there are columns of doses and {by_row[0]}: a register has one row a child or one row a dose")
    elif not doses and len(by_row) < len(ROW_OF_DOSE):
        flaws.append("say the column of each dose, like PENTA.1, or of vaccine and given_on where a row is a dose")
    return (*flaws, *_said_twice(mapping))


def _flaw(field: str, heading: str, codes: Collection[str]) -> str:
    vaccine = vaccine_of(field)
    if vaccine is not None and vaccine not in codes:
        return f"{field}: the schedule has no vaccine {vaccine}; it has {', '.join(sorted(codes))}"
    if not heading_key(heading) or len(heading) > LONGEST_HEADING:
        return f"{field}: a heading has letters or figures, at most {LONGEST_HEADING} of them"
    if vaccine is None and field not in CHILD_HEADINGS:
        near = get_close_matches(field, CHILD_HEADINGS, n=1)
        known = f"did you mean {near[0]}?" if near else f"there are {', '.join(CHILD_HEADINGS)}, and doses like PENTA.1"
        return f"{field}: no such field is known; {known}"
    return ""


def _said_twice(mapping: Mapping[str, str]) -> tuple[str, ...]:
    seen: dict[tuple[bool, str], str] = {}
    flaws = []
    for field, heading in mapping.items():
        first = seen.setdefault((is_word(field), heading_key(heading)), field)
        if first != field and not (is_word(field) and vaccine_of(first) == vaccine_of(field)):
            flaws.append(f"“{heading}” is said to be {first} and {field}: it can be one of them")
    return tuple(flaws)


def find_columns(
    headings: Sequence[str], mapping: Mapping[str, str], *, line: int = 1
) -> RegisterColumns | tuple[RowProblem, ...]:
    """Where the columns of a mapping stand in this file, or which heading is not there as it was."""
    problems, places = [], {}
    read = {heading_key(heading) for field, heading in mapping.items() if not is_word(field)}
    free = [heading for heading in headings if heading and heading_key(heading) not in read]
    for field, heading in mapping.items():
        if is_word(field):
            continue
        found = [place for place, one in enumerate(headings) if heading_key(one) == heading_key(heading)]
        if len(found) == 1:
            places[field] = found[0]
        else:
            problems.append(RowProblem(line, heading, _missing(field, heading, free, count=len(found))))
    if problems:
        return tuple(problems)
    doses = [
        DoseColumn(place, one[1], int(one[2])) for field, place in places.items() if (one := _DOSE.fullmatch(field))
    ]
    words = {heading_key(heading): one[1] for field, heading in mapping.items() if (one := _WORD.fullmatch(field))}
    ordered = sorted(doses, key=lambda column: (column.vaccine, column.number))
    by_field = {field: place for field, place in places.items() if field in CHILD_HEADINGS}
    return RegisterColumns(tuple(headings), by_field, tuple(ordered), words)


def _missing(field: str, heading: str, free: Sequence[str], *, count: int) -> str:
    if count:
        return f"{count} columns have this heading ({field}); give each its own."
    near = get_close_matches(heading, free, n=1)
    hint = f"; is it “{near[0]}” now?" if near else "."
    return f"this heading ({field}) is not in the file any more{hint}"

"""What the rows of a station's register say, child by child, and which cells are wrong and how. Nothing is guessed."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from domain.birth_dates import PROGRAMME_ENDS_AT_MONTHS
from domain.calendar import add_months
from domain.finding import folded
from domain.register_columns import RegisterColumns, heading_key
from domain.register_days import DAY_ZERO, NotADay, read_cell_day
from domain.register_words import FEMALE, MALE, NOT_GIVEN
from domain.row_problem import RowProblem
from domain.sex import Sex

OLDEST_MONTHS = 18 * 12
_SEXES = {folded(word): sex for sex, words in ((Sex.FEMALE, FEMALE), (Sex.MALE, MALE)) for word in words}
_NOT_GIVEN = frozenset(map(folded, NOT_GIVEN))


@dataclass(frozen=True)
class SheetRow:
    """A row as plain texts, and the line on which a person finds it."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RegisterSheet:
    """A file as plain texts: the headings and what stands below them. `day_zero` is from where its days are counted."""

    headings: tuple[str, ...]
    heading_line: int
    rows: tuple[SheetRow, ...]
    day_zero: date = DAY_ZERO

    def words_below(self, heading: str) -> tuple[str, ...]:
        """What stands in a column, each text once."""
        places = [place for place, one in enumerate(self.headings) if heading_key(one) == heading_key(heading)]
        cells = (row.cells[place] for row in self.rows for place in places if place < len(row.cells))
        return tuple(dict.fromkeys(cell for cell in cells if cell))


@dataclass(frozen=True)
class RegisterDose:
    """One dose, and where it stands; `number` is 0 where the register does not count."""

    vaccine: str
    given_on: date
    line: int
    column: str
    number: int = 0


@dataclass(frozen=True)
class RegisterChild:
    """A child as the register tells of it, from all its rows; `line` is the first one."""

    line: int
    name: str
    birth_date: date
    sex: Sex | None = None
    phones: frozenset[str] = frozenset()
    card: str = ""
    doses: tuple[RegisterDose, ...] = ()


@dataclass(frozen=True)
class Rules:
    """How cells are read: on which day, and which text is a telephone number."""

    today: date
    read_phone: Callable[[str], str | None]


@dataclass
class _Found:
    """What was read so far, by who the child is."""

    children: dict[tuple[str, date, str], RegisterChild] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)


def read_register(
    sheet: RegisterSheet, columns: RegisterColumns, rules: Rules
) -> tuple[tuple[RegisterChild, ...], tuple[RowProblem, ...]]:
    """Every child with its doses, and everything that is wrong; the children count only when nothing is."""
    found = _Found()
    for row in sheet.rows:
        reader = _RowReader(row, sheet, columns, rules)
        child = reader.read()
        found.problems += reader.problems
        if child is not None:
            _join(found, child, columns)
    found.problems += _same_card(found.children.values(), columns)
    if not found.children and not found.problems:
        line = sheet.heading_line + 1
        found.problems.append(RowProblem(line, "", "there is no row with a child below the headings."))
    return tuple(found.children.values()), tuple(sorted(found.problems, key=lambda one: one.line))


class _RowReader:
    """Reads the cells of one row and keeps what is wrong with them."""

    def __init__(self, row: SheetRow, sheet: RegisterSheet, columns: RegisterColumns, rules: Rules) -> None:
        self._row, self._day_zero, self._columns, self._rules = row, sheet.day_zero, columns, rules
        self.problems: list[RowProblem] = []

    def read(self) -> RegisterChild | None:
        """The child; None for an empty row, and for one that does not say who it is."""
        doses = list(self._told_doses())
        name, born = self._cell("name"), self._cell("birth_date")
        if not name and not born and not doses:
            return None
        birth_date = self._birth_date(born)
        given = tuple(dose for one in doses if (dose := self._dose(one, birth_date)) is not None)
        sex = self._sex()
        if not any(letter.isalpha() for letter in name):
            self._refuse("name", "there is no name here; expected the child's name")
        if birth_date is None or self.problems:
            return None
        return RegisterChild(self._row.line, name, birth_date, sex, self._phones(), self._cell("card"), given)

    def _told_doses(self) -> Iterator[tuple[str, str, str, int]]:
        """For each dose of the row: the vaccine or the word for it, the day as written, the heading, the number."""
        headings = self._columns.headings
        for column in self._columns.doses:
            written = self._at(column.place)
            if folded(written) not in _NOT_GIVEN and written:
                yield column.vaccine, written, headings[column.place], column.number
        if not self._columns.doses:
            word, written = self._cell("vaccine"), self._cell("given_on")
            if word or written:
                yield word, written, headings[self._columns.places["given_on"]], 0

    def _dose(self, told: tuple[str, str, str, int], birth_date: date | None) -> RegisterDose | None:
        vaccine, written, heading, number = told
        code = vaccine if self._columns.doses else self._vaccine(vaccine)
        given_on = self._day(heading, written, birth_date or self._oldest)
        if given_on is None or code is None:
            return None
        if birth_date is not None and given_on < birth_date:
            self._refuse_at(heading, f"{_shown(given_on)} is before the birth date, {_shown(birth_date)}")
            return None
        return RegisterDose(code, given_on, self._row.line, heading, number)

    def _vaccine(self, word: str) -> str | None:
        code = self._columns.words.get(heading_key(word)) if word else None
        if not word:
            self._refuse("vaccine", "it is empty, and there is a date; expected the vaccine")
        elif code is None:
            sentence = f"nobody has said yet which vaccine “{word[:40]}” is"
            self._refuse(
                "vaccine", f"{sentence}; say it once with `cradle register columns … --word CODE=“{word[:40]}”`"
            )
        return code

    def _birth_date(self, text: str) -> date | None:
        heading = self._columns.headings[self._columns.places["birth_date"]]
        # A year of two figures is that of a child whom the programme can know.
        day = self._day(heading, text, add_months(self._rules.today, -PROGRAMME_ENDS_AT_MONTHS))
        if day is not None and day < self._oldest:
            self._refuse_at(heading, f"{_shown(day)} is more than {OLDEST_MONTHS // 12} years ago")
            return None
        return day

    @property
    def _oldest(self) -> date:
        return add_months(self._rules.today, -OLDEST_MONTHS)

    def _day(self, heading: str, text: str, first: date) -> date | None:
        if not text:
            self._refuse_at(heading, "it is empty; expected a date")
            return None
        day = read_cell_day(text, day_zero=self._day_zero, first=first, last=self._rules.today)
        if isinstance(day, NotADay):
            self._refuse_at(heading, f"“{text[:40]}”: {day.sentence}")
            return None
        if day > self._rules.today:
            self._refuse_at(heading, f"{_shown(day)} is still to come")
            return None
        return day

    def _sex(self) -> Sex | None:
        text = self._cell("sex")
        sex = _SEXES.get(folded(text).strip(" ."))
        if text and sex is None:
            self._refuse("sex", f"“{text[:40]}”; expected nam, nữ, 男, 女, male or female")
        return sex

    def _phones(self) -> frozenset[str]:
        """A number that cannot be read is none: it only helps to tell children apart."""
        parts = re.split(r"[;,/|]", self._cell("phone"))
        return frozenset(number for part in parts if part.strip() and (number := self._rules.read_phone(part)))

    def _cell(self, field: str) -> str:
        place = self._columns.places.get(field)
        return self._at(place) if place is not None else ""

    def _at(self, place: int) -> str:
        return self._row.cells[place] if place < len(self._row.cells) else ""

    def _refuse(self, field: str, sentence: str) -> None:
        self._refuse_at(self._columns.headings[self._columns.places[field]], sentence)

    def _refuse_at(self, heading: str, sentence: str) -> None:
        self.problems.append(RowProblem(self._row.line, heading, f"{sentence}."))


def _shown(day: date) -> str:
    return day.isoformat()


def _join(found: _Found, child: RegisterChild, columns: RegisterColumns) -> None:
    """Put the row to those of the same child; what contradicts them is wrong."""
    key = (heading_key(child.name), child.birth_date, heading_key(child.card))
    first = found.children.get(key, replace(child, doses=()))
    if first.sex and child.sex and first.sex is not child.sex:
        heading = columns.headings[columns.places["sex"]]
        found.problems.append(RowProblem(child.line, heading, f"line {first.line} has another sex for this child."))
    doses = list(first.doses)
    for dose in child.doses:
        problem = _contradiction(doses, dose)
        if problem:
            found.problems.append(RowProblem(dose.line, dose.column, problem))
        elif not any((one.vaccine, one.given_on) == (dose.vaccine, dose.given_on) for one in doses):
            doses.append(dose)
    phones = first.phones | child.phones
    found.children[key] = replace(first, sex=first.sex or child.sex, phones=phones, doses=tuple(doses))


def _contradiction(doses: Sequence[RegisterDose], dose: RegisterDose) -> str:
    """Counted doses of a vaccine follow one another, each on a day of its own."""
    for other in doses:
        if other.vaccine != dose.vaccine or not dose.number:
            continue
        where = f"“{other.column}”" if other.line == dose.line else f"“{other.column}” on line {other.line}"
        if (other.number == dose.number) != (other.given_on == dose.given_on):
            return f"{_shown(dose.given_on)} does not go with {_shown(other.given_on)} in {where}."
        if (other.number < dose.number) != (other.given_on < dose.given_on) and other.number != dose.number:
            return f"{_shown(dose.given_on)} is not in order with {_shown(other.given_on)} in {where}."
    return ""


def _same_card(children: Iterable[RegisterChild], columns: RegisterColumns) -> list[RowProblem]:
    """The number of a card belongs to one child."""
    problems, first = [], dict[str, RegisterChild]()
    for child in children:
        other = first.setdefault(heading_key(child.card), child) if heading_key(child.card) else child
        if other is not child:
            sentence = f"line {other.line} has this number with another name or birth date; mend one of the two."
            problems.append(RowProblem(child.line, columns.headings[columns.places["card"]], sentence))
    return problems

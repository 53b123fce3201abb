"""Reads the rows of a file of families, one birth or pregnancy each, and joins those of one family."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from domain.forms.form import Problem, Read
from domain.reader import Role
from domain.row_problem import RowProblem
from domain.sex import Sex
from domain.written_dates import DayFromToday, read_days
from services.forms.readers import INVISIBLE
from services.ports.families import NewChild

Meaning = TypeVar("Meaning", bound=str)

LONGEST_CELL = 200
LONGEST_SHOWN = 40
ONLY_OF_THE_BORN = ("child_name", "sex", "birth_weight", "gestation")
MOST_IN_FAMILY = 12

# With their marks: “bà” is a grandmother, “ba” is a father in the south, and an unmarked word could be either.
ROLES = {
    Role.MOTHER: ("mẹ", "me", "má", "mother", "mum", "mom", "妈妈", "母亲", "母"),
    Role.FATHER: ("bố", "bo", "cha", "father", "dad", "爸爸", "父亲", "父"),
    Role.GRANDMOTHER: ("bà", "bà nội", "bà ngoại", "奶奶", "外婆", "姥姥", "祖母", "外祖母"),
    Role.GRANDFATHER: ("ông", "ông nội", "ông ngoại", "爷爷", "外公", "姥爷", "祖父", "外祖父"),
    Role.OTHER_RELATIVE: ("người thân", "họ hàng", "other relative", "relative", "亲属", "亲戚", "其他亲属"),
    Role.GUARDIAN: ("người giám hộ", "giám hộ", "监护人"),
    Role.INSTITUTION: ("cơ sở nuôi dưỡng", "trung tâm bảo trợ", "机构", "福利院"),
}
SEXES = {
    Sex.FEMALE: ("nữ", "nu", "gái", "gai", "bé gái", "con gái", "f", "girl", "女", "女孩", "女婴", "女童"),
    Sex.MALE: ("nam", "trai", "bé trai", "con trai", "m", "boy", "男", "男孩", "男婴", "男童"),
}
LANGUAGES = {
    "vi": ("tiếng việt", "việt", "vietnamese", "越南语"),
    "zh": ("tiếng trung", "tiếng hoa", "chinese", "中文", "汉语", "普通话"),
    "en": ("tiếng anh", "english", "英语", "英文"),
}
NOT_NAMED = ("not yet named", "no name yet", "chưa đặt tên", "chưa có tên", "未取名", "未起名", "未命名", "还没取名")

_EXPECTED_ROLE = "mẹ, bố, bà, ông, 妈妈, 爸爸, 奶奶, 爷爷 or " + ", ".join(Role)
_EXPECTED_SEX = "nam, nữ, 男, 女, male or female"
_DATE = "like 15/3/2026 (the day first) or 2026-03-15"
SENTENCES = {
    "problem.name": "a name needs letters; write the child's name, or “not yet named”",
    "problem.name_too_long": "this name is too long; 40 letters fit, a short name as the family says it is best",
    "problem.phone": "this is not one telephone number that can be called; write one as it is dialled, like "
    "0912 345 678, or with its country code, or clear the cell",
    "problem.weight": "this is not a birth weight; write it in grams or kilograms, like 3200 or 3.2, or clear the cell",
    "problem.gestation": "this is not a number of weeks at birth; write one from 22 to 44, like 39, or clear the cell",
    "problem.birth_date.not_a_date": f"this is not a date of the solar calendar; write it {_DATE}",
    "problem.birth_date.no_such_day": f"there is no such day in the calendar; write it {_DATE}",
    "problem.birth_date.ambiguous": f"this can be read in more than one way; write only the birth date, {_DATE}",
    "problem.birth_date.in_future": "this day is still to come; mend it, or write it as the due date if no child is "
    "born yet",
    "problem.birth_date.too_old": "this child has had the sixth birthday, and the messages are for younger children; "
    "mend the date or take the row out",
    "problem.due_date.not_a_date": f"this is not a date of the solar calendar; write it {_DATE}",
    "problem.due_date.no_such_day": f"there is no such day in the calendar; write it {_DATE}",
    "problem.due_date.ambiguous": f"this can be read in more than one way; write only the due date, {_DATE}",
    "problem.due_date.in_past": "this due date is more than three weeks ago; if the child is born, write the birth "
    "date instead, otherwise mend it or take the row out",
    "problem.due_date.too_far": "this is too far ahead for a due date; mend the year",
}

_TWO_DIGIT_YEAR = re.compile(r"(\d\d)[/.\- ](\d{1,2})[/.\- ](\d\d)")
_SHORTENED_NUMBER = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_LOST_LETTER = re.compile("[?\N{REPLACEMENT CHARACTER}]")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("_", " ").strip(" .")


def _meanings(words: Mapping[Meaning, Sequence[str]]) -> dict[str, Meaning]:
    return {_plain(word): meaning for meaning, several in words.items() for word in (str(meaning), *several)}


_ROLE_WORDS, _SEX_WORDS = _meanings(ROLES), _meanings(SEXES)


def language_words(tags: Collection[str]) -> Mapping[str, str]:
    """The tag that each word of a register means, when only these languages are offered."""
    return _meanings({tag: LANGUAGES.get(tag, ()) for tag in tags})


@dataclass(frozen=True)
class FamilyRow:
    """A family to enrol: who cares, the children who are born, the birth that is awaited. `line` is its first one."""

    role: Role
    language: str
    phone: str | None
    children: tuple[NewChild, ...]
    due_on: date | None
    volunteer: str
    line: int


@dataclass(frozen=True)
class Rules:
    """How cells are read: typed answers by their readers, words of languages to tags. `headings` are the register's."""

    readers: Mapping[str, Read]
    languages: Mapping[str, str]
    headings: Mapping[str, str]


@dataclass(frozen=True)
class RegisterRow:
    """What one row says; what it leaves out, or says wrongly, is None or empty."""

    line: int
    family: str
    role: Role | None
    language: str
    phone: str | None
    volunteer: str
    child: NewChild | None
    due_on: date | None

    @property
    def family_key(self) -> str | int:
        """What joins rows: the label, and without one the line, which no other row has."""
        return _plain(self.family) or self.line

    @property
    def said_of_family(self) -> Mapping[str, str | date | None]:
        """What can be said only once of a family, by field."""
        said = {"role": self.role, "language": self.language, "phone": self.phone, "volunteer": self.volunteer}
        return {**said, "due_date": self.due_on}


def shown(text: str) -> str:
    """A cell in a sentence: in quotation marks and never longer than a line."""
    return f"“{text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + '…'}”"


def clean(text: str) -> str:
    """One line without invisible letters, which could steer a terminal."""
    seen = (letter for letter in text if letter.isspace() or unicodedata.category(letter) not in INVISIBLE)
    return " ".join("".join(seen).split())


def read_row(line: int, cells: Mapping[str, str], rules: Rules) -> tuple[RegisterRow, list[RowProblem]]:
    """One row by our fields. Every cell is looked at; the row counts only when nothing is wrong with it."""
    reader = _RowReader(line, cells, rules)
    row = reader.read()
    return row, reader.problems


class _RowReader:
    """Reads the cells of one row, each kind in its own way, and keeps what is wrong with them."""

    def __init__(self, line: int, cells: Mapping[str, str], rules: Rules) -> None:
        self._line, self._rules = line, rules
        self.problems: list[RowProblem] = []
        self._cells = {field: text for field, text in cells.items() if text and self._is_sound(field, text)}
        self._is_about_birth, self._is_about_pregnancy = bool(cells.get("birth_date")), bool(cells.get("due_date"))

    def read(self) -> RegisterRow:
        self._check_subject()
        return RegisterRow(
            line=self._line,
            family=self._cells.get("family", ""),
            role=self._word("role", _ROLE_WORDS, _EXPECTED_ROLE),
            language=self._language(),
            phone=self._typed("phone"),
            volunteer=self._written("volunteer"),
            child=self._child() if self._is_about_birth else None,
            due_on=self._day("due_date"),
        )

    def _is_sound(self, field: str, text: str) -> bool:
        if len(text) > LONGEST_CELL:
            self._refuse(field, f"this cell has {len(text):,} letters; at most {LONGEST_CELL} fit, shorten it")
        return len(text) <= LONGEST_CELL

    def _check_subject(self) -> None:
        if self._is_about_birth and self._is_about_pregnancy:
            self._refuse(
                "due_date",
                "this row has a birth date and a due date; clear one, or make two rows of one family",
            )
        elif self._is_about_pregnancy:
            for field in ONLY_OF_THE_BORN:
                # The cell is not shown: nobody is to read the sex of an unborn child.
                if field in self._cells:
                    self._refuse(
                        field, "this row is about a pregnancy; clear this cell, it is for a child that is born"
                    )
        elif not self._is_about_birth:
            field = next(field for field in ("birth_date", "due_date") if field in self._rules.headings)
            self._refuse(field, f"there is no birth date and no due date; write one of them, {_DATE}")

    def _child(self) -> NewChild | None:
        name, born_on = self._name(), self._day("birth_date")
        weight, weeks = self._typed("birth_weight"), self._typed("gestation")
        sex = self._word("sex", _SEX_WORDS, _EXPECTED_SEX)
        if "sex" not in self._cells:
            self._refuse_empty("sex", f"expected {_EXPECTED_SEX}")
        if name is None or born_on is None or sex is None:
            return None
        return NewChild(name, born_on, sex, int(weight) if weight else None, int(weeks) if weeks else None)

    def _name(self) -> str | None:
        if "child_name" not in self._cells:
            self._refuse_empty("child_name", "write the child's name, or “not yet named”")
            return None
        name = self._written("child_name")
        if _plain(name) in NOT_NAMED:
            return ""
        return self._typed("child_name") if name else None

    def _language(self) -> str:
        """With one language to choose from, there is nothing to say."""
        tags = tuple(dict.fromkeys(self._rules.languages.values()))
        if "language" not in self._cells and len(tags) == 1:
            return tags[0]
        if "language" not in self._cells:
            self._refuse_empty("language", f"expected one of {', '.join(tags)}")
        return self._word("language", self._rules.languages, f"one of {', '.join(tags)}") or ""

    def _day(self, field: str) -> date | None:
        text = self._cells.get(field, "")
        unclear = _unclear_year(text, self._rules.readers[field])
        if unclear:
            self._refuse(field, f"{shown(text)}: {unclear}")
            return None
        written = self._typed(field)
        return date.fromisoformat(written) if written else None

    def _typed(self, field: str) -> str | None:
        """What the reader of typed answers makes of the cell. A name or number is not shown, the place is enough."""
        text = self._cells.get(field)
        if text is None:
            return None
        read = self._rules.readers["name" if field == "child_name" else field](text)
        if not isinstance(read, Problem):
            return read
        sentence = SENTENCES[read.key]
        if field == "phone" and _SHORTENED_NUMBER.fullmatch(text):
            sentence = "the spreadsheet has shortened this number; make the column “Text”, type it again and save"
        self._refuse(field, sentence if field in ("child_name", "phone") else f"{shown(text)}: {sentence}")
        return None

    def _written(self, field: str) -> str:
        text = self._cells.get(field, "")
        if not _LOST_LETTER.search(text):
            return text
        self._refuse(field, "letters were lost when the file was saved; save the register again as “CSV UTF-8”")
        return ""

    def _word(self, field: str, meanings: Mapping[str, Meaning], expected: str) -> Meaning | None:
        text = self._cells.get(field, "")
        meaning = meanings.get(_plain(text))
        if text and meaning is None:
            self._refuse(field, f"{shown(text)}; expected {expected}")
        return meaning

    def _refuse_empty(self, field: str, expected: str) -> None:
        """A cell that was refused already is not empty."""
        if self._rules.headings.get(field, field) not in {problem.column for problem in self.problems}:
            self._refuse(field, f"it is empty; {expected}")

    def _refuse(self, field: str, sentence: str) -> None:
        self.problems.append(RowProblem(self._line, self._rules.headings.get(field, field), f"{sentence}."))


class Families:
    """The rows read so far, by family, and where they contradict one another."""

    def __init__(self, headings: Mapping[str, str]) -> None:
        self._headings = headings
        self._families: dict[str | int, list[RegisterRow]] = {}
        self._said: dict[tuple[str | int, str], tuple[str | date, int]] = {}
        self._children: dict[tuple[str, date, Sex], int] = {}

    def add(self, row: RegisterRow) -> list[RowProblem]:
        """Put a row into its family; what is wrong with it there."""
        rows = self._families.setdefault(row.family_key, [])
        rows.append(row)
        found = {"child_name": self._known_child(row), "family": _too_many(rows)}
        found |= {field: self._contradiction(row, field, said) for field, said in row.said_of_family.items()}
        return [
            RowProblem(row.line, self._headings.get(field, field), sentence)
            for field, sentence in found.items()
            if sentence
        ]

    def joined(self) -> tuple[FamilyRow, ...]:
        """The families in the order in which they begin."""
        return tuple(_family(rows) for rows in self._families.values())

    def _known_child(self, row: RegisterRow) -> str:
        """Children without a name are not compared: they may be twins."""
        if row.child is None or not row.child.name:
            return ""
        key = (_plain(row.child.name), row.child.birth_date, row.child.sex)
        first = self._children.setdefault(key, row.line)
        if first == row.line:
            return ""
        same = f"a child of this name, birth date and sex is on line {first} too"
        return f"{same}; take one of the rows out, or write names that tell the two children apart."

    def _contradiction(self, row: RegisterRow, field: str, said: str | date | None) -> str:
        if not said:
            return ""
        first, line = self._said.setdefault((row.family_key, field), (said, row.line))
        if field == "due_date" and line != row.line:
            return f"this family has a due date on line {line} already; take one of the two rows out."
        if said == first:
            return ""
        return f"this is not the same as on line {line} of the same family; write the same on both."


def _unclear_year(text: str, read: Read) -> str:
    """Why the year in a register's date would be a guess; empty when it is not."""
    if any(isinstance(day, DayFromToday) or day.year is None for day in read_days(text).days):
        return f"this date has no year; write it {_DATE}"
    short = _TWO_DIGIT_YEAR.fullmatch(unicodedata.normalize("NFKC", text))
    if short is None:
        return ""
    year_first = read(f"20{short[1]}-{short[2]}-{short[3]}")
    if isinstance(year_first, Problem) or year_first == read(text):
        return ""
    return f"this can be read with the day or the year first; write the year with four digits, {_DATE}"


def _too_many(rows: Sequence[RegisterRow]) -> str:
    """A column taken for the label by mistake would make one family of a village; told once."""
    if len(rows) != MOST_IN_FAMILY + 1 or rows[0].role is Role.INSTITUTION:
        return ""
    return f"more than {MOST_IN_FAMILY} rows have this label, which joins one family; is it the right column?"


def _family(rows: Sequence[RegisterRow]) -> FamilyRow:
    return FamilyRow(
        role=next((row.role for row in rows if row.role), Role.MOTHER),
        language=rows[0].language,
        phone=next((row.phone for row in rows if row.phone), None),
        children=tuple(row.child for row in rows if row.child),
        due_on=next((row.due_on for row in rows if row.due_on), None),
        volunteer=next((row.volunteer for row in rows if row.volunteer), ""),
        line=rows[0].line,
    )

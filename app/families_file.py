"""Reads a health station's register of families whole: all of it is right, or every wrong cell is told.

The file is a CSV as spreadsheets save it, with the register's own columns: each is taken for a field of ours by what
the station says of it or by a heading that is well known. Columns that nobody asked for are not kept.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias

from app.families_rows import (
    ONLY_OF_THE_BORN,
    Families,
    FamilyRow,
    Rules,
    clean,
    language_words,
    read_row,
    shown,
)
from domain.row_problem import RowProblem
from services.forms.readers import readers

MOST_SHOWN = 200
MOST_HEADINGS = 12
LONGEST_HEADING = 60
LARGEST_FILE = 10_000_000
HEADINGS = {
    "role": ("vai trò", "quan hệ", "quan hệ với trẻ", "关系", "与儿童关系", "与孩子关系", "relationship"),
    "language": ("ngôn ngữ", "语言"),
    "phone": (
        *("điện thoại", "điện thoại mẹ", "số điện thoại", "số điện thoại mẹ", "sđt", "sđt mẹ", "di động"),
        *("电话", "联系电话", "母亲电话", "家长电话", "手机", "手机号", "手机号码", "phone number", "mobile"),
    ),
    "child_name": (
        *(
            "họ tên trẻ",
            "儿童姓名",
            "họ và tên trẻ",
            "tên trẻ",
            "họ tên con",
            "tên con",
            "họ tên bé",
            "tên bé",
            "họ tên",
        ),
        *("họ và tên", "姓名", "孩子姓名", "宝宝姓名", "婴儿姓名", "name", "name of child"),
    ),
    "birth_date": (
        *("ngày sinh", "出生日期", "ngày sinh trẻ", "ngày sinh của trẻ", "ngày tháng năm sinh", "出生年月日"),
        *("生日", "date of birth", "dob"),
    ),
    "sex": ("giới tính", "性别", "giới", "nam/nữ", "性別", "gender"),
    "birth_weight": (
        *("cân nặng khi sinh", "cân nặng lúc sinh", "cân nặng sơ sinh", "cân nặng khi sinh (g)"),
        *("cân nặng khi sinh (kg)", "出生体重", "出生体重(克)", "出生体重(g)", "出生体重(kg)"),
    ),
    "gestation": (
        "tuổi thai",
        "tuổi thai khi sinh",
        "tuổi thai lúc sinh",
        "孕周",
        "出生孕周",
        "胎龄",
        "gestational age",
    ),
    "due_date": ("ngày dự sinh", "dự sinh", "dự kiến sinh", "ngày dự kiến sinh", "预产期", "edd"),
    "family": ("mã hộ", "mã gia đình", "hộ gia đình", "家庭编号", "户号", "household"),
    "volunteer": ("cộng tác viên", "ctv", "tình nguyện viên", "志愿者"),
}

_SAVE_AS_CSV = "open it in the spreadsheet, save it as “CSV UTF-8 (Comma delimited)” and read that file"
_NAMES = ", ".join(HEADINGS)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".ods")

Line: TypeAlias = tuple[int, list[str]]


@dataclass(frozen=True)
class FamiliesFile:
    """Every family of a file. `columns` says which heading was taken for which field, `ignored` what was not read."""

    families: tuple[FamilyRow, ...]
    columns: Mapping[str, str]
    ignored: tuple[str, ...]


def read_families_file(
    path: Path,
    mapping: Mapping[str, str],
    *,
    today: date,
    read_phone: Callable[[str], str | None],
    languages: Collection[str],
) -> FamiliesFile | tuple[RowProblem, ...]:
    """The families, or everything that is wrong with the file.

    `mapping` gives for a field of ours the register's heading; an empty one leaves the field out. A column for the
    language is needed only when there are several `languages`.
    """
    text = _text_of(path)
    if isinstance(text, RowProblem):
        return (text,)
    rows, broken = _split(text)
    if not rows:
        return broken or (RowProblem(0, "", f"it is empty; expected a first line with headings, like {_NAMES}."),)
    columns = _Columns(rows[0][1], mapping)
    columns.find(needs_language=len(languages) > 1)
    if columns.problems:
        return (*columns.problems, *broken)
    typed = readers(today, "", lambda written, _country: read_phone(written))
    families, problems = _read_rows(rows, columns, Rules(typed, language_words(languages), columns.headings))
    return (*problems, *broken) or FamiliesFile(families, columns.headings, columns.ignored)


def tell(problems: Sequence[RowProblem]) -> tuple[str, ...]:
    """The problems as lines for a person, the first two hundred of them and the count of the rest."""
    lines = tuple(str(problem) for problem in problems[:MOST_SHOWN])
    rest = len(problems) - len(lines)
    return (*lines, f"And {rest:,} more; mend these first and read the file again.") if rest else lines


def _text_of(path: Path) -> str | RowProblem:
    if path.stat().st_size > LARGEST_FILE:
        return RowProblem(0, "", "it is larger than ten million letters; split it into several files.")
    raw = path.read_bytes()
    if raw.startswith(_WORKBOOKS) or path.suffix.lower() in _WORKBOOK_NAMES:
        return RowProblem(0, "", f"this is a workbook, which is not read here; {_SAVE_AS_CSV}.")
    if b"\0" in raw:
        return RowProblem(0, "", f"this is not UTF-8 but UTF-16, or no text at all; {_SAVE_AS_CSV}.")
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        plain = "a plain “CSV” is Windows-1258 in Vietnam and GB18030 in China"
        return RowProblem(line, "", f"this is not UTF-8 text ({plain}); {_SAVE_AS_CSV}.")


def _split(text: str) -> tuple[list[Line], tuple[RowProblem, ...]]:
    """The rows that are not empty, each with the line on which it begins, up to one that cannot be read."""
    first_line = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Line] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        sentence = f"this row cannot be read as CSV ({error}); look for a quotation mark left open."
        return rows, (RowProblem(line, "", sentence),)
    return rows, ()


class _Columns:
    """Which column of the register is which field of ours, and what is wrong with its first line."""

    def __init__(self, header: Sequence[str], mapping: Mapping[str, str]) -> None:
        self._header = [clean(heading)[:LONGEST_HEADING] for heading in header]
        self._keys = [_key(heading) for heading in header]
        self._mapping = mapping
        self._told: set[str] = set()
        self.places: dict[str, int] = {}
        self.problems: list[RowProblem] = []

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self._header)

    @property
    def headings(self) -> Mapping[str, str]:
        """The register's heading for each field that was found, in our order."""
        return {field: self._header[self.places[field]] for field in HEADINGS if field in self.places}

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headings of the columns that are not read."""
        taken = set(self.places.values())
        return tuple(heading for place, heading in enumerate(self._header) if heading and place not in taken)

    def find(self, *, needs_language: bool) -> None:
        """Take the columns that the station named, then those with known headings; tell what is missing."""
        for field, heading in self._mapping.items():
            self._take_named(field, heading)
        named = frozenset(self.places.values())
        for field in ("birth_date", "due_date"):
            self._take_known(field, named)
        has_births = "birth_date" in self.places or "birth_date" in self._told
        only_pregnancies = "due_date" in self.places and not has_births
        for field in HEADINGS:
            if not (only_pregnancies and field in ONLY_OF_THE_BORN):
                self._take_known(field, named)
        self._require(needs_language=needs_language, needs_child=not only_pregnancies)

    def _take_named(self, field: str, heading: str) -> None:
        if field not in HEADINGS:
            near = get_close_matches(field, HEADINGS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"the fields are {_NAMES}."
            self.problems.append(RowProblem(0, field, f"no such field is known; {hint}"))
        elif heading.strip():
            places = self._places({_key(heading)})
            if not places:
                self._refuse(field, f"{shown(heading)} is not a heading of this file; {self._first_line()}")
            self._take(field, places)

    def _take_known(self, field: str, named: Collection[int]) -> None:
        if field in self._mapping or field in self.places or field in self._told:
            return
        own = [place for place in self._places({_key(field)}) if place not in named]
        self._take(field, own or [place for place in self._places(_KNOWN[field]) if place not in named])

    def _take(self, field: str, places: Sequence[int]) -> None:
        if len(places) == 1:
            self.places[field] = places[0]
        elif places:
            several = ", ".join(shown(self._header[place]) for place in places)
            self._refuse(field, f"more than one column could be this: {several}; say or rename which one is meant.")

    def _places(self, keys: Collection[str]) -> list[int]:
        return [place for place, key in enumerate(self._keys) if key and key in keys]

    def _require(self, *, needs_language: bool, needs_child: bool) -> None:
        needed = ["birth_date", "child_name", "sex"] if needs_child else []
        for field in [*needed, "language"] if needs_language else needed:
            if field not in self.places and field not in self._told:
                known = ", ".join((field, *HEADINGS[field][:2]))
                sentence = f"no column was found for it, with a heading like {known}; say which one it is, or add it"
                self._refuse(field, f"{sentence}; {self._first_line()}")

    def _first_line(self) -> str:
        headings = [shown(heading) for heading in self._header if heading]
        more = ", …" if len(headings) > MOST_HEADINGS else ""
        return f"the first line has {', '.join(headings[:MOST_HEADINGS])}{more}."

    def _refuse(self, field: str, sentence: str) -> None:
        self._told.add(field)
        self.problems.append(RowProblem(1, field, sentence))


def _read_rows(rows: Sequence[Line], columns: _Columns, rules: Rules) -> tuple[tuple[FamilyRow, ...], list[RowProblem]]:
    families, problems, count = Families(rules.headings), [], 0
    for line, row in rows[1:]:
        if len(row) < columns.width or any(cell.strip() for cell in row[columns.width :]):
            problems.append(_wrong_width(line, row, columns.width))
            continue
        cells = {field: clean(row[place]) for field, place in columns.places.items()}
        if any(cells.values()):
            count += 1
            read, wrong = read_row(line, cells, rules)
            problems += [*wrong, *families.add(read)]
    if not count and not problems:
        problems.append(RowProblem(2, "", "there is no row below the first line; expected one for each child."))
    return families.joined(), problems


def _wrong_width(line: int, row: Sequence[str], width: int) -> RowProblem:
    sentence = f"this row has {len(row)} cells and the first line has {width}; look for a missing or spare separator."
    return RowProblem(line, "", sentence)


def _key(heading: str) -> str:
    """A heading without case, marks, spaces and signs."""
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", heading).casefold()).replace("đ", "d")
    return "".join(letter for letter in letters if letter.isalnum())


_KNOWN = {field: frozenset(map(_key, headings)) for field, headings in HEADINGS.items()}

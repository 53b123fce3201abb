"""Reads a station's register from a workbook (.xlsx) or a CSV file into rows of plain texts with their line numbers."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

from openpyxl.utils.datetime import CALENDAR_MAC_1904

from documents.workbook import ZIP, UnreadableFileError, open_workbook, read_bytes
from domain.register_columns import LONGEST_HEADING
from domain.register_days import DAY_ZERO
from domain.register_rows import RegisterSheet, SheetRow
from domain.row_problem import RowProblem
from domain.written_dates import read_days

LAST_LINE = 50_000
MOST_COLUMNS = 300
MOST_TITLES = 30
# Marks that steer a line's direction, or that cannot be seen.
_INVISIBLE = frozenset({"Cf", "Cc", "Co", "Cn"})

Lines: TypeAlias = Sequence[SheetRow]


def read_register_sheet(path: Path, *, sheet: str = "") -> RegisterSheet | RowProblem:
    """The register in a file, or why it cannot be read. `sheet` names one of a workbook's; else it is the first."""
    try:
        raw = read_bytes(path)
        return _read_workbook(raw, sheet) if raw.startswith(ZIP) else _read_csv(raw)
    except UnreadableFileError as error:
        return _unreadable(str(error))


def _read_workbook(raw: bytes, wanted: str) -> RegisterSheet | RowProblem:
    book = open_workbook(raw)
    if wanted and wanted not in book.sheetnames:
        return _unreadable(f"it has no sheet “{wanted}”; it has {', '.join(book.sheetnames)}.")
    page = book[wanted or book.sheetnames[0]]
    page.reset_dimensions()
    lines = _lines(tuple(_text(cell) for cell in row) for row in page.iter_rows(values_only=True))
    return _sheet(lines, date(1904, 1, 1) if book.epoch == CALENDAR_MAC_1904 else DAY_ZERO)


def _read_csv(raw: bytes) -> RegisterSheet | RowProblem:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        plain = "a plain “CSV” is Windows-1258 in Vietnam and GB18030 in China"
        return RowProblem(line, "", f"this is not UTF-8 text ({plain}); save it as “CSV UTF-8” or as .xlsx.")
    if "\0" in text:
        return _unreadable("this is no text; save the register as “CSV UTF-8” or as .xlsx.")
    rows: list[SheetRow] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            rows += [SheetRow(line, tuple(_clean(cell) for cell in cells))] if any(cells) else []
            line = reader.line_num + 1
    except csv.Error as error:
        return RowProblem(line, "", f"this row cannot be read as CSV ({error}); look for a quotation mark left open.")
    return _sheet([row for row in rows if any(row.cells)], DAY_ZERO)


def _delimiter(text: str) -> str:
    """What most lines are divided by; a title above the headings may have none."""
    return max(",;\t", key=text[:20_000].count)


def _lines(rows: Iterable[tuple[str, ...]]) -> Lines:
    """The rows that are not empty. A sheet may be formatted far below its last one."""
    return [SheetRow(line, cells) for line, cells in zip(range(1, LAST_LINE + 2), rows, strict=False) if any(cells)]


def _text(cell: Any) -> str:
    """A cell as a person reads it, but days as year-month-day whatever their format."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _clean(str(cell))


def _clean(text: str) -> str:
    """One line without letters that cannot be seen, in the usual form."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    seen = (letter for letter in text if letter.isspace() or unicodedata.category(letter) not in _INVISIBLE)
    return unicodedata.normalize("NFC", " ".join("".join(seen).split()))


def _sheet(lines: Lines, day_zero: date) -> RegisterSheet | RowProblem:
    """The headings are the first row that is filled for the greater part: what stands above is a title."""
    filled = [sum(map(bool, row.cells)) for row in lines[:MOST_TITLES]]
    start = next((number for number, count in enumerate(filled) if count > max(1, max(filled) // 2)), None)
    if start is None:
        return _unreadable("it is empty; expected a row of headings and a row for each child below it.")
    if lines[-1].line > LAST_LINE:
        return RowProblem(LAST_LINE, "", "the register goes on below this line; split it into several files.")
    headings, rest = lines[start].cells, lines[start + 1 :]
    if rest and _is_second_line(headings, rest[0].cells):
        headings, rest = tuple(_joined(headings, rest[0].cells)), rest[1:]
    if len(headings) > MOST_COLUMNS:
        return RowProblem(lines[start].line, "", f"there are more than {MOST_COLUMNS} columns; take out what is spare.")
    return RegisterSheet(tuple(one[:LONGEST_HEADING] for one in headings), lines[start].line, tuple(rest), day_zero)


def _is_second_line(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Below a wide heading stand its parts; below a high one, like the child's name, stands nothing."""
    cells = [*zip(upper, lower, strict=False), *(("", cell) for cell in lower[len(upper) :])]
    if not any(not above and below for above, below in cells):
        return False
    first = next((below for above, below in cells if above), "")
    return not first and not any(read_days(below).days for _above, below in cells)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> Iterator[str]:
    """A wide heading before each of its parts: “5 trong 1” and “mũi 2” are “5 trong 1 mũi 2”."""
    wide = ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        wide = above or wide
        yield f"{wide} {below}" if below else above


def _unreadable(sentence: str) -> RowProblem:
    return RowProblem(0, "", sentence)

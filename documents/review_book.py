"""The spreadsheet on which a clinician reads health texts: written for her, and read back when she has answered."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from documents.workbook import ZIP, UnreadableFileError, open_workbook, read_bytes
from domain.review_sheet import ReturnedSheet, ReturnedText, ReviewBatch, ShownText, fingerprint, plain_text
from domain.row_problem import RowProblem

COLUMNS = ("key", "window", "state", "english", "text", "doubt", "sources", "new_text", "approved", "remark")
HERS = ("new_text", "approved", "remark")
LAST_LINE = 20_000
_WIDTHS = (24, 18, 16, 44, 44, 36, 36, 44, 14, 30)
_TEXT = "text:"
_HEADINGS = 2
_POINTS = 15
_HEAD = PatternFill("solid", fgColor="DDEBF7")
_FREE = PatternFill("solid", fgColor="FFFBE6")
_AS_TEXT = "@"
_FORMULA = "A cell holds a formula: type it as text, with an apostrophe before it."


@dataclass(frozen=True)
class ReviewWords:
    """The words of the workbook in the reader's language: a heading for each column, what to do, and yes and no."""

    headings: Mapping[str, str]
    guide_title: str
    guide: tuple[str, ...]
    answers: tuple[str, str]


def write_review_book(batches: Sequence[ReviewBatch], language: str, words: ReviewWords) -> bytes:
    """A sheet that says what to do, and one for each batch. Every cell is a text, whatever it begins with."""
    book = Workbook()
    _write_guide(book.worksheets[0], words)
    for batch in batches:
        _write_batch(book.create_sheet(batch.title[:31]), batch, language, words)
    book.active = 1 if batches else 0
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_guide(page: Any, words: ReviewWords) -> None:
    page.title = words.guide_title[:31]
    page.column_dimensions["A"].width = 100
    for row, line in enumerate(words.guide, start=1):
        _write_text(page.cell(row, 1), line)


def _write_batch(page: Any, batch: ReviewBatch, language: str, words: ReviewWords) -> None:
    """Row 1 is hidden and says by fixed names what each column is, so that the sheet is read in any order of them."""
    for place, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), start=1):
        _write_text(page.cell(1, place), f"{_TEXT}{language}" if name == "text" else name)
        heading = page.cell(_HEADINGS, place)
        _write_text(heading, words.headings[name])
        heading.font, heading.fill = Font(bold=True), _HEAD
        page.column_dimensions[heading.column_letter].width = width
    page.row_dimensions[1].hidden = True
    page.row_dimensions[_HEADINGS].height = 2 * _POINTS
    for row, text in enumerate(batch.texts, start=_HEADINGS + 1):
        _write_row(page, row, text)
    page.freeze_panes = f"B{_HEADINGS + 1}"
    _guard(page, words.answers)


def _write_row(page: Any, row: int, text: ShownText) -> None:
    for place, name in enumerate(COLUMNS, start=1):
        cell = page.cell(row, place)
        _write_text(cell, getattr(text, name, ""))
        if name in HERS:
            cell.fill, cell.protection = _FREE, Protection(locked=False)
    page.row_dimensions[row].height = _POINTS * min(max(_lines(text)), 27)


def _write_text(cell: Any, text: str) -> None:
    """Never a formula: neither for openpyxl, nor when a spreadsheet looks at the cell again."""
    cell.value = text or None
    if text:
        cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    cell.number_format = _AS_TEXT
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _lines(text: ShownText) -> Iterator[int]:
    for name, width in zip(COLUMNS, _WIDTHS, strict=True):
        cell = str(getattr(text, name, ""))
        # A Chinese sign is as wide as two letters.
        yield sum(1 + len(line.encode("gb18030", "replace")) // width for line in cell.split("\n"))


def _guard(page: Any, answers: tuple[str, str]) -> None:
    """Only her columns can be written into, and yes and no can be chosen; other words are told when it comes back."""
    page.protection.enable()
    page.protection.formatColumns = page.protection.formatRows = False
    choice = DataValidation(type="list", formula1=f'"{",".join(answers)}"', allow_blank=True, showErrorMessage=False)
    page.add_data_validation(choice)
    letter = page.cell(1, COLUMNS.index("approved") + 1).column_letter
    choice.add(f"{letter}{_HEADINGS + 1}:{letter}{max(page.max_row, _HEADINGS + 1)}")


def read_review_book(path: Path) -> ReturnedSheet | RowProblem:
    """What came back, or why it cannot be read."""
    try:
        raw = read_bytes(path)
        if not raw.startswith(ZIP):
            raise UnreadableFileError("this is no workbook (.xlsx).")
        return _read_book(open_workbook(raw, formulas=True))
    except UnreadableFileError as error:
        return RowProblem(0, "", str(error))
    except (KeyError, ValueError, SyntaxError) as error:
        return RowProblem(0, "", f"one of its sheets is damaged ({type(error).__name__}); save it anew as .xlsx.")


def _read_book(book: Any) -> ReturnedSheet:
    languages: set[str] = set()
    texts: list[ReturnedText] = []
    for page in book.worksheets:
        page.reset_dimensions()
        rows = page.iter_rows(max_row=LAST_LINE)
        places = _places([str(cell.value or "") for cell in next(rows, ())])
        if places is None:
            continue
        languages.add(places.language)
        for row in rows:
            texts += _read_row(page.title, row, places.columns)
    if len(languages) != 1:
        raise UnreadableFileError(
            "it is none of our sheets: its first row, which is hidden, does not name its columns."
        )
    return ReturnedSheet(languages.pop(), tuple(texts))


@dataclass(frozen=True)
class _Places:
    """In which place each of our columns stands."""

    language: str
    columns: Mapping[str, int]


def _places(names: Sequence[str]) -> _Places | None:
    language = next((name.removeprefix(_TEXT) for name in names if name.startswith(_TEXT)), "")
    columns = {"text" if name.startswith(_TEXT) else name: place for place, name in enumerate(names)}
    return _Places(language, columns) if language and columns.keys() >= {"key", "english", *HERS} else None


def _read_row(sheet: str, row: Sequence[Any], columns: Mapping[str, int]) -> Iterator[ReturnedText]:
    cells = {name: row[place] for name, place in columns.items() if name in COLUMNS and place < len(row)}
    said = {name: plain_text(str(cell.value)) for name, cell in cells.items() if cell.value is not None}
    line = next((cell.row for cell in row if cell.value is not None), 0)
    if line > _HEADINGS and any(said.get(name) for name in ("key", *HERS)):
        is_computed = any(cells[name].data_type == "f" for name in HERS if name in cells)
        yield _returned(f"{sheet}, line {line}", said, _FORMULA if is_computed else "")


def _returned(where: str, said: Mapping[str, str], problem: str) -> ReturnedText:
    return ReturnedText(
        where=where,
        key=said.get("key", ""),
        english=said.get("english", ""),
        shown=fingerprint(said.get("text", "")),
        new_text=said.get("new_text", ""),
        approved=said.get("approved", ""),
        remark=said.get("remark", ""),
        problem=problem,
    )

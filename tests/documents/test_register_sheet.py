"""The files that a station's spreadsheet saves: what stands in them, and what cannot be read."""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import documents.register_sheet as reading
import documents.workbook as workbook_file
from documents.register_sheet import read_register_sheet
from domain.register_rows import RegisterSheet, SheetRow
from domain.row_problem import RowProblem

HEADINGS = ("STT", "Họ tên", "Ngày sinh", "5 trong 1\nmũi 1", "SĐT")
Cells = Sequence[object]


def workbook(path: Path, *rows: Cells, book: Workbook | None = None) -> Path:
    book = book or Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    file = path / "register.xlsx"
    book.save(file)
    return file


def text(path: Path, *lines: str, encoding: str = "utf-8-sig") -> Path:
    file = path / "register.csv"
    file.write_bytes("\r\n".join(lines).encode(encoding))
    return file


def right(file: Path, sheet: str = "") -> RegisterSheet:
    read = read_register_sheet(file, sheet=sheet)
    assert isinstance(read, RegisterSheet), read
    return read


def wrong(file: Path, sheet: str = "") -> str:
    read = read_register_sheet(file, sheet=sheet)
    assert isinstance(read, RowProblem)
    return str(read)


def test_every_cell_of_a_workbook_is_a_plain_text(tmp_path: Path) -> None:
    row = (1, " Nguyễn  Văn An\u200b", datetime.combine(date(2026, 1, 5), time()), date(2026, 3, 3), 912345678.0)
    sheet = right(workbook(tmp_path, HEADINGS, row))
    assert sheet.headings == ("STT", "Họ tên", "Ngày sinh", "5 trong 1 mũi 1", "SĐT")
    assert sheet.rows == (SheetRow(2, ("1", "Nguyễn Văn An", "2026-01-05", "2026-03-03", "912345678")),)


def test_a_day_with_an_hour_is_that_day_and_a_plain_number_stays_one(tmp_path: Path) -> None:
    sheet = right(workbook(tmp_path, ("a", "b"), (datetime.combine(date(2026, 3, 3), time(8, 30)), 46084)))
    assert (sheet.rows[0].cells, sheet.day_zero) == (("2026-03-03", "46084"), date(1899, 12, 30))


def test_an_old_apple_workbook_counts_its_days_from_1904(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    assert right(workbook(tmp_path, ("a", "b"), (44622, "x"), book=book)).day_zero == date(1904, 1, 1)


def test_titles_and_empty_rows_are_passed_over_and_lines_are_those_of_the_file(tmp_path: Path) -> None:
    rows = (("SỔ TIÊM CHỦNG", "2026"), (), HEADINGS, (1, "An"), (), (2, "Bình"))
    sheet = right(workbook(tmp_path, *rows))
    assert (sheet.heading_line, [row.line for row in sheet.rows]) == (3, [4, 6])


def test_headings_of_two_lines_are_one(tmp_path: Path) -> None:
    upper = ("STT", "Họ tên", "Lao", "5 trong 1", None, "OPV", None)
    lower = (None, None, None, "mũi 1", "mũi 2", "①", "②")
    sheet = right(workbook(tmp_path, upper, lower, (1, "An", None, "3/3/2026")))
    assert sheet.headings[2:] == ("Lao", "5 trong 1 mũi 1", "5 trong 1 mũi 2", "OPV ①", "OPV ②")
    assert [row.line for row in sheet.rows] == [3]


def test_a_first_row_without_a_number_is_no_second_line_of_headings(tmp_path: Path) -> None:
    sheet = right(workbook(tmp_path, ("STT", "Họ tên", "", "BCG"), ("", "An", "x", "3/3/2026")))
    assert len(sheet.rows) == 1


def test_one_sheet_of_several_can_be_named(tmp_path: Path) -> None:
    book = Workbook()
    other = book.create_sheet("2025")
    other.append(["a", "b"])
    other.append(["1", "2"])
    file = workbook(tmp_path, HEADINGS, (1, "An"), book=book)
    assert right(file).headings[0] == "STT"
    assert right(file, "2025").headings == ("a", "b")
    assert wrong(file, "2024") == "the file: it has no sheet “2024”; it has Sheet, 2025."


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_whatever_divides_it(tmp_path: Path, delimiter: str) -> None:
    lines = ("Sổ tiêm", delimiter.join(("Họ tên", "BCG")), delimiter.join(('"An\r\nBé"', "3/3/2026")), "x" + delimiter)
    sheet = right(text(tmp_path, *lines))
    assert (sheet.headings, sheet.heading_line) == (("Họ tên", "BCG"), 2)
    assert [(row.line, row.cells) for row in sheet.rows] == [(3, ("An Bé", "3/3/2026")), (5, ("x", ""))]


def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    assert "not UTF-8 text" in wrong(text(tmp_path, "姓名,卡介苗", "王,x", encoding="gb18030"))
    assert "it is empty" in wrong(text(tmp_path, "", ""))
    assert "quotation mark left open" in wrong(text(tmp_path, "a,b", '"An,1'))
    file = tmp_path / "broken.xlsx"
    for raw, told in ((b"\xd0\xcf\x11\xe0 old", "an old workbook"), (b"PK\x03\x04 cut off", "cannot be read")):
        file.write_bytes(raw)
        assert told in wrong(file)


def test_what_is_far_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = workbook(tmp_path, HEADINGS, *((number, "An") for number in range(20)))
    monkeypatch.setattr(reading, "LAST_LINE", 10)
    assert wrong(file).startswith("line 10: the register goes on below this line")
    monkeypatch.setattr(workbook_file, "LARGEST_UNPACKED", 100)
    assert "unpacks to far more" in wrong(file)
    monkeypatch.setattr(workbook_file, "LARGEST_FILE", 100)
    assert "larger than" in wrong(file)

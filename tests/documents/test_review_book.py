"""The spreadsheet for a clinician: nothing in it is a formula, and what she writes comes back as she wrote it."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from documents.review_book import COLUMNS, ReviewWords, read_review_book, write_review_book
from domain.review_sheet import ReturnedSheet, ReturnedText, ReviewBatch, ShownText, fingerprint
from domain.row_problem import RowProblem

WORDS = ReviewWords({name: name.title() for name in COLUMNS}, "Read first", ("Please read.",), ("có", "không"))
NEW, APPROVED, REMARK = (f"{letter}{{}}" for letter in "HIJ")


def shown(key: str = "a.b", text: str = "Bế bé.", english: str = "Hold the baby.") -> ShownText:
    return ShownText(key, "day 1", "draft", english, text, "Is it so?", "WHO, 2023")


def batch(*texts: ShownText, number: int = 1) -> ReviewBatch:
    return ReviewBatch(number, f"Đợt {number}", texts)


def book(*batches: ReviewBatch) -> Any:
    return load_workbook(io.BytesIO(write_review_book(batches, "vi", WORDS)))


def returned(path: Path, answered: Callable[[Any], None], *batches: ReviewBatch) -> ReturnedSheet:
    made = book(*batches)
    answered(made)
    made.save(path / "back.xlsx")
    read = read_review_book(path / "back.xlsx")
    assert isinstance(read, ReturnedSheet), read
    return read


def nothing(_book: Any) -> None:
    """She has not looked at it yet."""


@pytest.mark.parametrize("text", ["=1+2", "+84 912", "-5 độ", "@bot", '=HYPERLINK("http://x.example")', "'=1"])
def test_no_text_is_ever_a_formula(tmp_path: Path, text: str) -> None:
    page = book(batch(shown(text=text, english=text))).worksheets[1]
    for cell in (page["D3"], page["E3"]):
        assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
        assert cell.quotePrefix == (text[0] in "=+-@")
    (row,) = returned(tmp_path, nothing, batch(shown(text=text, english=text))).texts
    assert (row.english, row.shown) == (text, fingerprint(text))


def test_each_batch_has_a_sheet_with_a_frozen_head_and_wrapped_cells() -> None:
    made = book(batch(shown()), batch(shown("a.c"), number=2))
    assert made.sheetnames == ["Read first", "Đợt 1", "Đợt 2"]
    page = made["Đợt 2"]
    assert page.freeze_panes == "B3"
    assert [cell.value for cell in page[2]] == [name.title() for name in COLUMNS]
    assert all(cell.alignment.wrap_text for cell in page[3])
    assert page.row_dimensions[1].hidden


def test_only_her_columns_can_be_written_into() -> None:
    page = book(batch(shown())).worksheets[1]
    assert page.protection.sheet
    assert [cell.column_letter for cell in page[3] if not cell.protection.locked] == ["H", "I", "J"]
    assert page.data_validations.dataValidation[0].formula1 == '"có,không"'


def test_what_she_writes_comes_back(tmp_path: Path) -> None:
    def answer(made: Any) -> None:
        page = made["Đợt 2"]
        page["H3"], page["I3"], page["J3"] = "Bế bé nhé.\r\nMỗi ngày. ", "có", "rõ hơn"

    sheet = returned(tmp_path, answer, batch(shown()), batch(shown("a.c"), number=2))
    untouched, row = sheet.texts
    assert (sheet.language, untouched.is_answered) == ("vi", False)
    assert row == ReturnedText(
        "Đợt 2, line 3", "a.c", "Hold the baby.", fingerprint("Bế bé."), "Bế bé nhé.\nMỗi ngày.", "có", "rõ hơn"
    )


def test_columns_may_have_been_moved(tmp_path: Path) -> None:
    def move(made: Any) -> None:
        page = made["Đợt 1"]
        page["I3"] = "có"
        page.insert_cols(1)

    (row,) = returned(tmp_path, move, batch(shown())).texts
    assert (row.key, row.approved) == ("a.b", "có")


def test_a_formula_that_she_typed_is_told(tmp_path: Path) -> None:
    def calculate(made: Any) -> None:
        made["Đợt 1"]["H3"] = "=A1&B1"

    (row,) = returned(tmp_path, calculate, batch(shown())).texts
    assert "holds a formula" in row.problem
    assert row.is_answered


@pytest.mark.parametrize("raw", [b"", b"key,english", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0 old"])
def test_what_is_no_workbook_is_told(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "back.xlsx").write_bytes(raw)
    assert isinstance(read_review_book(tmp_path / "back.xlsx"), RowProblem)


def test_a_workbook_of_somebody_else_is_told(tmp_path: Path) -> None:
    other = Workbook()
    other.worksheets[0].append(["Họ tên", "Ngày sinh"])
    other.save(tmp_path / "back.xlsx")
    assert "none of our sheets" in str(read_review_book(tmp_path / "back.xlsx"))


def test_two_languages_in_one_workbook_are_refused(tmp_path: Path) -> None:
    made = book(batch(shown()), batch(shown("a.c"), number=2))
    made["Đợt 2"]["E1"] = "text:zh"
    made.save(tmp_path / "back.xlsx")
    assert isinstance(read_review_book(tmp_path / "back.xlsx"), RowProblem)

"""What becomes of each row of a register of families, and what somebody is told whose row is wrong."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from app.families_file import FamiliesFile, read_families_file, tell
from content.phones import parse_phone
from domain.row_problem import RowProblem
from domain.sex import Sex

TODAY = date(2026, 11, 22)
PLAIN = "child_name,birth_date,sex"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.csv"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def read(path: Path, languages: tuple[str, ...]) -> FamiliesFile | tuple[RowProblem, ...]:
    read_phone = partial(parse_phone, country="VN")
    return read_families_file(path, {}, today=TODAY, read_phone=read_phone, languages=languages)


def right(path: Path, languages: tuple[str, ...] = ("vi",)) -> FamiliesFile:
    found = read(path, languages)
    assert isinstance(found, FamiliesFile), tell(found)
    return found


def wrong(path: Path, languages: tuple[str, ...] = ("vi",)) -> tuple[RowProblem, ...]:
    found = read(path, languages)
    assert isinstance(found, tuple)
    return found


def test_siblings_and_twins_and_a_pregnancy_are_one_family_by_their_label(path: Path) -> None:
    lines = (
        "family,phone,child_name,birth_date,sex,due_date",
        "H1,0912345678,An,2026-11-03,f,",
        "H2,,Bo,2026-11-03,m,",
        "h1,,Na,2026-11-03,f,",
        "H1,,,,,20/5/2027",
    )
    first, second = right(write(path, *lines)).families
    assert [child.name for child in first.children] == ["An", "Na"]
    assert (first.phone, first.due_on, first.line) == ("+84912345678", date(2027, 5, 20), 2)
    assert [child.name for child in second.children] == ["Bo"]


def test_twins_without_names_are_two_children(path: Path) -> None:
    lines = (f"{PLAIN},family", "chưa đặt tên,2026-11-03,nữ,H1", "Chưa đặt tên,2026-11-03,nữ,H1")
    (family,) = right(write(path, *lines)).families
    assert [child.name for child in family.children] == ["", ""]


@pytest.mark.parametrize(
    ("sex", "words"),
    [(Sex.FEMALE, ("Nữ", "gái", "女", "f", "female")), (Sex.MALE, ("nam", "TRAI", "男", "M", "boy"))],
)
def test_the_sex_is_read_as_registers_write_it(path: Path, sex: Sex, words: tuple[str, ...]) -> None:
    found = right(write(path, PLAIN, *(f"An {word},2026-11-03,{word}" for word in words)))
    assert [family.children[0].sex for family in found.families] == [sex] * len(words)


@pytest.mark.parametrize(
    ("word", "role"),
    [
        *(("mẹ", "mother"), ("Bố", "father"), ("bà ngoại", "grandmother"), ("爷爷", "grandfather")),
        *(("监护人", "guardian"), ("other_relative", "other_relative"), ("福利院", "institution"), ("", "mother")),
    ],
)
def test_the_caregiver_is_read_as_registers_write_her(path: Path, word: str, role: str) -> None:
    assert right(write(path, f"{PLAIN},role", f"An,2026-11-03,f,{word}")).families[0].role == role


def test_a_word_that_may_be_a_father_or_a_grandmother_is_not_guessed(path: Path) -> None:
    (problem,) = wrong(write(path, f"{PLAIN},role", "An,2026-11-03,f,ba"))
    assert str(problem).startswith("line 2, role: “ba”; expected mẹ, bố, bà")


@pytest.mark.parametrize(("word", "tag"), [("VI", "vi"), ("Tiếng Việt", "vi"), ("中文", "zh"), ("tyz", "tyz")])
def test_the_language_is_read_by_tag_or_name(path: Path, word: str, tag: str) -> None:
    lines = (f"{PLAIN},language", f"An,2026-11-03,f,{word}")
    assert right(write(path, *lines), languages=("vi", "zh", "tyz")).families[0].language == tag


@pytest.mark.parametrize(
    "written", ["03/11/2026", "3.11.2026", "2026-11-03", "3/11/26", "3 tháng 11 năm 2026", "2026-11-03 00:00:00"]
)
def test_birth_dates_are_read_in_the_writings_of_a_register(path: Path, written: str) -> None:
    (family,) = right(write(path, PLAIN, f"An,{written},f")).families
    assert family.children[0].birth_date == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("birth_date", "31/2/2026", "“31/2/2026”: there is no such day in the calendar; write it like 15/3/2026"),
        ("birth_date", "3/25/2026", "(the day first) or 2026-03-15"),
        ("birth_date", "3/12/2026", "this day is still to come; mend it"),
        ("birth_date", "3/11/2019", "has had the sixth birthday"),
        ("birth_date", "3/11/2026 4/11/2026", "in more than one way; write only the birth date"),
        ("birth_date", "3/11", "this date has no year; write it like"),
        ("birth_date", "hôm qua", "this date has no year"),
        ("birth_date", "21/03/22", "with the day or the year first; write the year with four digits"),
        ("birth_date", "12/9 âm lịch", "not a date of the solar calendar"),
        ("birth_date", "46329", "“46329”: this is not a date"),
        ("birth_date", "=1+1", "“=1+1”: this is not a date"),
        ("birth_date", "", "there is no birth date and no due date; write one of them"),
        ("birth_weight", "9 kg", "“9 kg”: this is not a birth weight; write it in grams or kilograms"),
        ("gestation", "52", "write one from 22 to 44"),
        ("phone", "0912", "not one telephone number that can be called; write one as it is dialled"),
        ("phone", "9.12E+08", "the spreadsheet has shortened this number; make the column “Text”"),
        ("child_name", "", "it is empty; write the child's name, or “not yet named”"),
        ("child_name", "=1+1", "a name needs letters"),
        ("child_name", "Nguy?n Th? An", "letters were lost when the file was saved"),
        ("child_name", "An" * 30, "this name is too long; 40 letters fit"),
        ("sex", "", "it is empty; expected nam, nữ"),
        ("sex", "1", "“1”; expected nam, nữ, 男, 女, male or female"),
        ("language", "", "it is empty; expected one of vi, zh"),
        ("language", "fr", "“fr”; expected one of vi, zh"),
        ("due_date", "3/12/2026", "a birth date and a due date; clear one"),
    ],
)
def test_a_wrong_cell_is_told_with_its_line_its_column_and_how_to_mend_it(
    path: Path, column: str, cell: str, words: str
) -> None:
    row = {"language": "vi", "phone": "0912345678", "child_name": "An", "birth_date": "3/11/2026", "sex": "f"}
    row |= {"birth_weight": "3200", "gestation": "39", "due_date": "", column: cell}
    (problem,) = wrong(write(path, ",".join(row), "", ",".join(row.values())), languages=("vi", "zh"))
    assert str(problem).startswith(f"line 3, {column}: ")
    assert words in problem.sentence
    assert problem.sentence.endswith(".")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1/10/2026", "more than three weeks ago; if the child is born, write the birth date instead"),
        ("1/12/2027", "too far ahead for a due date"),
        ("30/2/2027", "there is no such day"),
        ("15/3", "this date has no year"),
    ],
)
def test_a_wrong_due_date_is_told(path: Path, cell: str, words: str) -> None:
    (problem,) = wrong(write(path, "due_date", cell))
    assert words in problem.sentence


def test_the_sex_of_the_unborn_is_refused_and_not_repeated(path: Path) -> None:
    (problem,) = wrong(write(path, f"{PLAIN},due_date", ",,gái,15/3/2027"))
    assert (problem.line, problem.column) == (2, "sex")
    assert "clear this cell" in problem.sentence
    assert "gái" not in str(problem)


def test_names_and_numbers_are_not_repeated_where_they_are_wrong(path: Path) -> None:
    problems = wrong(write(path, f"{PLAIN},phone", "Lan?,2026-11-03,f,0987"))
    assert {problem.column for problem in problems} == {"child_name", "phone"}
    assert "Lan" not in " ".join(tell(problems))
    assert "0987" not in " ".join(tell(problems))


def test_the_second_of_two_equal_children_is_told(path: Path) -> None:
    lines = (PLAIN, "An,03/11/2026,f", "An,03/11/2026,m", "AN,2026-11-03,gái")
    (problem,) = wrong(write(path, *lines))
    assert (problem.line, problem.column) == (4, "child_name")
    assert "is on line 2 too; take one of the rows out" in problem.sentence


def test_an_equal_child_is_told_though_something_else_of_its_row_is_wrong(path: Path) -> None:
    problems = wrong(write(path, f"{PLAIN},phone", "An,2026-11-03,f,", "An,2026-11-03,f,1"))
    assert [(problem.line, problem.column) for problem in problems] == [(3, "phone"), (3, "child_name")]


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [
        ("role", "mẹ", "bố"),
        ("phone", "0912345678", "0912345679"),
        ("volunteer", "Minh", "Hoa"),
        ("language", "vi", "zh"),
    ],
)
def test_rows_of_one_family_must_agree(path: Path, column: str, first: str, second: str) -> None:
    header = f"{PLAIN},family,{column}"
    lines = (header, f"An,2026-11-03,f,H1,{first}", f"Na,2024-11-03,f,H1,{second}", f"Bo,2026-11-03,m,H2,{second}")
    languages = ("vi", "zh") if column == "language" else ("vi",)
    (problem,) = wrong(write(path, *lines), languages=languages)
    assert (problem.line, problem.column) == (3, column)
    assert "not the same as on line 2 of the same family" in problem.sentence


def test_a_second_pregnancy_of_a_family_is_told(path: Path) -> None:
    (problem,) = wrong(write(path, "due_date,family", "15/3/2027,H1", "15/3/2027,H1"))
    assert (problem.line, problem.column) == (3, "due_date")
    assert "a due date on line 2 already" in problem.sentence


def test_a_village_is_not_taken_for_one_family(path: Path) -> None:
    rows = [f"An{row},2026-11-03,f,Bãi Cháy" for row in range(40)]
    (problem,) = wrong(write(path, f"{PLAIN},family", *rows))
    assert (problem.line, problem.column) == (14, "family")
    assert "is it the right column?" in problem.sentence


def test_an_institution_may_care_for_many_children(path: Path) -> None:
    rows = [f"An{row},2026-11-03,f,Nhà trẻ,institution" for row in range(40)]
    (family,) = right(write(path, f"{PLAIN},family,role", *rows)).families
    assert len(family.children) == 40


def test_a_formula_stays_the_text_that_it_is(path: Path) -> None:
    (family,) = right(write(path, f"{PLAIN},volunteer", "An,2026-11-03,f,=1+1")).families
    assert family.volunteer == "=1+1"


@pytest.mark.parametrize("column", ["child_name", "birth_date", "sex", "phone", "birth_weight", "family", "volunteer"])
@pytest.mark.parametrize("letter", ["a", "1"])
def test_a_hundred_thousand_letters_in_a_cell_are_refused_in_a_short_sentence(
    path: Path, column: str, letter: str
) -> None:
    row = {"child_name": "An", "birth_date": "3/11/2026", "sex": "f", "phone": "", "birth_weight": "", "family": ""}
    row |= {"volunteer": "", column: letter * 100_000}
    (problem,) = wrong(write(path, ",".join(row), ",".join(row.values())))
    assert str(problem) == f"line 2, {column}: this cell has 100,000 letters; at most 200 fit, shorten it."

"""What somebody is told who brings in a health station's register of families from a spreadsheet."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from app.families_file import FamiliesFile, read_families_file, tell
from app.families_rows import FamilyRow
from content.phones import parse_phone
from domain.reader import Role
from domain.row_problem import RowProblem
from domain.sex import Sex
from services.ports.families import NewChild
from tests.fakes.stopwatch import quiet_seconds

TODAY = date(2026, 11, 22)
PLAIN = "child_name,birth_date,sex"
FULL = (
    "role,language,phone,child_name,birth_date,sex,birth_weight,gestation,due_date,family,volunteer",
    'grandmother,vi,0912 345 678,An,03/11/2026,nữ,"3,2 kg",39 tuần,,H1,Minh',
)
AN = NewChild("An", date(2026, 11, 3), Sex.FEMALE, 3200, 39)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.csv"


def write(path: Path, *lines: str, encoding: str = "utf-8", ending: str = "\r\n") -> Path:
    path.write_bytes(ending.join(lines).encode(encoding))
    return path


def read(
    path: Path, mapping: Mapping[str, str] | None = None, languages: tuple[str, ...] = ("vi",), country: str = "VN"
) -> FamiliesFile | tuple[RowProblem, ...]:
    read_phone = partial(parse_phone, country=country)
    return read_families_file(path, mapping or {}, today=TODAY, read_phone=read_phone, languages=languages)


def right(
    path: Path, mapping: Mapping[str, str] | None = None, languages: tuple[str, ...] = ("vi",), country: str = "VN"
) -> FamiliesFile:
    found = read(path, mapping, languages, country)
    assert isinstance(found, FamiliesFile), tell(found)
    return found


def wrong(
    path: Path, mapping: Mapping[str, str] | None = None, languages: tuple[str, ...] = ("vi",)
) -> tuple[RowProblem, ...]:
    found = read(path, mapping, languages)
    assert isinstance(found, tuple)
    return found


def test_a_row_gives_a_family_with_everything_that_the_register_says(path: Path) -> None:
    found = right(write(path, *FULL), languages=("vi", "zh"))
    assert found.families == (
        FamilyRow(
            role=Role.GRANDMOTHER,
            language="vi",
            phone="+84912345678",
            children=(AN,),
            due_on=None,
            volunteer="Minh",
            line=2,
        ),
    )


def test_without_a_role_the_caregiver_is_the_mother_and_what_is_not_known_stays_open(path: Path) -> None:
    (family,) = right(write(path, PLAIN, "An,2026-11-03,f")).families
    assert (family.role, family.phone, family.volunteer, family.due_on) == (Role.MOTHER, None, "", None)
    assert family.children == (NewChild("An", date(2026, 11, 3), Sex.FEMALE),)


def test_a_vietnamese_register_is_read_by_its_own_headings(path: Path) -> None:
    heading = "STT;HỌ TÊN TRẺ;Ngay sinh;Giới tính;Điện thoại mẹ;Ghi chú"
    found = right(write(path, heading, "1;An;03/11/2026;Nữ;0912345678;hay khóc", encoding="utf-8-sig"))
    assert found.columns == {
        "phone": "Điện thoại mẹ",
        "child_name": "HỌ TÊN TRẺ",
        "birth_date": "Ngay sinh",
        "sex": "Giới tính",
    }
    assert found.families[0].phone == "+84912345678"


def test_a_chinese_register_is_read_by_its_own_headings(path: Path) -> None:
    lines = ("姓名\t性别\t出生日期\t电话\t备注", "安安\t女\t2026年11月3日\t138 1234 5678\t早产")
    found = right(write(path, *lines), languages=("zh",), country="CN")
    (family,) = found.families
    assert (family.language, family.phone) == ("zh", "+8613812345678")
    assert family.children == (NewChild("安安", date(2026, 11, 3), Sex.FEMALE),)


def test_notes_are_told_as_not_read_and_kept_nowhere(path: Path) -> None:
    found = right(write(path, f"{PLAIN},Ghi chú,Ghi chú", "An,2026-11-03,f,nhà nghèo,HIV"))
    assert found.ignored == ("Ghi chú", "Ghi chú")
    assert "HIV" not in repr(found)
    assert "nhà nghèo" not in repr(found)


def test_a_station_says_which_of_its_columns_is_meant(path: Path) -> None:
    lines = ("Họ tên,Tên ở nhà,Ngày sinh,Phái", "Nguyễn Thị An,Tí,2026-11-03,nữ")
    found = right(write(path, *lines), {"child_name": "ten o NHA", "sex": "Phái"})
    assert found.families[0].children[0].name == "Tí"
    assert (found.columns["child_name"], found.columns["sex"]) == ("Tên ở nhà", "Phái")
    assert found.ignored == ("Họ tên",)


def test_a_field_can_be_left_out_though_a_column_has_its_name(path: Path) -> None:
    found = right(
        write(path, f"{PLAIN},family", "An,2026-11-03,f,Bãi Cháy", "Na,2026-11-04,f,Bãi Cháy"), {"family": ""}
    )
    assert len(found.families) == 2
    assert found.ignored == ("family",)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_file_is_read_as_any_spreadsheet_saves_it(path: Path, separator: str, ending: str) -> None:
    lines = [PLAIN, '"An",2026-11-03,"f"', ",,", "Na,2026-11-04,f", ""]
    write(path, *(line.replace(",", separator) for line in lines), encoding="utf-8-sig", ending=ending)
    assert [(family.line, family.children[0].name) for family in right(path).families] == [(2, "An"), (4, "Na")]


def test_a_register_of_pregnancies_needs_no_column_of_children(path: Path) -> None:
    found = right(write(path, "Họ và tên;Ngày dự sinh", "Lan;15/3/2027"))
    assert (found.families[0].due_on, found.families[0].children) == (date(2027, 3, 15), ())
    assert found.ignored == ("Họ và tên",)


def test_a_wrong_cell_is_told_under_the_heading_that_the_station_gave_it(path: Path) -> None:
    (problem,) = wrong(write(path, "Tên bé;Ngày sinh;Giới tính", "An;31/2/2026;nữ"))
    assert str(problem).startswith("line 2, Ngày sinh: ")


def test_all_wrong_cells_of_all_rows_are_told_at_once(path: Path) -> None:
    lines = (f"{PLAIN},phone", "An,31/2/2026,x,12", "Na,2026-11-04,f,", ",2026-11-05,f,", "Bo,2026-11-06,y,")
    problems = wrong(write(path, *lines))
    assert {(problem.line, problem.column) for problem in problems} == {
        *((2, "birth_date"), (2, "sex"), (2, "phone"), (4, "child_name"), (5, "sex"))
    }
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


def test_of_very_many_problems_two_hundred_are_shown_and_the_rest_is_counted(path: Path) -> None:
    problems = wrong(write(path, PLAIN, *(f"An{row},31/2/2026,f" for row in range(1234))))
    lines = tell(problems)
    assert len(problems) == 1234
    assert len(lines) == 201
    assert lines[-1] == "And 1,034 more; mend these first and read the file again."


def test_a_missing_column_is_told_with_what_the_file_has(path: Path) -> None:
    problems = wrong(write(path, "Tên bé;Ngày khám", "An;2026-11-03"), languages=("vi", "zh"))
    assert [problem.column for problem in problems] == ["birth_date", "sex", "language"]
    assert "ngày sinh" in problems[0].sentence
    assert "the first line has “Tên bé”, “Ngày khám”." in problems[0].sentence


def test_two_headings_alike_are_told_only_where_one_of_them_is_needed(path: Path) -> None:
    (problem,) = wrong(write(path, f"{PLAIN},Sex ", "An,2026-11-03,f,m"))
    assert (problem.line, problem.column) == (1, "sex")
    assert "more than one column could be this: “sex”, “Sex”" in problem.sentence


def test_two_known_headings_of_one_field_are_asked_about(path: Path) -> None:
    lines = ("Họ tên,Tên ở nhà,Tên bé,Ngày sinh,Giới tính", "Nguyễn Thị An,Tí,An,2026-11-03,nữ")
    (problem,) = wrong(write(path, *lines))
    assert problem.column == "child_name"
    assert "“Họ tên”, “Tên bé”; say or rename" in problem.sentence
    assert right(path, {"child_name": "Tên bé"}).families[0].children[0].name == "An"


def test_a_mapping_that_does_not_fit_is_told(path: Path) -> None:
    problems = wrong(
        write(path, f"{PLAIN},", "An,2026-11-03,f,H1"), {"birthdate": "x", "phone": "Số máy", "family": "?"}
    )
    assert str(problems[0]) == "birthdate: no such field is known; did you mean birth_date?"
    assert "“?” is not a heading of this file" in problems[2].sentence
    assert "“Số máy” is not a heading of this file; the first line has “child_name”" in problems[1].sentence


@pytest.mark.parametrize(
    ("lines", "words"),
    [((), "the file: it is empty"), (("", ",,"), "it is empty"), ((PLAIN,), "there is no row below")],
)
def test_a_file_without_rows_is_refused(path: Path, lines: tuple[str, ...], words: str) -> None:
    (problem,) = wrong(write(path, *lines))
    assert words in str(problem)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-16", "họ tên"),
        ("utf-16-le", "họ tên"),
        ("cp1258", "giới tính".replace("ớ", "ơ\u0301")),
        ("gb18030", "姓名"),
    ],
)
def test_a_file_in_another_writing_is_refused_in_words(path: Path, encoding: str, text: str) -> None:
    path.write_bytes(f"phone\n{text}".encode(encoding, errors="replace"))
    (problem,) = wrong(path)
    assert "UTF-16" in problem.sentence if encoding.startswith("utf") else "Windows-1258" in problem.sentence
    assert "save it as “CSV UTF-8 (Comma delimited)”" in problem.sentence


@pytest.mark.parametrize(("name", "start"), [("a.xlsx", b"PK\x03\x04"), ("a.csv", b"PK\x03\x04"), ("a.XLSX", b"An")])
def test_a_workbook_is_to_be_saved_as_csv_first(tmp_path: Path, name: str, start: bytes) -> None:
    (tmp_path / name).write_bytes(start + b"\0\xff")
    (problem,) = wrong(tmp_path / name)
    assert str(problem).startswith("the file: this is a workbook")
    assert "CSV UTF-8" in problem.sentence


def test_a_hundred_thousand_letters_in_a_note_or_a_heading_do_no_harm(path: Path) -> None:
    lines = (f"{PLAIN},Ghi chú,{'b' * 100_000}", f"An,2026-11-03,f,{'c' * 100_000},")
    assert len(repr(right(write(path, *lines)))) < 1000


def test_letters_that_steer_a_terminal_are_not_repeated(path: Path) -> None:
    lines = tell(wrong(write(path, f"{PLAIN},\x1b[2Jphone", "An,2026-11-03,\x1b[31mx\u202e,"), {"role": "x"}))
    lines += tell(wrong(write(path, PLAIN, "An,2026-11-03,\x1b[31mx\u202e")))
    assert not any("\x1b" in line or "\u202e" in line for line in lines)


def test_a_row_with_a_missing_or_spare_cell_is_told_and_spare_empty_ones_are_not(path: Path) -> None:
    problems = wrong(write(path, PLAIN, "An,2026-11-03", "Na,2026-11-04,f,,", "Bo,2026-11-05,m,x"))
    assert [str(problem).partition(";")[0] for problem in problems] == [
        "line 2: this row has 2 cells and the first line has 3",
        "line 4: this row has 4 cells and the first line has 3",
    ]


def test_an_open_quotation_mark_is_told_where_it_begins_and_the_rows_above_are_read(path: Path) -> None:
    problems = wrong(write(path, PLAIN, "An,31/2/2026,f", '"Na,2026-11-04,f', "Bo,2026-11-05,m"))
    assert [problem.line for problem in problems] == [2, 3]
    assert "quotation mark left open" in problems[1].sentence


def test_lines_are_counted_as_an_editor_does_when_a_note_has_two(path: Path) -> None:
    (problem,) = wrong(write(path, f"{PLAIN},note", 'An,2026-11-03,f,"one\ntwo"', "Na,31/2/2026,f,"))
    assert problem.line == 4


def test_rows_that_are_only_numbered_are_passed_over(path: Path) -> None:
    assert len(right(write(path, f"STT,{PLAIN}", "1,An,2026-11-03,f", "2,,,", "3,,,")).families) == 1


def test_a_file_too_large_for_a_register_is_not_read(path: Path) -> None:
    path.write_bytes(b"a" * 10_000_001)
    (problem,) = wrong(path)
    assert "split it into several files" in problem.sentence


@pytest.mark.parametrize("label", ["H{row}", "one"])
def test_two_thousand_rows_are_read_within_two_seconds(path: Path, label: str) -> None:
    rows = [
        f"0912{row:06d},An {row},{row % 28 + 1:02d}/10/2026,nữ,3200,39,{label.format(row=row)}" for row in range(2000)
    ]
    write(path, "phone,child_name,birth_date,sex,birth_weight,gestation,family", *rows)
    assert quiet_seconds(lambda: read(path), times=1) < 2

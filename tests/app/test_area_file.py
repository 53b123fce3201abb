"""What somebody is told who imports provinces, communes and facilities from a spreadsheet."""

from datetime import date
from pathlib import Path

import pytest

from app.area_file import COLUMNS, AreaFile, RowError, read_area_file
from domain.area import FacilityKind, Province
from services.staff.import_area import FacilityRow

HEADER = ",".join(COLUMNS)
QUANG_NINH = "QN,Quảng Ninh,VN,Asia/Ho_Chi_Minh,115,111,2026-11-01"
HONG_GAI = f"{QUANG_NINH},Hồng Gai,Trạm Y tế Hồng Gai,health_station,0203 3825 115,07:00-17:00,2nd Wed @ 07:30-10:30"
BAI_CHAY = f"{QUANG_NINH},Bãi Cháy,Trạm Y tế Bãi Cháy,health_station,0203 3846 115,07:00-17:00,"


def write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "area.csv"


def errors_of(path: Path, *lines: str) -> list[RowError]:
    read = read_area_file(write(path, *lines))
    assert isinstance(read, list)
    return read


def area_of(path: Path, *lines: str, encoding: str = "utf-8") -> AreaFile:
    read = read_area_file(write(path, *lines, encoding=encoding))
    assert isinstance(read, AreaFile), read
    return read


def test_a_right_file_gives_its_provinces_and_facilities(path: Path) -> None:
    area = area_of(path, HEADER, HONG_GAI, BAI_CHAY + '"day 5,20"')
    province = Province("QN", "Quảng Ninh", "VN", "Asia/Ho_Chi_Minh", "115", "111", date(2026, 11, 1))
    assert area.provinces == (province,)
    assert area.facilities[0] == FacilityRow(
        province_code="QN",
        commune="Hồng Gai",
        name="Trạm Y tế Hồng Gai",
        kind=FacilityKind.HEALTH_STATION,
        phone="0203 3825 115",
        hours="07:00-17:00",
        session_rule="2nd Wed @ 07:30-10:30",
    )
    assert area.facilities[1].session_rule == "day 5,20"


def test_a_file_as_spreadsheets_save_it_is_read_too(path: Path) -> None:
    semicolons = (HEADER.replace(",", ";"), HONG_GAI.replace(",", ";"), ";" * (len(COLUMNS) - 1), "")
    assert area_of(path, *semicolons, encoding="utf-8-sig") == area_of(path, HEADER, HONG_GAI)


def test_columns_may_stand_in_another_order(path: Path) -> None:
    order = list(reversed(COLUMNS))
    cells = list(reversed(HONG_GAI.split(",")))
    assert area_of(path, ",".join(order), ",".join(cells)) == area_of(path, HEADER, HONG_GAI)


def test_a_row_said_twice_is_taken_once(path: Path) -> None:
    assert area_of(path, HEADER, HONG_GAI, HONG_GAI.replace("2nd Wed @ 07:30", "2ND WED @ 7:30")) == area_of(
        path, HEADER, HONG_GAI
    )


@pytest.mark.parametrize(
    ("right", "wrong", "column", "words"),
    [
        ("Asia/Ho_Chi_Minh", "Asia/Hanoi2", "zone", "“Asia/Hanoi2”; expected an IANA time zone"),
        (",VN,", ",VNM,", "country", "“VNM”; expected a country's two letters"),
        ("health_station", "station", "kind", "“station”; expected one of health_station, hospital"),
        ("2026-11-01", "1/11/2026", "phones_verified_on", "“1/11/2026”; expected a date as year-month-day"),
        ("2026-11-01", "2026-02-30", "phones_verified_on", "“2026-02-30”; expected a date as year-month-day"),
        ("2nd Wed", "2nd Wod", "session_rule", "“Wod”: A day of the week is one of Mon"),
        ("2nd Wed @ 07:30-10:30", "", "session_rule", "There is no session day in this line"),
        ("0203 3825 115", "at the market", "phone", "“at the market”; expected a telephone number"),
        (",115,", ",,", "emergency_phone", "it is empty; expected a telephone number"),
        (",Hồng Gai,", ", ,", "commune", "it is empty; expected a text"),
    ],
)
def test_a_wrong_cell_is_told_with_its_line_column_and_what_was_expected(
    path: Path, right: str, wrong: str, column: str, words: str
) -> None:
    (error,) = errors_of(path, HEADER, BAI_CHAY + "last Fri", HONG_GAI.replace(right, wrong))
    assert (error.line, error.column) == (3, column)
    assert words in error.problem
    assert str(error).startswith(f"line 3, {column}: ")


def test_all_wrong_cells_of_all_rows_are_told_at_once(path: Path) -> None:
    bad = HONG_GAI.replace("VN", "V").replace("2nd", "9th")
    errors = errors_of(path, HEADER, bad, BAI_CHAY + "last Fri", BAI_CHAY)
    assert [(error.line, error.column) for error in errors] == [
        (2, "country"),
        (2, "session_rule"),
        (4, "session_rule"),
    ]


def test_a_province_must_be_the_same_on_every_row(path: Path) -> None:
    (error,) = errors_of(path, HEADER, HONG_GAI, (BAI_CHAY + "last Fri").replace(",115,", ",113,"))
    assert (error.line, error.column) == (3, "province_code")
    assert "than on line 2" in error.problem


def test_a_facility_said_twice_in_different_ways_is_refused(path: Path) -> None:
    (error,) = errors_of(path, HEADER, HONG_GAI, HONG_GAI.replace("2nd", "3rd"))
    assert (error.line, error.column) == (3, "facility")
    assert "is on line 2 too" in error.problem


def test_a_missing_a_doubled_and_an_unknown_column_are_told(path: Path) -> None:
    errors = errors_of(path, HEADER.replace("hours", "hour") + ",zone", HONG_GAI + ",Asia/Ho_Chi_Minh")
    assert [(error.column, error.problem.partition(";")[0]) for error in errors] == [
        ("zone", "this column is there more than once"),
        ("hours", "this column is missing"),
        ("hour", "no such column is known"),
    ]
    assert "did you mean hours" in errors[-1].problem


def test_a_row_with_a_cell_too_many_is_told(path: Path) -> None:
    (error,) = errors_of(path, HEADER, HONG_GAI + ",day 5")
    assert str(error) == "line 2: this row has 14 cells; expected 13, as the first line has."


def test_lines_are_counted_as_an_editor_does_when_a_cell_has_two(path: Path) -> None:
    two_lines = HONG_GAI.replace("07:00-17:00", '"07:00-11:00\n13:00-17:00"')
    (error,) = errors_of(path, HEADER, two_lines, BAI_CHAY)
    assert error.line == 4


def test_an_open_quotation_mark_is_told_where_it_begins(path: Path) -> None:
    (error,) = errors_of(path, HEADER, HONG_GAI.replace("Trạm", '"Trạm'), BAI_CHAY + "last Fri")
    assert error.line == 2
    assert "quotation mark left open" in error.problem


@pytest.mark.parametrize(("lines", "words"), [((), "the file is empty"), ((HEADER,), "there is no row below")])
def test_a_file_without_rows_is_refused(path: Path, lines: tuple[str, ...], words: str) -> None:
    (error,) = errors_of(path, *lines)
    assert words in error.problem


def test_a_file_that_is_not_utf_8_is_refused_with_the_line(path: Path) -> None:
    path.write_bytes(f"{HEADER}\n".encode() + "Hå".encode("latin-1"))
    assert read_area_file(path) == [RowError(2, "", "this is not UTF-8 text: save the file as “CSV UTF-8”.")]


SETTLED = f"{HEADER},capacity,reminder_days,morning_reminder,emergency_route"


def test_a_file_may_say_what_a_facility_has_settled(path: Path) -> None:
    area = area_of(path, SETTLED, HONG_GAI + ",60,3,YES,Gọi xuồng 0203 555 0102", BAI_CHAY + "last Fri,,,,")
    said, silent = area.facilities
    assert said.settings == {
        "reminder_days": 3,
        "morning_reminder": True,
        "capacity": 60,
        "emergency_route": "Gọi xuồng 0203 555 0102",
    }
    assert silent.settings == {}
    assert area_of(path, SETTLED, HONG_GAI + ",,,no,").facilities[0].settings == {"morning_reminder": False}


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ("0,,,", "capacity", "“0”; expected 1 to 1000, or nothing"),
        ("many,,,", "capacity", "“many”; expected 1 to 1000, or nothing"),
        (",2,,", "reminder_days", "“2”; expected 1 or 3, or nothing"),
        (",,perhaps,", "morning_reminder", "“perhaps”; expected yes or no, or nothing"),
        (",,,boat", "emergency_route", "“boat”; expected 8 to 300 letters, or nothing"),
        (",,,none", "emergency_route", "“none”; expected 8 to 300 letters, or nothing"),
    ],
)
def test_a_wrong_setting_is_told(path: Path, cells: str, column: str, words: str) -> None:
    (error,) = errors_of(path, SETTLED, f"{HONG_GAI},{cells}")
    assert (error.line, error.column) == (2, column)
    assert words in error.problem


def test_a_setting_that_stands_there_twice_is_told(path: Path) -> None:
    errors = errors_of(path, SETTLED + ",capacity", HONG_GAI + ",,,,,")
    assert {(error.column, error.problem) for error in errors} == {
        ("capacity", "this column is there more than once; expected it once.")
    }

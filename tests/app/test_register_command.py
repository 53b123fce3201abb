"""`cradle register`: a colleague of Hoa says what the columns are, once, and brings in the spreadsheet."""

import asyncio
import shutil
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner, Result

from app.clock import SystemClock
from app.command_line import program
from content.library import load_library
from domain.identifiers import ChildId
from domain.moment import Moment
from services.ports.visits import Vaccination, VaccinationSource
from services.turn import Work
from services.visits.keep_doses import Teller, keep_doses
from storage.engine import open_database
from tests.fakes.databases import migrated_sqlite
from tests.storage.sessions import WITHOUT_CARE
from tests.storage.village import NOW, Village, settle

__all__ = ["migrated_sqlite"]

STATION = "Trạm Y tế Minh Châu"
HEADINGS = ("STT", "Họ tên trẻ", "Ngày sinh", "Giới tính", "SĐT mẹ", "Lao", "5 trong 1 mũi 1", "Mũi B", "Ghi chú")
BORN = date(2026, 10, 1)
_AN = ChildId(1)
AN = (1, "Nguyễn Thị An", BORN, "nữ", "0912 345 678", date(2026, 10, 2), "10/11/2026", None, "khỏe")
STRANGER = (2, "Trần Lạ", "2/10/2026", "nam", "", "3/10/2026", "", "", "")


async def _prepare(url: str) -> Village:
    """Lan told of a dose, and somebody wrote down the day of another wrongly."""
    database = open_database(url)
    village = await settle(database)
    async with database.begin() as uow:
        doses = [
            Vaccination(village.an, "BCG", BORN, VaccinationSource.RECORD),
            Vaccination(village.an, "HEPB0", BORN, VaccinationSource.RECORD),
            Vaccination(village.an, "PENTA", date(2026, 11, 9), VaccinationSource.REPORTED),
        ]
        await keep_doses(Work(uow, WITHOUT_CARE, Moment(NOW, NOW)), doses, Teller())
    await database.close()
    return village


LIBRARY = cache(load_library)
"""Loaded once: no command changes it."""


@pytest.fixture
def url(migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The settings say where a database of Minh Châu's station is; it is 20 November."""

    async def in_november(_clock: SystemClock) -> Moment:
        return Moment(NOW, NOW)

    url = f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRADLE_DATABASE_URL", url)
    monkeypatch.setenv("CRADLE_SECRET_KEY", "a key that only these tests know, 32+")
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr("app.wiring.load_library", LIBRARY)
    monkeypatch.setattr(SystemClock, "moment", in_november)
    asyncio.run(_prepare(url))
    return url


def book(path: Path, *rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> Path:
    made = Workbook()
    for row in (headings, *rows):
        made.worksheets[0].append(list(row))
    made.save(path / "register.xlsx")
    return path / "register.xlsx"


def asked(command: str, file: Path, *options: str, typed: str = "") -> Result:
    return CliRunner().invoke(program, ["register", command, STATION, str(file), *options], input=typed)


def plain(result: Result) -> str:
    return " ".join(result.output.replace("│", " ").split())


async def _doses(url: str) -> set[tuple[str, str, str]]:
    database = open_database(url)
    async with database.look() as uow:
        doses = await uow.registers.written_doses([_AN])
        given = (await uow.visits.vaccinations_of([_AN]))[_AN]
    await database.close()
    assert len(doses[_AN]) == len(given)
    return {(one.vaccine, one.given_on.isoformat(), one.source.value) for one in given}


def doses(url: str) -> set[tuple[str, str, str]]:
    return asyncio.run(_doses(url))


def mapped(tmp_path: Path, *rows: Sequence[object]) -> Path:
    file = book(tmp_path, *rows)
    done = asked("columns", file, "--yes")
    assert done.exit_code == 0, done.output
    return file


def test_columns_are_said_once_and_the_register_comes_in(url: str, tmp_path: Path) -> None:
    file = mapped(tmp_path, AN, STRANGER)
    done = asked("import", file)
    assert done.exit_code == 0, done.output
    told = plain(done)
    assert "Columns that are not read: STT, Mũi B, Ghi chú." in told
    assert "Children found: 1. Not in the programme here: 1." in told
    assert "New doses: 0. Reports of families confirmed: 1. Days put right: 1." in told
    assert "line 2: 2026-10-01 becomes BCG 2026-10-02" in told
    assert "No child here fits, and nothing was read: line 3." in told
    assert told.endswith(f"Saved for {STATION}.")
    assert doses(url) == {
        ("BCG", "2026-10-02", "register"),
        ("HEPB0", "2026-10-01", "record"),
        ("PENTA", "2026-11-10", "register"),
    }
    again = plain(asked("import", file))
    assert "New doses: 0. Reports of families confirmed: 0. Days put right: 0." in again


def test_a_dry_run_tells_the_same_and_saves_nothing(url: str, tmp_path: Path) -> None:
    before = doses(url)
    done = asked("import", mapped(tmp_path, AN), "--dry-run")
    assert (done.exit_code, doses(url)) == (0, before)
    assert "Days put right: 1." in plain(done)
    assert plain(done).endswith("Every row is right. Nothing was saved.")


def test_every_wrong_row_is_told_and_none_is_saved(url: str, tmp_path: Path) -> None:
    before = doses(url)
    wrong = (3, "Bé", "31/2/2026", "", "", "", "x", "", "")
    done = asked("import", mapped(tmp_path, AN, wrong, (*AN[:6], "1/12/2026")))
    assert (done.exit_code, doses(url)) == (1, before)
    told = plain(done)
    assert "line 3, Ngày sinh: “31/2/2026”: there is no such day" in told
    assert "line 3, 5 trong 1 mũi 1: “x”: this is not a date" in told
    assert "line 4, 5 trong 1 mũi 1: 2026-12-01 is still to come." in told
    assert "Nothing was saved." in told


def test_what_the_columns_are_is_shown_corrected_and_confirmed_on_the_terminal(url: str, tmp_path: Path) -> None:
    file = book(tmp_path, (*AN[:7], "12/11/2026"))
    done = asked(
        "columns",
        file,
        "--column",
        "sex=",
        typed="PENTA.1=Mũi B\nWATER.1=Ghi chú\nwater.1=\npenta.2=5 trong 1 mũi 1\ny\n",
    )
    told = plain(done)
    assert "Lao BCG.1 a guess" in told
    assert "Mũi B PENTA.1 said now" in told
    assert "the schedule has no vaccine WATER" in told
    assert "Giới tính – not read" in told
    assert done.exit_code == 0, told
    assert "not in order with 2026-11-12 in “Mũi B”" in plain(asked("import", file))


def test_nothing_is_kept_unless_somebody_agrees(url: str, tmp_path: Path) -> None:
    file = book(tmp_path, AN)
    refused = asked("columns", file, typed="n\n")
    assert (refused.exit_code, "Nothing was saved." in plain(refused)) == (1, True)
    assert "Nobody has said yet what the columns are" in plain(asked("import", file))


def test_a_heading_that_changed_is_said_and_the_rest_is_remembered(url: str, tmp_path: Path) -> None:
    mapped(tmp_path, AN)
    file = book(tmp_path, AN, headings=["5 trong một (1)" if one == "5 trong 1 mũi 1" else one for one in HEADINGS])
    done = asked("import", file)
    assert done.exit_code == 1
    assert "line 1, 5 trong 1 mũi 1: this heading (PENTA.1) is not in the file any more" in plain(done)
    anew = asked("columns", file, "--column", "PENTA.1=5 trong một (1)", "--yes")
    assert "Lao BCG.1 as before" in plain(anew)
    assert asked("import", file).exit_code == 0


def test_a_register_with_one_row_a_dose_needs_the_words_of_its_vaccines(url: str, tmp_path: Path) -> None:
    file = tmp_path / "doses.csv"
    rows = [
        "Họ tên;Ngày sinh;Vắc xin;Ngày tiêm",
        "An;1/10/2026;ComBE Five;10.11.2026",
        "An;1/10/2026;Thuốc X;10.11.2026",
    ]
    file.write_text("\r\n".join(rows), encoding="utf-8-sig")
    shown = asked("columns", file, "--yes")
    assert "the word “ComBE Five” PENTA a guess" in plain(shown)
    assert "the word “Thuốc X” ? nobody yet" in plain(shown)
    assert "line 3, Vắc xin: nobody has said yet which vaccine “Thuốc X” is" in plain(asked("import", file))
    assert asked("columns", file, "--word", "OPV=Thuốc X", "--yes").exit_code == 0
    assert "New doses: 1. Reports of families confirmed: 1." in plain(asked("import", file))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--column", "PENTA.1"), "“PENTA.1”: write it like PENTA.1="),
        (("--column", "PENTA.1=Mũi C", "--yes"), "Mũi C: this heading (PENTA.1) is not in the file"),
        (("--column", "name=", "--yes"), "say which column is name."),
        (("--sheet", "2025"), "it has no sheet “2025”"),
    ],
)
def test_what_cannot_be_meant_is_told(url: str, tmp_path: Path, options: tuple[str, ...], told: str) -> None:
    done = asked("columns", book(tmp_path, AN), *options)
    assert (done.exit_code, told in plain(done)) == (1, True), done.output


def test_a_station_that_nobody_knows_is_told(url: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(program, ["register", "import", "Trạm lạ", str(book(tmp_path, AN))])
    assert done.exit_code == 1
    assert "No facility is called “Trạm lạ”" in str(done.exception)

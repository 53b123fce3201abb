"""Reads a file of provinces, communes and facilities whole: all of it is right, or every wrong row is told.

The file is a CSV as spreadsheets save it: UTF-8, with commas or semicolons, one facility a row.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from app.area_cells import CellReader
from domain.area import Province
from domain.forms.area_rules import LARGEST_SESSION
from services.staff.change_facility import REMINDER_DAYS
from services.staff.import_area import FacilityRow

COLUMNS = (
    "province_code",
    "province",
    "country",
    "zone",
    "emergency_phone",
    "protection_phone",
    "phones_verified_on",
    "commune",
    "facility",
    "kind",
    "phone",
    "hours",
    "session_rule",
)
SETTINGS = ("reminder_days", "morning_reminder", "capacity", "emergency_route")
"""Columns that may be left out; where a cell is empty, the facility keeps what it has settled."""


@dataclass(frozen=True)
class RowError:
    """What is wrong in one cell, and what was expected; `column` is empty when the whole row or file is meant."""

    line: int
    column: str
    problem: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f"{where}: {self.problem}"


@dataclass(frozen=True)
class AreaFile:
    """Everything in a file, each province and facility once, in the order of the file."""

    provinces: tuple[Province, ...]
    facilities: tuple[FacilityRow, ...]


def read_area_file(path: Path) -> AreaFile | list[RowError]:
    """The area, or everything that is wrong with the file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return [RowError(line, "", "this is not UTF-8 text: save the file as “CSV UTF-8”.")]
    return _Reading().read(unicodedata.normalize("NFC", text))


class _Reading:
    """One pass through a file: what was found so far, where, and what was wrong."""

    def __init__(self) -> None:
        self._provinces: dict[str, tuple[Province, int]] = {}
        self._facilities: dict[tuple[str, str, str], tuple[FacilityRow, int]] = {}
        self._errors: list[RowError] = []

    def read(self, text: str) -> AreaFile | list[RowError]:
        rows = self._rows(text)
        _, header = next(rows, (1, []))
        self._check_header(header)
        if not self._errors:
            self._read_rows(header, rows)
        if self._errors:
            return self._errors
        return AreaFile(
            provinces=tuple(province for province, _ in self._provinces.values()),
            facilities=tuple(facility for facility, _ in self._facilities.values()),
        )

    def _rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """The rows that are not empty, each with the line on which it begins."""
        first_line = text.partition("\n")[0]
        delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        line = 1
        try:
            for row in reader:
                cells = [" ".join(cell.split()) for cell in row]
                if any(cells):
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            self._refuse(line, "", f"this row cannot be read as CSV ({error}); look for a quotation mark left open.")

    def _check_header(self, header: Sequence[str]) -> None:
        if not header:
            if not self._errors:
                self._refuse(1, "", f"the file is empty; expected a first line with {', '.join(COLUMNS)}.")
            return
        for column in COLUMNS:
            if header.count(column) != 1:
                problem = "this column is missing" if column not in header else "this column is there more than once"
                self._refuse(1, column, f"{problem}; expected one of each: {', '.join(COLUMNS)}.")
        for column in header:
            if column in SETTINGS and header.count(column) > 1:
                self._refuse(1, column, "this column is there more than once; expected it once.")
            elif column not in (*COLUMNS, *SETTINGS):
                near = get_close_matches(column, (*COLUMNS, *SETTINGS), n=1)
                self._refuse(1, column, f"no such column is known{f'; did you mean {near[0]}' if near else ''}.")

    def _read_rows(self, header: Sequence[str], rows: Iterator[tuple[int, list[str]]]) -> None:
        lines = 0
        for line, cells in rows:
            lines += 1
            if len(cells) == len(header):
                self._read_row(line, dict(zip(header, cells, strict=True)))
            else:
                self._refuse(
                    line, "", f"this row has {len(cells)} cells; expected {len(header)}, as the first line has."
                )
        if not lines and not self._errors:
            self._refuse(2, "", "there is no row below the first line; expected one for each facility.")

    def _read_row(self, line: int, cells: Mapping[str, str]) -> None:
        cell = CellReader(cells)
        province = Province(
            code=cell.text("province_code"),
            name=cell.text("province"),
            country=cell.country("country"),
            zone=cell.zone("zone"),
            emergency_phone=cell.phone("emergency_phone"),
            protection_phone=cell.phone("protection_phone"),
            phones_verified_on=cell.day("phones_verified_on"),
        )
        facility = FacilityRow(
            province_code=province.code,
            commune=cell.text("commune"),
            name=cell.text("facility"),
            kind=cell.kind("kind"),
            phone=cell.phone("phone"),
            hours=cell.text("hours"),
            session_rule=cell.session_rule("session_rule"),
            reminder_days=cell.choice("reminder_days", REMINDER_DAYS),
            morning_reminder=cell.truth("morning_reminder"),
            capacity=cell.choice("capacity", range(1, LARGEST_SESSION + 1)),
            emergency_route=cell.route("emergency_route"),
        )
        for column, problem in cell.problems:
            self._refuse(line, column, problem)
        if not cell.problems:
            self._add(line, province, facility)

    def _add(self, line: int, province: Province, facility: FacilityRow) -> None:
        known, first_line = self._provinces.setdefault(province.code, (province, line))
        if known != province:
            problem = (
                f"province {province.code} has other names, country, zone or numbers here than on line {first_line}"
            )
            self._refuse(line, "province_code", f"{problem}; expected the same on both.")
        key = (facility.province_code, facility.commune, facility.name)
        same, first_line = self._facilities.setdefault(key, (facility, line))
        if same != facility:
            problem = f"{facility.name} in {facility.commune} is on line {first_line} too, but not the same"
            self._refuse(line, "facility", f"{problem}; expected it once.")

    def _refuse(self, line: int, column: str, problem: str) -> None:
        self._errors.append(RowError(line, column, problem))

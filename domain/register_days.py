"""What the cell of a register means as a day: written in any of the usual ways, or as a spreadsheet counts days."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from domain.written_dates import WrittenDay, read_days

DAY_ZERO = date(1899, 12, 30)
"""From here most spreadsheets count their days; some old ones from the beginning of 1904."""
EXPECTED = "expected a date like 3/3/2026 (the day first), 2026-03-03 or 2026年3月3日"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_COUNTED = re.compile(r"[1-9]\d{4}")
_SHORT_YEAR = re.compile(r"(\d\d)[/.\- ](\d{1,2})[/.\- ](\d\d)")


@dataclass(frozen=True)
class NotADay:
    """Why a cell was not taken, as a sentence without its end."""

    sentence: str


def read_cell_day(text: str, *, day_zero: date, first: date, last: date) -> date | NotADay:
    """The one day that is meant. A year of two figures is taken when only one falls between `first` and `last`."""
    if _COUNTED.fullmatch(text):
        return day_zero + timedelta(days=int(text))
    if _ISO.fullmatch(text):
        year, month, day = map(int, text.split("-"))
        return _existing(WrittenDay(day, month, year)) or NotADay(f"there is no such day; {EXPECTED}")
    reading = read_days(text)
    written = [day for day in reading.days if isinstance(day, WrittenDay)]
    if not written or len(written) < len(reading.days):
        return NotADay(f"this is not a date; {EXPECTED}")
    if len(written) > 1 or reading.has_other_numbers:
        return NotADay(f"there is more than one date or number here; {EXPECTED}, and nothing else")
    if written[0].year is None:
        return NotADay(f"this date has no year; {EXPECTED}")
    if _could_begin_with_year(text, first, last):
        return NotADay("this can be read with the day or the year first; write the year with four digits")
    return _existing(written[0]) or NotADay(f"there is no such day; {EXPECTED}")


def _existing(written: WrittenDay) -> date | None:
    try:
        return date(written.year or 0, written.month, written.day)
    except ValueError:
        return None


def _could_begin_with_year(text: str, first: date, last: date) -> bool:
    """25/3/26 is a day of 2026 or of 2025; 3/3/26 can only be one of them when the child is not that old."""
    short = _SHORT_YEAR.fullmatch(unicodedata.normalize("NFKC", text))
    if short is None or short[1] == short[3]:
        return False
    other = _existing(WrittenDay(int(short[3]), int(short[2]), 2000 + int(short[1])))
    return other is not None and first <= other <= last

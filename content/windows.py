"""Reads the window of a message: from which day to which, counted from birth or from the first day of a pregnancy."""

import re
from dataclasses import dataclass

from content.errors import ContentError
from content.yaml_files import Record
from domain.journey import Origin

_PART = re.compile(r"(\d+) (day|week|month)s?")
_AGE = re.compile(rf"{_PART.pattern}(?: {_PART.pattern})?")
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375}


@dataclass(frozen=True)
class Window:
    """Days after the origin; `to_day` is the first on which the message is no longer of use."""

    from_day: int
    to_day: int
    origin: Origin = Origin.BIRTH


def read_window(record: Record, name: str = "window") -> Window:
    """The window in a field, like `{from: 40 days, to: 47 days}` or `{of: pregnancy, from: 12 weeks 3 days, …}`."""
    window = record.record(name)
    window.only(("from", "to"), ("of",))
    origin = window.text("of", Origin.BIRTH.value)
    if origin not in list(Origin):
        raise ContentError(window.at("of"), f"“of” must be one of {', '.join(Origin)}")
    from_day, to_day = _read_age(window, "from"), _read_age(window, "to")
    if to_day <= from_day:
        raise ContentError(record.at(name), f"the {name} ends before it begins")
    return Window(from_day, to_day, Origin(origin))


def _read_age(window: Record, name: str) -> int:
    return int(read_days(window, name))


def read_days(record: Record, name: str) -> float:
    """An age in days; a month is a twelfth of a year of 365.25 days."""
    text = record.text(name)
    if not _AGE.fullmatch(text):
        raise ContentError(
            record.at(name), f"“{name}” must be like “8 days”, “2 weeks”, “12 weeks 3 days” or “24 months”"
        )
    return sum(int(number) * _DAYS[unit] for number, unit in _PART.findall(text))

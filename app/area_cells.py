"""Reads the cells of one row of an area file, each kind in its own way, and keeps what is wrong with them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import available_timezones

from domain.area import FacilityKind
from domain.forms.area_rules import NONE, read_route
from domain.forms.form import Problem
from domain.session_days import RuleProblem, parse_session_rule


class CellReader:
    """A reader always gives a value, so that all cells of a row are looked at; `problems` says whether to use them."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.problems: list[tuple[str, str]] = []

    def text(self, column: str) -> str:
        text = self._cells[column]
        if not text:
            self._refuse(column, "it is empty; expected a text")
        return text

    def country(self, column: str) -> str:
        country = self._cells[column].upper()
        if not re.fullmatch(r"[A-Z]{2}", country):
            self._refuse(column, f"{self._shown(column)}; expected a country's two letters, like VN or CN")
        return country

    def zone(self, column: str) -> str:
        zone = self._cells[column]
        if zone not in available_timezones():
            self._refuse(column, f"{self._shown(column)}; expected an IANA time zone, like Asia/Ho_Chi_Minh")
        return zone

    def phone(self, column: str) -> str:
        phone = self._cells[column]
        if not re.fullmatch(r"\+?[0-9() ./-]{3,25}", phone) or sum(map(str.isdigit, phone)) < 3:
            self._refuse(column, f"{self._shown(column)}; expected a telephone number, like 115 or 0203 3825 115")
        return phone

    def day(self, column: str) -> date | None:
        text = self._cells[column]
        try:
            # The pattern is asked first: fromisoformat also takes week dates and days without hyphens.
            return date.fromisoformat(text if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else "") if text else None
        except ValueError:
            self._refuse(
                column, f"{self._shown(column)}; expected a date as year-month-day, like 2026-11-22, or nothing"
            )
            return None

    def kind(self, column: str) -> FacilityKind:
        try:
            return FacilityKind(self._cells[column])
        except ValueError:
            self._refuse(column, f"{self._shown(column)}; expected one of {', '.join(FacilityKind)}")
            return FacilityKind.HEALTH_STATION

    def session_rule(self, column: str) -> str:
        rule = parse_session_rule(self._cells[column])
        if isinstance(rule, RuleProblem):
            where = f"“{rule.part}”: {rule.reason}" if rule.part else f"{rule.reason}; expected one like 2nd Wed"
            self._refuse(column, where)
        return str(rule)

    def choice(self, column: str, allowed: Sequence[int]) -> int | None:
        """A number out of those allowed, or nothing."""
        text = self._cells.get(column, "")
        number = int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None
        if text and number not in allowed:
            shown = f"{allowed[0]} to {allowed[-1]}" if len(allowed) > 2 else " or ".join(map(str, allowed))
            self._refuse(column, f"{self._shown(column)}; expected {shown}, or nothing")
        return number

    def truth(self, column: str) -> bool | None:
        """Yes, no, or nothing."""
        text = self._cells.get(column, "").lower()
        if text not in ("", "yes", "no"):
            self._refuse(column, f"{self._shown(column)}; expected yes or no, or nothing")
        return text == "yes" if text else None

    def route(self, column: str) -> str | None:
        """How one gets help, or nothing."""
        text = self._cells.get(column, "")
        if text and (text == NONE or isinstance(read_route(text), Problem)):
            self._refuse(column, f"{self._shown(column)}; expected 8 to 300 letters, or nothing")
        return text or None

    def _shown(self, column: str) -> str:
        return f"“{self._cells[column]}”" if self._cells[column] else "it is empty"

    def _refuse(self, column: str, problem: str) -> None:
        self.problems.append((column, f"{problem}."))

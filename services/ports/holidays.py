"""Public holidays: they move nothing by themselves, they only warn people."""

from datetime import date
from typing import Protocol


class HolidayPort(Protocol):
    """The public holidays of a country (ISO 3166 alpha-2); a country that is not known has none."""

    def is_holiday(self, country: str, day: date) -> bool:
        """Whether it is a public holiday, the lunar new year and days in lieu included."""
        ...

    def is_working_day(self, country: str, day: date) -> bool:
        """Whether offices work: a weekday that is no holiday, or a weekend that is worked in its place."""
        ...

    def name(self, country: str, day: date, language: str) -> str:
        """What the holiday is called in a language; empty when that language has no name for it, or it is none."""
        ...


class NoHolidays:
    """Where nobody told us of holidays: every weekday is a working day."""

    def is_holiday(self, country: str, day: date) -> bool:
        """None is."""
        del country, day
        return False

    def is_working_day(self, country: str, day: date) -> bool:
        """Monday to Friday."""
        del country
        return day.weekday() < 5

    def name(self, country: str, day: date, language: str) -> str:
        """None has one."""
        del country, day, language
        return ""


NO_HOLIDAYS = NoHolidays()

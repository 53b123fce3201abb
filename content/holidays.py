"""Public holidays by country, the lunar new year included, from the library `holidays`."""

from datetime import date
from functools import cache

import holidays as public_holidays

LANGUAGES = {("VN", "vi"): "vi", ("CN", "zh"): "zh_CN", ("VN", "en"): "en_US", ("CN", "en"): "en_US"}
"""In which languages the library names a country's holidays; our tag on the left, its own on the right."""


@cache
def _of(country: str, language: str | None = None) -> public_holidays.HolidayBase | None:
    if country not in public_holidays.list_supported_countries():
        return None
    return public_holidays.country_holidays(country, language=language)


class PublicHolidays:
    """Fills the port of the use cases."""

    def is_holiday(self, country: str, day: date) -> bool:
        """Whether it is a public holiday."""
        found = _of(country)
        return found is not None and day in found

    def is_working_day(self, country: str, day: date) -> bool:
        """Whether offices work."""
        found = _of(country)
        return found.is_working_day(day) if found is not None else day.weekday() < 5

    def name(self, country: str, day: date, language: str) -> str:
        """What the holiday is called in a language."""
        known = LANGUAGES.get((country, language))
        found = _of(country, known) if known is not None else None
        return found.get(day) or "" if found is not None else ""

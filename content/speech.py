"""How one language writes days, times and lists."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list

from content.languages import Language
from content.spacing import after_han, before_han


class Speech:
    """Days, times and lists of one language, by the CLDR locale that its row of the registry names."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._locale = Locale.parse(language.formatting)

    def full_date(self, value: date, zone: str) -> str:
        """A date with its weekday and year."""
        return self._date(value, zone, self.language.full)

    def day(self, value: date, zone: str) -> str:
        """A date with its weekday, without its year."""
        return self._date(value, zone, self.language.day)

    def short_date(self, value: date, zone: str) -> str:
        """A date without its weekday, as little as tells it apart from others."""
        return self._date(value, zone, self.language.short)

    def time(self, value: datetime, zone: str) -> str:
        """The time of day at an instant, where the reader lives."""
        return format_time(_local(value, zone), "short", locale=self._locale)

    def join(self, items: Sequence[str]) -> str:
        """A list as it stands in a sentence."""
        if len(items) == 1:
            return items[0]
        if self.language.script == "Hans":
            items = [*items[:-2], before_han(items[-2]), after_han(items[-1])]
        return format_list(items, locale=self._locale)

    def _date(self, value: date, zone: str, pattern: str) -> str:
        day = _local(value, zone).date() if isinstance(value, datetime) else value
        written = format_date(day, pattern, locale=self._locale)
        if not self.language.weekdays:
            return written
        in_cldr = self._locale.days["format"]["wide"][day.weekday()]
        return written.replace(in_cldr, self.language.weekdays[day.weekday()])


def _local(value: datetime, zone: str) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return value.astimezone(ZoneInfo(zone))

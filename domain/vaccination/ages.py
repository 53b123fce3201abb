"""Durations as schedules write them, like "18 months - 4 days", and the day on which they are reached."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import add_months

_PART = re.compile(r"(?P<sign>[+-]?) *(?P<count>\d+) +(?P<unit>day|week|month|year)s?")
_MONTHS = {"month": 1, "year": 12}
_DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True)
class Age:
    """Calendar months, then days. Both may be negative in a sum such as "12 months - 4 days"."""

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> "Age":
        """Read `<n> days|weeks|months|years`, joined by + or -. Raises ValueError for anything else."""
        parts = list(_PART.finditer(text.strip()))
        between = _PART.sub("", text.strip())
        if not parts or between.strip() or parts[0]["sign"] or any(not part["sign"] for part in parts[1:]):
            raise ValueError(f"{text!r} is not a duration like '6 weeks' or '18 months - 4 days'")
        return cls(
            months=sum(_amount(part, _MONTHS) for part in parts), days=sum(_amount(part, _DAYS) for part in parts)
        )

    def after(self, day: date) -> date:
        """The day on which this much has passed since `day`: months first, rolled forward, then days."""
        if not self.months:
            return day + timedelta(days=self.days)
        reached = add_months(day, self.months)
        return reached + timedelta(days=self.days) if self.days else reached

    def earlier(self, days: int) -> "Age":
        """So many days before this age is reached."""
        return Age(self.months, self.days - days)

    def __str__(self) -> str:
        if not self.months or not self.days:
            return _count(self.months, "month") if self.months else _count(self.days, "day")
        return f"{_count(self.months, 'month')} {'-' if self.days < 0 else '+'} {_count(abs(self.days), 'day')}"


def _amount(part: re.Match[str], sizes: dict[str, int]) -> int:
    amount = int(part["count"]) * sizes.get(part["unit"], 0)
    return -amount if part["sign"] == "-" else amount


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"

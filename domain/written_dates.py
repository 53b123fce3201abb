"""Finds the days that a person wrote, in Vietnamese, Chinese, English or plain numbers. It reads and does not judge."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class WrittenDay:
    """A day as it was written; it need not exist, and the year may be missing."""

    day: int
    month: int
    year: int | None


@dataclass(frozen=True)
class DayFromToday:
    """A day told from today, like "yesterday" (-1)."""

    days: int


@dataclass(frozen=True)
class Reading:
    """Everything in a text that speaks of days. `year_from_today` is what "last year" says (-1)."""

    days: frozenset[WrittenDay | DayFromToday] = frozenset()
    year_from_today: int | None = None
    has_other_numbers: bool = False


_DAYS_FROM_TODAY = {
    "day before yesterday": -2,
    "day after tomorrow": 2,
    "yesterday": -1,
    "tomorrow": 1,
    "today": 0,
    "hom nay": 0,
    "hom qua": -1,
    "hom kia": -2,
    "ngay mai": 1,
    "ngay kia": 2,
    "大前天": -3,
    "大后天": 3,
    "前天": -2,
    "昨天": -1,
    "今天": 0,
    "明天": 1,
    "后天": 2,
}
_YEARS_FROM_TODAY = {
    "nam nay": 0,
    "nam ngoai": -1,
    "nam truoc": -1,
    "nam kia": -2,
    "nam sau": 1,
    "nam toi": 1,
    "this year": 0,
    "last year": -1,
    "next year": 1,
    "今年": 0,
    "去年": -1,
    "前年": -2,
    "明年": 1,
}

# The lunar calendar is in daily use beside the other one; a day of it must never be taken for a day of ours.
_LUNAR = re.compile(r"\b(?:am|al|lunar|nhuan)\b|[农農阴陰旧舊][历曆]|[闰閏]")
# "Hôm kìa" is one day earlier than "hôm kia", and without its mark the two are one.
_THREE_DAYS_AGO = "kìa"

_TIME_OF_DAY = re.compile(
    r"(?<![\d/.\-])\d{1,2} ?(?:[:h]\d{2}(?::\d{2})?|h(?![a-z])|gio(?![a-z])(?: \d{1,2}(?: phut)?)?|点(?:\d{1,2}分?)?"
    r"|(?=[ap]m\b))(?: ?[ap]m\b)?"
)
_WEEKDAY = re.compile(r"\bthu [2-7]\b")

_START = r"(?<!\d)(?<!\d[/.\-])"
_END = r"(?!\d|[/.\-]\d)"
_NOT_A_MEASURE = r"(?! ?(?:kg|gr?\b|cm|ngay|tuan|thang|tuoi|days?|weeks?|months?|years?|[个周岁天公斤克]))"
_DAY = r"(?P<day>\d{1,2})(?!\d)"
_MONTH = r"(?P<month>\d{1,2})(?!\d)"
_YEAR = rf"(?P<year>\d{{4}}|\d{{2}}(?!\d){_NOT_A_MEASURE})"
_MONTH_NAME = (
    r"(?<![a-z])(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
_MONTH_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}

# In order: what one pattern has taken, the later ones no longer see.
_WRITTEN_DAYS = tuple(
    re.compile(_START + pattern)
    for pattern in (
        rf"(?:(?P<year>\d{{4}}|\d{{2}}) ?年 ?)?{_MONTH} ?月 ?{_DAY} ?[日号號]?{_NOT_A_MEASURE}{_END}",
        rf"(?P<year>\d{{4}})[/.\- ]{_MONTH}[/.\- ]{_DAY}{_END}",
        rf"{_DAY} ?(?:thang|thg|th)\.? ?{_MONTH}{_NOT_A_MEASURE}(?: ?(?:nam|[,/.\-])? ?{_YEAR})?{_END}",
        rf"{_DAY}[/.,\- ]{_MONTH}(?:[/.,\- ]| nam ){_YEAR}{_END}",
        rf"{_DAY}(?:st|nd|rd|th)?[ .\-/]?(?:of )?{_MONTH_NAME}(?:[ .,\-/]{{0,2}}{_YEAR})?{_END}",
        rf"{_MONTH_NAME}[ .\-/]{{0,2}}{_DAY}(?:st|nd|rd|th)?{_NOT_A_MEASURE}(?:[ .,\-/]{{1,2}}{_YEAR})?{_END}",
        rf"{_DAY}[/.\-]{_MONTH}{_NOT_A_MEASURE}{_END}",
        rf"(?<!.){_DAY} {_MONTH}(?!.)",
    )
)


def read_days(text: str) -> Reading:
    """Every day written in `text`, and whether other numbers stand beside them."""
    plain = _plain(text)
    if _THREE_DAYS_AGO in unicodedata.normalize("NFC", text).casefold() or _LUNAR.search(_TIME_OF_DAY.sub("|", plain)):
        return Reading()
    rest, years = _take_words(_WEEKDAY.sub("|", _TIME_OF_DAY.sub("|", plain)).strip("| "), _YEARS_FROM_TODAY)
    rest, days_from_today = _take_words(rest, _DAYS_FROM_TODAY)
    rest, written = _take_written_days(rest)
    return Reading(
        days=frozenset(written) | {DayFromToday(days) for days in days_from_today},
        year_from_today=years[0] if years else None,
        has_other_numbers=re.search(r"\d", rest) is not None or len(set(years)) > 1,
    )


def _plain(text: str) -> str:
    """Small letters without marks, plain digits, single spaces, none around separators."""
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf")).replace("đ", "d")
    return re.sub(r" ?([/.,\-]) ?", r"\1", " ".join(re.sub(r"[‐–—−\\]", "-", bare).split()))


def _take_words(text: str, meanings: dict[str, int]) -> tuple[str, list[int]]:
    found = []
    for word, meaning in meanings.items():
        pattern = rf"\b{word}\b" if word.isascii() else word
        text, count = re.subn(pattern, "|", text)
        found += [meaning] * min(count, 1)
    return text, found


def _take_written_days(text: str) -> tuple[str, list[WrittenDay]]:
    found: list[WrittenDay] = []
    for pattern in _WRITTEN_DAYS:
        found += [_written_day(match) for match in pattern.finditer(text)]
        text = pattern.sub("|", text)
    return text, found


def _written_day(match: re.Match[str]) -> WrittenDay:
    groups = match.groupdict()
    month = _MONTH_NUMBERS[groups["name"][:3]] if "name" in groups else int(groups["month"])
    return WrittenDay(day=int(groups["day"]), month=month, year=_full_year(groups.get("year")))


def _full_year(digits: str | None) -> int | None:
    if digits is None:
        return None
    return int(digits) + (2000 if len(digits) == 2 else 0)

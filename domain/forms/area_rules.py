"""The forms by which the settings of an area are typed, and how days, ages and numbers are read in them."""

import re
import unicodedata
from datetime import date, timedelta

from domain.forms.form import Answers, Form, Kind, Option, Problem, Question, Reading
from domain.vaccination.ages import Age
from domain.vaccination.upper_ages import length
from domain.written_dates import DayFromToday, WrittenDay, read_days

AS_PROPOSED = "as_proposed"
NONE = "none"
PAST_DAYS, AHEAD_DAYS = 366, 3 * 366
LONGEST_AGE = Age(months=216)
LARGEST_SESSION = 1000
SHORTEST_ROUTE, LONGEST_ROUTE = 8, 300

AREA_GATE = Form(
    "area_gate",
    1,
    (
        Question("gate", Kind.GIVEN),
        Question("word", Kind.GIVEN),
        Question("zone", Kind.GIVEN),
        Question("from_on", Kind.TYPED, read="rule_day"),
    ),
)
AREA_AGE = Form(
    "area_age",
    1,
    (
        Question("item", Kind.GIVEN),
        Question("above", Kind.GIVEN),
        Question("zone", Kind.GIVEN),
        Question("age", Kind.TYPED, read="rule_age"),
    ),
)
_PROPOSED = (Option(AS_PROPOSED, "area.choice.as_proposed"),)
AREA_ROUND = Form(
    "area_round",
    1,
    (
        Question("kind", Kind.GIVEN),
        Question("proposed_min", Kind.GIVEN),
        Question("proposed_max", Kind.GIVEN),
        Question("zone", Kind.GIVEN),
        Question("from_on", Kind.TYPED, read="rule_day"),
        Question("until_on", Kind.TYPED, read="round_until"),
        Question("min_age", Kind.TYPED, read="round_min_age", options=_PROPOSED),
        Question("max_age", Kind.TYPED, read="round_max_age", options=_PROPOSED),
    ),
)
STATION_CAPACITY = Form(
    "station_capacity",
    1,
    (Question("capacity", Kind.TYPED, read="session_capacity", options=(Option(NONE, "station.choice.no_limit"),)),),
)
STATION_ROUTE = Form(
    "station_route",
    1,
    (Question("route", Kind.TYPED, read="emergency_route", options=(Option(NONE, "station.choice.no_route"),)),),
)

_MONTHS = r"months?|tháng(?: tuổi)?|thang(?: tuoi)?|th|m|个月|月|月龄"
_YEARS = r"years?|năm(?: tuổi)?|nam(?: tuoi)?|tuổi|tuoi|y|岁|周岁|年"
_WEEKS = r"weeks?|tuần(?: tuổi)?|tuan(?: tuoi)?|w|周|星期|个星期"
_DAYS = r"days?|ngày(?: tuổi)?|ngay(?: tuoi)?|d|天|日"
_AGE = re.compile(rf"(\d{{1,3}}) ?(?:(?P<m>{_MONTHS})|(?P<y>{_YEARS})|(?P<w>{_WEEKS})|(?P<d>{_DAYS}))?")
_SIZES = {"m": (1, 0), "y": (12, 0), "w": (0, 7), "d": (0, 1)}


def read_rule_day(text: str, today: date) -> Reading:
    """A day from last year to three years ahead; without its year the next such day."""
    reading = read_days(text)
    if len(reading.days) != 1 or reading.has_other_numbers:
        return Problem("problem.rule_day")
    (written,) = reading.days
    day = _day_of(written, reading.year_from_today, today)
    if day is None or not -PAST_DAYS <= (day - today).days <= AHEAD_DAYS:
        return Problem("problem.rule_day")
    return day.isoformat()


def _day_of(written: WrittenDay | DayFromToday, year_from_today: int | None, today: date) -> date | None:
    if isinstance(written, DayFromToday):
        return today + timedelta(days=written.days)
    if written.year is not None or year_from_today is not None:
        return _existing(written, written.year or today.year + (year_from_today or 0))
    days = (_existing(written, today.year + more) for more in range(5))
    return next((day for day in days if day is not None and day >= today), None)


def _existing(written: WrittenDay, year: int) -> date | None:
    try:
        return date(year, written.month, written.day)
    except ValueError:
        return None


def read_round_until(text: str, answers: Answers, today: date) -> Reading:
    """The last day of a round: not before its first, not a year after it, and not over."""
    read = read_rule_day(text, today)
    if isinstance(read, Problem):
        return read
    first, last = date.fromisoformat(answers.get("from_on") or read), date.fromisoformat(read)
    fits = max(first, today) <= last and (last - first).days <= PAST_DAYS
    return read if fits else Problem("problem.round_until")


def read_rule_age(text: str, above: str) -> Reading:
    """An age above another one, like "36 months", "36 tháng", "3 tuổi", "36个月"; a number alone counts months."""
    age = read_age(text)
    if age is None:
        return Problem("problem.rule_age")
    return str(age) if length(age) > length(Age.parse(above)) else Problem("problem.rule_age_too_low")


def read_round_age(text: str, answers: Answers, question: str) -> Reading:
    """The lower or upper age of a round, typed or as proposed; the upper one is above the lower one."""
    proposed = answers.get(f"proposed_{question}") if text == AS_PROPOSED else None
    age = read_age(proposed or text)
    if age is None:
        return Problem("problem.rule_age")
    lower = answers.get("min_age") if question == "max" else None
    if lower is not None and length(age) <= length(Age.parse(lower)):
        return Problem("problem.rule_age_too_low")
    return str(age)


def read_age(text: str) -> Age | None:
    """Whole months or years as months, whole weeks or days as days; None for anything else, and beyond 18 years."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    found = _AGE.fullmatch(plain)
    if found is None:
        return None
    months, days = next((size for unit, size in _SIZES.items() if found[unit]), _SIZES["m"])
    age = Age(int(found[1]) * months, int(found[1]) * days)
    return age if length(age) <= length(LONGEST_AGE) else None


def read_capacity(text: str) -> Reading:
    """How many children a session can take, or that nobody says."""
    if text == NONE:
        return NONE
    digits = unicodedata.normalize("NFKC", text).strip()
    fits = digits.isascii() and digits.isdecimal() and len(digits) <= 4 and 1 <= int(digits) <= LARGEST_SESSION
    return str(int(digits)) if fits else Problem("problem.session_capacity")


def read_route(text: str) -> Reading:
    """How one gets help: a few words on one line, or that the province's number does."""
    if text == NONE:
        return NONE
    words = " ".join("".join(one for one in text if one.isspace() or one.isprintable()).split())
    fits = SHORTEST_ROUTE <= len(words) <= LONGEST_ROUTE and any(one.isalpha() for one in words)
    return words if fits else Problem("problem.emergency_route")

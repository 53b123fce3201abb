"""How typed answers of forms are read: a value in one writing, or what is wrong with it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from domain.birth_dates import Problem as DateProblem
from domain.birth_dates import parse_birth_date, parse_due_date
from domain.forms.enrolment import NOT_YET_NAMED
from domain.forms.form import Problem, Read, Reading
from domain.forms.joining import HOURS

LONGEST_NAME = 40
LIGHTEST_G, HEAVIEST_G = 300, 7000
FIRST_WEEK, LAST_WEEK = 22, 44
INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
GRAMS = dict.fromkeys(("kg", "kilo", "ki", "kí", "ký", "cân", "公斤", "千克"), 1000) | {"斤": 500, "市斤": 500}

# "3kg2" and "3 cân 2 lạng" are 3.2 kilograms, "6斤4两" are 6.4 jin.
_KILOS_AND_GRAMS = re.compile(r"(\d{1,2}) ?kg ?(\d{1,3}) ?g(?:r|am|ram|rams)?")
_WEIGHT = re.compile(r"(\d{1,6})(?:[.,](\d{1,6}))? ?([^\W\d]*)\.?(?: ?(\d{1,3})(?: ?(?:lạng|两)|(?<=\d{3}) ?g)?)?")
_WEEKS = re.compile(r"(\d{1,2})(?:\D+[0-6](?!\d))?\D*")
_HOUR = re.compile(r"(\d{1,2})(?: ?(?:[:hg点](?:iờ)?(?: ?00)?))?")


def readers(today: date, country: str, read_phone: Callable[[str, str], str | None]) -> Mapping[str, Read]:
    """Every reader by its name, for a day and a country."""
    return {
        "name": read_name,
        "birth_date": lambda text: _date(parse_birth_date(text, today), "birth_date"),
        "due_date": lambda text: _date(parse_due_date(text, today), "due_date"),
        "birth_weight": read_birth_weight,
        "gestation": read_gestation,
        "hour": read_hour,
        "phone": lambda text: read_phone(text, country) or Problem("problem.phone"),
        "number": read_number,
    }


def read_name(text: str) -> Reading:
    """What the family calls the child: one line, at most forty letters; "not yet named" is empty."""
    name = " ".join("".join(letter for letter in text if _is_visible(letter)).split())
    if name == NOT_YET_NAMED:
        return ""
    if not any(letter.isalpha() for letter in name):
        return Problem("problem.name")
    return name if len(name) <= LONGEST_NAME else Problem("problem.name_too_long")


def read_birth_weight(text: str) -> Reading:
    """Grams from "3200", "3.2", "3,2 kg", "3200g", "3kg2", "6斤4两"."""
    grams = _grams(text)
    if grams is None or not LIGHTEST_G <= grams <= HEAVIEST_G:
        return Problem("problem.weight")
    return str(grams)


def _grams(text: str) -> int | None:
    plain = _plain(text)
    in_both = _KILOS_AND_GRAMS.fullmatch(plain)
    if in_both is not None:
        return int(in_both[1]) * 1000 + int(in_both[2])
    written = _WEIGHT.fullmatch(plain)
    if written is None:
        return None
    whole, decimals, unit, rest = written.groups()
    if rest and (decimals or unit not in GRAMS):
        return None
    amount = float(f"{whole}.{rest or decimals or 0}")
    if unit in GRAMS:
        return round(amount * GRAMS[unit])
    if unit not in ("", "g", "gr", "gam", "gram", "grams", "克"):
        return None
    return round(amount * 1000 if amount < 20 else amount)


def read_gestation(text: str) -> Reading:
    """Completed weeks of pregnancy at birth, 22 to 44, from "39", "39 tuần", "39+3"."""
    written = _WEEKS.fullmatch(_plain(text))
    if written is None or not FIRST_WEEK <= int(written[1]) <= LAST_WEEK:
        return Problem("problem.gestation")
    return str(int(written[1]))


def read_hour(text: str) -> Reading:
    """One of the hours offered, from "19", "19:00", "19h"."""
    written = _HOUR.fullmatch(_plain(text))
    hour = int(written[1]) if written else None
    return str(hour) if hour in HOURS else Problem("problem.choose")


def read_number(text: str) -> Reading:
    """The four digits that stand on somebody's screen."""
    digits = "".join(letter for letter in text if letter.isdecimal())
    return digits if len(digits) == 4 else Problem("problem.number")


def _date(read: date | DateProblem, question: str) -> Reading:
    return Problem(f"problem.{question}.{read}") if isinstance(read, DateProblem) else read.isoformat()


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _is_visible(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) not in INVISIBLE

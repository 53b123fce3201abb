"""How typed answers of forms are read: a value in one writing, or what is wrong with it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from domain.birth_dates import Problem as DateProblem
from domain.birth_dates import parse_birth_date, parse_due_date
from domain.cards import is_applications_number
from domain.finding import read_sought
from domain.forms.area_rules import (
    read_capacity,
    read_round_age,
    read_round_until,
    read_route,
    read_rule_age,
    read_rule_day,
)
from domain.forms.birth import MORE, Newborns, earliest_birth
from domain.forms.campaigns import (
    read_campaign_ages,
    read_campaign_day,
    read_campaign_words,
    read_campaign_yearly,
)
from domain.forms.doses_had import read_dose_day, read_months_had
from domain.forms.enrolment import NOT_YET_NAMED
from domain.forms.form import Answers, Problem, Read, Reading
from domain.forms.given_on import DAY_UNKNOWN
from domain.forms.joining import HOURS
from domain.forms.session_days import read_session_place_and_hours
from domain.given_days import Problem as DayProblem
from domain.given_days import parse_given_day
from domain.media import ANSWERED_WITH_MEDIA, read_media
from domain.session_days import RuleProblem, read_hours

NOTHING_ANSWERED: Answers = {}
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


def readers(
    today: date,
    country: str,
    read_phone: Callable[[str, str], str | None],
    *,
    due_on: date | None = None,
    answers: Answers = NOTHING_ANSWERED,
) -> Mapping[str, Read]:
    """Every reader by its name, for a day and a country, a birth that was expected on a day, and earlier answers."""
    return {
        "name": read_name,
        "birth_date": lambda text: _date(parse_birth_date(text, today), "birth_date"),
        "due_date": lambda text: _date(parse_due_date(text, today), "due_date"),
        "new_birth_date": lambda text: read_new_birth_date(text, today),
        "told_birth": lambda text: read_told_birth(text, today, due_on),
        "newborns": read_newborns,
        "birth_weight": read_birth_weight,
        "gestation": read_gestation,
        "hour": read_hour,
        "phone": lambda text: read_phone(text, country) or Problem("problem.phone"),
        "number": read_number,
        "back_on": lambda text: read_back_on(text, today),
        ANSWERED_WITH_MEDIA: read_sent_media,
        "place_words": read_place_words,
        "session_hours": read_session_hours,
        "place_and_hours": read_session_place_and_hours,
        "sought": read_sought_words,
        "card_number": read_card_number,
        "given_on": lambda text: read_given_on(text, answers, today),
        "dose_day": lambda text: read_dose_day(text, answers, today),
        "months_had": lambda text: read_months_had(text, answers),
        "rule_day": lambda text: read_rule_day(text, today),
        "round_until": lambda text: read_round_until(text, answers, today),
        "rule_age": lambda text: read_rule_age(text, answers.get("above") or "0 days"),
        "round_min_age": lambda text: read_round_age(text, answers, "min"),
        "round_max_age": lambda text: read_round_age(text, answers, "max"),
        "session_capacity": read_capacity,
        "emergency_route": read_route,
        "campaign_words": read_campaign_words,
        "campaign_ages": read_campaign_ages,
        "campaign_day": lambda text: read_campaign_day(text, today),
        "campaign_yearly": lambda text: read_campaign_yearly(text, today),
    }


def read_name(text: str) -> Reading:
    """What the family calls the child: one line, at most forty letters; "not yet named" is empty."""
    name = " ".join("".join(letter for letter in text if _is_visible(letter)).split())
    if name == NOT_YET_NAMED:
        return ""
    if not any(letter.isalpha() for letter in name):
        return Problem("problem.name")
    return name if len(name) <= LONGEST_NAME else Problem("problem.name_too_long")


def read_told_birth(text: str, today: date, due_on: date | None) -> Reading:
    """The day of a birth that was expected on a day: not in the future, and not before the 22nd week."""
    day = parse_birth_date(text, today)
    if day is DateProblem.IN_FUTURE:
        return Problem("problem.told_birth.in_future")
    if day is DateProblem.TOO_OLD:
        return Problem("problem.told_birth.too_early")
    if isinstance(day, DateProblem):
        return Problem(f"problem.birth_date.{day}")
    too_early = due_on is not None and day < earliest_birth(due_on)
    return Problem("problem.told_birth.too_early") if too_early else day.isoformat()


def read_new_birth_date(text: str, today: date) -> Reading:
    """The right birth date of a child that was enrolled with another one."""
    day = parse_birth_date(text, today)
    return Problem("problem.told_birth.in_future") if day is DateProblem.IN_FUTURE else _date(day, "birth_date")


def read_newborns(text: str) -> Reading:
    """One child or two, tapped, or typed as the number of the button; three or more are told to a person."""
    choices = (*Newborns, MORE)
    number = int(text) if text.isdecimal() and text.isascii() and len(text) == 1 else 0
    word = str(choices[number - 1]) if 1 <= number <= len(choices) else text
    if word == MORE:
        return Problem("problem.newborns.more")
    return word if word in set(Newborns) else Problem("problem.choose")


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


def read_back_on(text: str, today: date) -> Reading:
    """A day to come, within the next months."""
    day = parse_due_date(text, today)
    return Problem("problem.back_on") if isinstance(day, DateProblem) or day <= today else day.isoformat()


def read_given_on(text: str, answers: Answers, today: date) -> Reading:
    """The day of a dose: not in the future and not before birth; or that nobody knows it."""
    if text == DAY_UNKNOWN:
        return text
    day = parse_given_day(text, date.fromisoformat(answers.get("born_on") or ""), today)
    return Problem(f"problem.dose_day.{day}") if isinstance(day, DayProblem) else day.isoformat()


def read_place_words(text: str) -> Reading:
    """A part of a facility's name."""
    words = " ".join("".join(letter for letter in text if _is_visible(letter)).split())
    known = any(letter.isalnum() for letter in words) and len(words) <= LONGEST_NAME
    return words if known else Problem("problem.place_words")


def read_session_hours(text: str) -> Reading:
    """From when to when a session is open, from "7:30-10:30"."""
    hours = read_hours(text)
    return Problem("problem.session_hours") if isinstance(hours, RuleProblem) else str(hours)


def read_number(text: str) -> Reading:
    """The four digits that stand on somebody's screen."""
    digits = "".join(letter for letter in text if letter.isdecimal())
    return digits if len(digits) == 4 else Problem("problem.number")


def read_card_number(text: str) -> Reading:
    """The number of a card, or the four digits on the screen of one who began without a card."""
    digits = "".join(letter for letter in text if letter.isdecimal())
    return digits if is_applications_number(digits) else Problem("problem.card_number")


def read_sought_words(text: str) -> Reading:
    """A child's name, a part of it, or at least four digits of a telephone number."""
    words = " ".join("".join(letter for letter in text if _is_visible(letter)).split())
    return words if read_sought(words) is not None else Problem("problem.sought")


def _date(read: date | DateProblem, question: str) -> Reading:
    return Problem(f"problem.{question}.{read}") if isinstance(read, DateProblem) else read.isoformat()


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _is_visible(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) not in INVISIBLE


def read_sent_media(text: str) -> Reading:
    """A picture or a voice, as the door writes one that it kept."""
    return text if read_media(text) else Problem("problem.media")

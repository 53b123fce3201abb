"""The forms by which a campaign is typed, one answer each, and how its ages and days are read."""

import re
import unicodedata
from datetime import date

from domain.birth_dates import PROGRAMME_ENDS_AT_MONTHS
from domain.forms.area_rules import read_rule_day
from domain.forms.form import Form, Kind, Option, Problem, Question, Reading
from domain.forms.joining import HOURS
from domain.media import ANSWERED_WITH_MEDIA

LONGEST = 4096
"""What a channel lets somebody type at once. Source: reference/telegram.md section 1."""


def _form(name: str, *given: str, typed: str, read: str) -> Form:
    asked = Question(typed, Kind.TYPED, read=read)
    return Form(name, 1, (*(Question(one, Kind.GIVEN) for one in given), asked))


CAMPAIGN_TITLE = _form("campaign_title", typed="title", read="campaign_words")
CAMPAIGN_TEXT = _form("campaign_text", "language", "autonym", typed="text", read="campaign_words")
CAMPAIGN_MEDIA = _form("campaign_media", typed="media", read=ANSWERED_WITH_MEDIA)
CAMPAIGN_LABEL = _form("campaign_label", "place", "language", "autonym", typed="words", read="campaign_words")
CAMPAIGN_AGES = _form("campaign_ages", typed="ages", read="campaign_ages")
CAMPAIGN_YEARLY = _form("campaign_yearly", typed="yearly", read="campaign_yearly")
CAMPAIGN_CORRECTION = _form("campaign_correction", "language", "autonym", typed="text", read="campaign_words")
CAMPAIGN_TIME = Form(
    "campaign_time",
    1,
    (
        Question("day", Kind.TYPED, read="campaign_day"),
        Question(
            "hour",
            Kind.CHOICE,
            options=tuple(Option(str(hour), f"{hour:02d}:00", is_key=False) for hour in HOURS),
            columns=4,
        ),
    ),
)
CAMPAIGN_FORMS = (
    CAMPAIGN_TITLE,
    CAMPAIGN_TEXT,
    CAMPAIGN_MEDIA,
    CAMPAIGN_LABEL,
    CAMPAIGN_AGES,
    CAMPAIGN_YEARLY,
    CAMPAIGN_CORRECTION,
    CAMPAIGN_TIME,
)

_RANGE = re.compile(r"\D{0,12}(\d{1,2})(?:\D{1,12}(\d{1,2}))?\D{0,12}")


def read_campaign_words(text: str) -> Reading:
    """As it was typed, without blanks around it."""
    words = unicodedata.normalize("NFC", text).strip()
    return words if words and len(words) <= LONGEST else Problem("problem.choose")


def read_campaign_ages(text: str) -> Reading:
    """Two ages in months, as "6-36"; one alone is the age from which it is for all older children."""
    found = _RANGE.fullmatch(" ".join(unicodedata.normalize("NFKC", text).split()))
    if found is None:
        return Problem("problem.campaign_ages")
    first, last = int(found[1]), int(found[2]) if found[2] else None
    fits = first < (last or PROGRAMME_ENDS_AT_MONTHS) <= PROGRAMME_ENDS_AT_MONTHS
    return f"{first}-{last or ''}" if fits else Problem("problem.campaign_ages")


def read_campaign_day(text: str, today: date) -> Reading:
    """Today or a day to come."""
    read = read_rule_day(text, today)
    if isinstance(read, Problem) or date.fromisoformat(read) < today:
        return Problem("problem.campaign_day")
    return read


def read_campaign_yearly(text: str, today: date) -> Reading:
    """A day of the year, as "1/6"."""
    read = read_rule_day(text, today)
    return Problem("problem.campaign_day") if isinstance(read, Problem) else read[5:]

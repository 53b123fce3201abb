"""The forms by which a nurse types the new day of a session, its other place or hours, or an extra session."""

import unicodedata

from domain.forms.form import Form, Kind, Problem, Question, Reading
from domain.session_days import PlaceAndHours, RuleProblem, read_place_and_hours

LONGEST_PLACE = 40
_BRACKETS = str.maketrans("【】「」", "[][]")

SESSION_TO = Form(
    "session_to",
    1,
    (Question("on", Kind.GIVEN), Question("day", Kind.TYPED, read="back_on")),
)
SESSION_OTHER = Form(
    "session_other",
    1,
    (Question("on", Kind.GIVEN), Question("place_and_hours", Kind.TYPED, read="place_and_hours")),
)
SESSION_EXTRA = Form(
    "session_extra",
    1,
    (
        Question("day", Kind.TYPED, read="back_on"),
        Question("place", Kind.TYPED, read="place_words", optional=True),
        Question("hours", Kind.TYPED, read="session_hours", optional=True),
    ),
)


def read_session_place_and_hours(text: str) -> Reading:
    """Where and when a session is held, from "[Khe Sim village house] 8:00-10:00", or one of the two alone."""
    # Chinese and Vietnamese keyboards write wide brackets, colons and dashes, and accents apart.
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", text) if _is_visible(letter))
    read = read_place_and_hours(plain.translate(_BRACKETS))
    if isinstance(read, RuleProblem) or not _is_a_place(read.place):
        return Problem("problem.place_and_hours")
    return str(read)


def place_and_hours(answer: str | None) -> PlaceAndHours:
    """The answer as it was read."""
    read = read_place_and_hours(answer or "")
    return PlaceAndHours() if isinstance(read, RuleProblem) else read


def _is_a_place(words: str) -> bool:
    return not words or (any(letter.isalnum() for letter in words) and len(words) <= LONGEST_PLACE)


def _is_visible(letter: str) -> bool:
    return letter.isspace() or not unicodedata.category(letter).startswith("C")

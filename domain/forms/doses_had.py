"""The form by which a worker writes down what a child has had before she came to us; a child without a card too."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache

from domain.calendar import age_in_months
from domain.doses_had import ExpectedDose, ToldDose, by_day, months_of
from domain.forms.form import Answers, Form, Kind, Option, Problem, Question, Reading, next_question
from domain.given_days import Problem as DayProblem
from domain.given_days import parse_given_day

MOST_DAYS, MOST_OF_A_DAY = 24, 8
APART = "apart"
UNKNOWN = "unknown"
NOT_GIVEN = "none"


class How(StrEnum):
    """How the family knows what the child has had."""

    DATES = "dates"
    ALL = "all"
    NONE = "none"
    NO_CARD = "no_card"


class ToldFrom(StrEnum):
    """Whether the worker reads it from the card, or the family tells it by heart."""

    CARD = "card"
    HEART = "heart"


_ONE_DAY = (Option(NOT_GIVEN, "choice.dose_day.none"), Option(UNKNOWN, "choice.dose_day.unknown"))
_SEVERAL = (Option(APART, "choice.dose_day.apart"), *_ONE_DAY)


def _tells_doses(answers: Answers) -> bool:
    return answers.get("how") in (How.DATES, How.ALL)


def _tells_all(answers: Answers) -> bool:
    return answers.get("how") == How.ALL


def _asks_day(place: int) -> Callable[[Answers], bool]:
    """Several doses that were due together are asked for together."""

    def asks(answers: Answers) -> bool:
        days = expected_of(answers)
        return answers.get("how") == How.DATES and place < len(days) and len(days[place]) > 1

    return asks


def _asks_dose(place: int, which: int) -> Callable[[Answers], bool]:
    """A dose alone, or one of several that were not given on one day."""

    def asks(answers: Answers) -> bool:
        days = expected_of(answers)
        if answers.get("how") != How.DATES or place >= len(days) or which >= len(days[place]):
            return False
        return len(days[place]) == 1 or answers.get(f"day_{place}") == APART

    return asks


def _of_day(place: int) -> tuple[Question, ...]:
    doses = (
        Question(
            f"dose_{place}_{which}",
            Kind.TYPED,
            read="dose_day",
            options=_ONE_DAY,
            columns=2,
            asked_when=_asks_dose(place, which),
        )
        for which in range(MOST_OF_A_DAY)
    )
    together = Question(
        f"day_{place}", Kind.TYPED, read="dose_day", options=_SEVERAL, columns=1, asked_when=_asks_day(place)
    )
    return (together, *doses)


DOSES_HAD = Form(
    "doses_had",
    1,
    (
        Question("child", Kind.GIVEN),
        Question("born_on", Kind.GIVEN),
        Question("zone", Kind.GIVEN),
        Question("expected", Kind.GIVEN),
        Question("written", Kind.GIVEN),
        Question("how", Kind.CHOICE, options=tuple(Option(how, f"choice.doses_had.{how}") for how in How)),
        Question(
            "told_from",
            Kind.CHOICE,
            options=tuple(Option(way, f"choice.told_from.{way}") for way in ToldFrom),
            asked_when=_tells_doses,
        ),
        Question("up_to", Kind.TYPED, read="months_had", options_from="months_had", columns=3, asked_when=_tells_all),
        *(question for place in range(MOST_DAYS) for question in _of_day(place)),
    ),
)


def given_answers(
    expected: Iterable[ExpectedDose], written: Mapping[str, frozenset[date]], *, child: str, born_on: date, zone: str
) -> Answers:
    """What is known when the form begins: which doses may have been given, and which days are written already.

    `child` is the name by which the questions ask.
    """
    doses = (f"{one.group} {one.number} {one.vaccine} {one.due_on}" for one in expected)
    days = (f"{vaccine} {day}" for vaccine, dates in sorted(written.items()) for day in sorted(dates))
    known = {"child": child, "born_on": born_on.isoformat(), "zone": zone}
    return {**known, "expected": ",".join(doses), "written": ",".join(days)}


def expected_of(answers: Answers) -> tuple[tuple[ExpectedDose, ...], ...]:
    """The doses of which this draft asks, those of one day together."""
    return _expected(answers.get("expected") or "")


@cache
def _expected(line: str) -> tuple[tuple[ExpectedDose, ...], ...]:
    words = [one.split() for one in line.split(",") if one]
    doses = [ExpectedDose(group, int(number), code, date.fromisoformat(day)) for group, number, code, day in words]
    return by_day(doses)


def months_had(answers: Answers) -> tuple[int, ...]:
    """The ages up to which a child may have had everything."""
    return months_of((dose for day in expected_of(answers) for dose in day), _born_on(answers))


def months_at(answers: Answers, due_on: date) -> int:
    """How many months old the child was on a day."""
    return age_in_months(_born_on(answers), due_on)


def written_days(answers: Answers) -> Mapping[str, frozenset[date]]:
    """The days on which each vaccine was written down before the form began."""
    days: dict[str, set[date]] = {}
    for one in (answers.get("written") or "").split(","):
        if one:
            vaccine, day = one.split()
            days.setdefault(vaccine, set()).add(date.fromisoformat(day))
    return {vaccine: frozenset(dates) for vaccine, dates in days.items()}


def doses_asked(question: str, answers: Answers) -> tuple[ExpectedDose, ...]:
    """Of which doses a question asks; none for the questions before them."""
    kind, *places = question.split("_")
    days = expected_of(answers)
    if kind == "day" and places[0].isdecimal():
        return days[int(places[0])]
    return (days[int(places[0])][int(places[1])],) if kind == "dose" else ()


def told_doses(answers: Answers) -> tuple[ToldDose, ...]:
    """Every dose that was given, by these answers."""
    expected = [dose for day in expected_of(answers) for dose in day]
    if answers.get("how") == How.ALL:
        until = int(answers.get("up_to") or 0)
        had = [dose for dose in expected if months_at(answers, dose.due_on) <= until]
        return tuple(ToldDose(dose.vaccine, dose.number, dose.due_on, None) for dose in had)
    if answers.get("how") != How.DATES:
        return ()
    return tuple(dose for name, day in answers.items() for dose in _told(name, day, answers))


def _told(name: str, day: str | None, answers: Answers) -> tuple[ToldDose, ...]:
    asked = doses_asked(name, answers)
    if not asked or day in (None, APART, NOT_GIVEN):
        return ()
    given_on = None if day == UNKNOWN else date.fromisoformat(day or "")
    return tuple(ToldDose(dose.vaccine, dose.number, dose.due_on, given_on) for dose in asked)


def told_twice(answers: Answers) -> str | None:
    """The question whose answer puts a vaccine on a day on which it stands already; None when all is well."""
    seen = {(vaccine, day) for vaccine, days in written_days(answers).items() for day in days}
    for name, day in answers.items():
        for dose in _told(name, day, answers) if answers.get("how") == How.DATES else ():
            if dose.given_on is not None and (dose.vaccine, dose.given_on) in seen:
                return name
            seen.add((dose.vaccine, dose.given_on or date.min))
    return None


def read_dose_day(text: str, answers: Answers, today: date) -> Reading:
    """A typed day, or what was tapped instead of one."""
    if text in (APART, UNKNOWN, NOT_GIVEN):
        return text
    day = parse_given_day(text, _born_on(answers), today)
    if isinstance(day, DayProblem):
        return Problem(f"problem.dose_day.{day}")
    waiting = next_question(DOSES_HAD, answers)
    with_this = {**answers, waiting.name: day.isoformat()} if waiting else answers
    return Problem("problem.dose_day.twice") if told_twice(with_this) else day.isoformat()


def read_months_had(text: str, answers: Answers) -> Reading:
    """One of the ages of the schedule, from "4", "4 tháng", "满4个月"."""
    digits = "".join(letter for letter in text if letter.isdecimal())
    known = digits and len(digits) < 3 and int(digits) in months_had(answers)
    return str(int(digits)) if known else Problem("problem.choose")


def _born_on(answers: Answers) -> date:
    return date.fromisoformat(answers.get("born_on") or "")

"""The forms by which a birth is told in three taps, and a name when there is one."""

from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import gestation_in_weeks
from domain.forms.enrolment import BIRTH_DAY_OPTIONS
from domain.forms.form import Answers, Form, Kind, Option, Question
from domain.sex import Sex

FIRST_WEEK, LAST_WEEK = 22, 44
"""Completed weeks within which a birth is told here. The first is WHO's beginning of the perinatal period (ICD-10)."""
MORE = "more"


class BirthPlace(StrEnum):
    """Where a child was born."""

    STATION = "station"
    HOSPITAL = "hospital"
    HOME = "home"
    ELSEWHERE = "elsewhere"


class Newborns(StrEnum):
    """Who was born: one child, or two."""

    GIRL = "girl"
    BOY = "boy"
    GIRLS = "girls"
    BOYS = "boys"
    GIRL_AND_BOY = "girl_and_boy"


SEXES = {
    Newborns.GIRL: (Sex.FEMALE,),
    Newborns.BOY: (Sex.MALE,),
    Newborns.GIRLS: (Sex.FEMALE, Sex.FEMALE),
    Newborns.BOYS: (Sex.MALE, Sex.MALE),
    Newborns.GIRL_AND_BOY: (Sex.FEMALE, Sex.MALE),
}


class Which(StrEnum):
    """Which child of a birth a name is asked for."""

    ONLY = "only"
    GIRL = "girl"
    BOY = "boy"
    FIRST = "first"
    SECOND = "second"


def earliest_birth(due_on: date) -> date:
    """The first day of the 22nd completed week of a pregnancy."""
    return due_on - timedelta(weeks=40 - FIRST_WEEK)


def weeks_at_birth(due_on: date, born_on: date) -> int | None:
    """Completed weeks of the pregnancy at birth; None when there are too many: then the due date was not right."""
    weeks = gestation_in_weeks(due_on, born_on)
    return weeks if weeks <= LAST_WEEK else None


def weeks_too_soon(due_on: date, born_on: date) -> int | None:
    """By about how many weeks the birth was early (negative: late); None when the due date was not right."""
    if weeks_at_birth(due_on, born_on) is None:
        return None
    return round((due_on - born_on).days / 7)


def _options(prefix: str, *values: str) -> tuple[Option, ...]:
    return tuple(Option(value, f"choice.{prefix}.{value}") for value in values)


BIRTH = Form(
    "birth",
    1,
    (
        Question("due_on", Kind.GIVEN),
        Question("zone", Kind.GIVEN),
        Question("birth_date", Kind.TYPED, read="told_birth", options=BIRTH_DAY_OPTIONS, columns=2),
        Question("newborns", Kind.CHOICE, read="newborns", options=_options("newborns", *Newborns, MORE), columns=2),
        Question("birth_place", Kind.CHOICE, options=_options("birth_place", *BirthPlace)),
    ),
)


def _name_of(which: Which) -> Question:
    def is_this_one(answers: Answers) -> bool:
        return answers.get("which") == which

    return Question(f"name_{which}", Kind.TYPED, read="name", asked_when=is_this_one)


NAMING = Form("naming", 1, (Question("which", Kind.GIVEN), *(_name_of(which) for which in Which)))
TOLD_BY_FAMILIES = frozenset({BIRTH.name, NAMING.name})
"""Forms in which words of a loss are never taken for an answer."""

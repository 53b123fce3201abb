"""The form by which a volunteer enrols a family, in under a minute."""

from domain.forms.form import Answers, Form, Kind, Option, Question
from domain.reader import Role
from domain.sex import Sex

NOT_YET_NAMED = "not_yet_named"
BIRTH_DAY_OPTIONS = (Option("today", "choice.today"), Option("yesterday", "choice.yesterday"))


def is_born(answers: Answers) -> bool:
    """Whether the family has a child already, rather than a pregnancy."""
    return answers.get("stage") == "born"


def is_pregnant(answers: Answers) -> bool:
    """Whether a child is awaited."""
    return answers.get("stage") == "pregnant"


def is_twins(answers: Answers) -> bool:
    """Whether two children were born on the day."""
    return is_born(answers) and answers.get("number") == "2"


def _options(prefix: str, *values: str) -> tuple[Option, ...]:
    return tuple(Option(value, f"choice.{prefix}.{value}") for value in values)


def _about_child(suffix: str) -> tuple[Question, ...]:
    when = is_twins if suffix else is_born
    return (
        Question(
            f"name{suffix}",
            Kind.TYPED,
            read="name",
            options=(Option(NOT_YET_NAMED, "choice.not_yet_named"),),
            asked_when=when,
        ),
        Question(f"sex{suffix}", Kind.CHOICE, options=_options("sex", *Sex), columns=2, asked_when=when),
        Question(f"weight{suffix}", Kind.TYPED, read="birth_weight", optional=True, asked_when=when),
    )


ENROLMENT = Form(
    "enrolment",
    1,
    (
        Question("role", Kind.CHOICE, options=_options("role", *Role), columns=2),
        Question("language", Kind.CHOICE, options_from="languages", columns=3),
        Question("phone", Kind.TYPED, read="phone", optional=True),
        Question("stage", Kind.CHOICE, options=_options("stage", "born", "pregnant"), columns=2),
        Question("due_date", Kind.TYPED, read="due_date", asked_when=is_pregnant),
        Question("number", Kind.CHOICE, options=_options("number", "1", "2"), columns=2, asked_when=is_born),
        Question("birth_date", Kind.TYPED, read="birth_date", options=BIRTH_DAY_OPTIONS, columns=2, asked_when=is_born),
        *_about_child(""),
        *_about_child("2"),
        Question("gestation", Kind.TYPED, read="gestation", optional=True, asked_when=is_born),
        Question("facility", Kind.CHOICE, options_from="facilities"),
    ),
)

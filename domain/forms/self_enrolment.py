"""The form by which somebody begins by herself, from a card or a poster, and the two by which a person confirms her."""

from collections.abc import Callable

from domain.consent import Purpose, may_consent
from domain.forms.enrolment import ENROLMENT, is_born, is_pregnant, is_twins
from domain.forms.form import Answers, Form, Kind, Question
from domain.forms.joining import JOINING, LANGUAGE, YES, YES_NO, wants_messages
from domain.reader import Role

CONSENT_TO_BE_ASKED = "consent_questions"
FACTS = ("role", "phone", "stage", "due_date", "number", "birth_date", "name", "sex", "name2", "sex2")
"""What a person may correct before she confirms; the rest is for the family alone to say."""


def may_be_asked(answers: Answers) -> bool:
    """Whether she agreed to be asked, and to her answers being kept until a person confirms them."""
    return answers.get(CONSENT_TO_BE_ASKED) == YES


def goes_on(answers: Answers) -> bool:
    """Whether there is anything to confirm: without messages there is not."""
    return may_be_asked(answers) and wants_messages(answers)


def decides_for_child(answers: Answers) -> bool:
    """Whether she is one who may consent to the use of the child's file."""
    role = answers.get("role")
    return goes_on(answers) and role is not None and may_consent(Role(role), Purpose.FILE)


def _and(when: Callable[[Answers], bool]) -> Callable[[Answers], bool]:
    return lambda answers: goes_on(answers) and when(answers)


def _of(form: Form, name: str, when: Callable[[Answers], bool], *, optional: bool | None = None) -> Question:
    """A question of another form, asked under another condition."""
    found = next(question for question in form.questions if question.name == name)
    return Question(
        name,
        found.kind,
        options=found.options,
        options_from=found.options_from,
        read=found.read,
        optional=found.optional if optional is None else optional,
        columns=found.columns,
        asked_when=when,
    )


SELF_ENROLMENT = Form(
    "self_enrolment",
    1,
    (
        Question("facility", Kind.GIVEN),
        Question(LANGUAGE, Kind.CHOICE, options_from="languages", columns=3),
        Question(CONSENT_TO_BE_ASKED, Kind.CHOICE, options=YES_NO, columns=2),
        _of(ENROLMENT, "role", may_be_asked),
        _of(JOINING, "consent_messages", may_be_asked),
        _of(JOINING, "consent_file", decides_for_child),
        _of(ENROLMENT, "stage", goes_on),
        _of(ENROLMENT, "due_date", _and(is_pregnant)),
        _of(ENROLMENT, "number", _and(is_born)),
        _of(ENROLMENT, "birth_date", _and(is_born)),
        _of(ENROLMENT, "name", _and(is_born)),
        _of(ENROLMENT, "sex", _and(is_born)),
        _of(ENROLMENT, "name2", _and(is_twins)),
        _of(ENROLMENT, "sex2", _and(is_twins)),
        _of(ENROLMENT, "phone", goes_on, optional=True),
        _of(JOINING, "hour", goes_on),
        _of(JOINING, "amount", goes_on),
    ),
)

# Whoever confirms asks only what she can see with her own eyes.
CHECKING = Form("checking", 1, tuple(one for one in ENROLMENT.questions if one.name in (*FACTS, "facility")))

BY_NUMBER = Form("by_number", 1, (Question("card_number", Kind.TYPED, read="card_number"),))

"""What somebody is asked who begins by herself: consent first, and nothing that is not hers to say."""

from domain.forms.form import next_question, pruned
from domain.forms.self_enrolment import CHECKING, SELF_ENROLMENT

BEGUN = {"facility": "p1", "language": "vi", "consent_questions": "yes"}


def asked_with(**answers: str | None) -> list[str]:
    """Every question that is asked when everything else is answered with the first option."""
    known: dict[str, str | None] = {**BEGUN, **answers}
    asked = []
    while (question := next_question(SELF_ENROLMENT, known)) is not None:
        asked.append(question.name)
        known[question.name] = question.options[0].value if question.options else "x"
    return asked


def test_consent_is_asked_before_anything_about_the_child() -> None:
    assert asked_with()[:4] == ["role", "consent_messages", "consent_file", "stage"]


def test_who_does_not_want_to_be_asked_is_asked_nothing() -> None:
    assert asked_with(consent_questions="no") == []
    assert asked_with(role="mother", consent_messages="no") == []


def test_a_grandmother_is_not_asked_to_consent_for_the_child() -> None:
    assert "consent_file" not in asked_with(role="grandmother", consent_messages="yes")
    assert "consent_file" in asked_with(role="guardian", consent_messages="yes")


def test_of_an_awaited_child_neither_name_nor_sex_is_asked() -> None:
    asked = asked_with(role="mother", consent_messages="yes", consent_file="yes", stage="pregnant")
    assert asked == ["due_date", "phone", "hour", "amount"]


def test_the_volunteer_corrects_facts_and_never_a_consent_or_an_hour() -> None:
    names = {question.name for question in CHECKING.questions}
    assert not names & {"consent_messages", "consent_file", "consent_questions", "hour", "amount", "language"}


def test_answers_to_questions_that_are_no_longer_asked_are_dropped() -> None:
    answers = {**BEGUN, "role": "grandmother", "consent_messages": "yes", "consent_file": "yes"}
    assert "consent_file" not in pruned(SELF_ENROLMENT, answers)

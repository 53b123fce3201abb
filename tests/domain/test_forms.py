"""The dialogues as people walk through them: Minh enrols Lan's family, Lan joins, staff invite Minh and Hoa."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.forms.confirming import CONFIRMING
from domain.forms.enrolment import ENROLMENT
from domain.forms.form import (
    SKIPPED,
    Answer,
    Answers,
    Form,
    Kind,
    Option,
    Problem,
    Question,
    Reading,
    Surroundings,
    asked,
    earlier_questions,
    give_answer,
    next_question,
    pruned,
    with_answer,
    without,
)
from domain.forms.inviting import INVITING
from domain.forms.joining import JOINING

FORMS = (ENROLMENT, JOINING, INVITING, CONFIRMING)
START = ["role", "language", "phone", "stage"]
CHILD = ["birth_date", "name", "sex", "weight"]
SECOND = ["name2", "sex2", "weight2"]
END = ["gestation", "facility"]
PATHS = [
    (ENROLMENT, {"stage": "born", "number": "1"}, [*START, "number", *CHILD, *END]),
    (ENROLMENT, {"stage": "born", "number": "2"}, [*START, "number", *CHILD, *SECOND, *END]),
    (ENROLMENT, {"stage": "pregnant"}, [*START, "due_date", "facility"]),
    (
        JOINING,
        {"role": "mother", "consent_messages": "yes"},
        ["language", "consent_messages", "consent_file", "hour", "amount"],
    ),
    (
        JOINING,
        {"role": "grandmother", "consent_messages": "yes"},
        ["language", "consent_messages", "hour", "amount"],
    ),
    (JOINING, {"consent_messages": "no"}, ["language", "consent_messages"]),
    (INVITING, {"actor_role": "volunteer"}, ["actor_role", "commune", "second_commune", "actor_name"]),
    (INVITING, {"actor_role": "health_worker"}, ["actor_role", "facility", "actor_name"]),
    (INVITING, {"actor_role": "staff"}, ["actor_role", "actor_name"]),
    (CONFIRMING, {}, ["number"]),
]


def options(*values: str) -> tuple[Option, ...]:
    return tuple(Option(value, f"place {value}", is_key=False) for value in values)


def read(text: str) -> Reading:
    return text.strip() if text.strip() else Problem("problem.choose")


VILLAGE = Surroundings(
    options={
        "languages": options("vi", "zh", "en"),
        "facilities": options("11", "12"),
        "communes": options("21", "22"),
        "other_communes": options("22"),
    },
    readers=dict.fromkeys(
        ("name", "phone", "due_date", "birth_date", "birth_weight", "gestation", "hour", "number"),
        read,
    ),
)


def given_in(form: Form) -> set[str]:
    """What is known before the first question."""
    return {one.name for one in form.questions if one.kind is Kind.GIVEN}


def walk(form: Form, chosen: Mapping[str, str]) -> list[tuple[str, dict[str, Answer]]]:
    """Each question with the answers there were when it was asked; what is not chosen is answered with "x"."""
    steps: list[tuple[str, dict[str, Answer]]] = []
    answers: dict[str, Answer] = {name: value for name, value in chosen.items() if name in given_in(form)}
    while (question := next_question(form, answers)) is not None:
        steps.append((question.name, answers))
        answers = with_answer(form, answers, question.name, chosen.get(question.name, "x"))
    return [*steps, ("", answers)]


def finished(form: Form, chosen: Mapping[str, str]) -> dict[str, Answer]:
    return walk(form, chosen)[-1][1]


@pytest.mark.parametrize(("form", "chosen", "questions"), PATHS)
def test_each_path_asks_its_questions_in_order(form: Form, chosen: Mapping[str, str], questions: list[str]) -> None:
    assert [name for name, _answers in walk(form, chosen)] == [*questions, ""]
    assert [name for name in finished(form, chosen) if name not in given_in(form)] == questions


@pytest.mark.parametrize(("form", "chosen", "questions"), PATHS)
def test_the_way_back_leads_through_the_same_questions(
    form: Form, chosen: Mapping[str, str], questions: list[str]
) -> None:
    answers = finished(form, chosen)
    back = []
    open_now = ""
    while earlier := earlier_questions(form, answers, open_now):
        before = earlier[0]
        open_now = before.name
        back.append(before.name)
        answers = without(answers, before.name)
    assert back == questions[::-1]
    assert set(answers) <= given_in(form)


@pytest.mark.parametrize(("form", "chosen", "questions"), PATHS)
def test_a_correction_asks_one_question_anew_and_keeps_the_rest(
    form: Form, chosen: Mapping[str, str], questions: list[str]
) -> None:
    complete = finished(form, chosen)
    for name in [name for name in questions if name not in chosen]:
        open_again = without(complete, name)
        question = next_question(form, open_again)
        assert question is not None
        assert question.name == name
        assert with_answer(form, open_again, name, complete[name]) == complete


def test_a_pregnancy_after_all_forgets_the_child_and_keeps_the_mother() -> None:
    born = finished(ENROLMENT, {"stage": "born", "number": "2"})
    awaited = with_answer(ENROLMENT, born, "stage", "pregnant")
    assert list(awaited) == [*START, "facility"]
    question = next_question(ENROLMENT, awaited)
    assert question is not None
    assert question.name == "due_date"


def test_one_child_after_all_forgets_the_second_twin_only() -> None:
    twins = finished(ENROLMENT, {"stage": "born", "number": "2"})
    one = with_answer(ENROLMENT, twins, "number", "1")
    assert list(one) == [*START, "number", *CHILD, *END]
    assert next_question(ENROLMENT, one) is None


def test_refusing_messages_after_all_forgets_the_hour_and_the_amount() -> None:
    joined = finished(JOINING, {"role": "mother", "consent_messages": "yes"})
    refused = with_answer(JOINING, joined, "consent_messages", "no")
    assert list(refused) == ["role", "language", "consent_messages"]


def test_nothing_of_consent_is_preset() -> None:
    asked_of_her = {name for name, _ in walk(JOINING, {"role": "mother", "consent_messages": "yes"})}
    assert asked_of_her >= {"consent_messages", "consent_file"}
    for name in ("consent_messages", "consent_file"):
        question = JOINING.question(name)
        assert question is not None
        assert not question.optional


def test_the_sex_of_an_unborn_child_is_never_asked() -> None:
    assert not {"sex", "sex2"} & set(finished(ENROLMENT, {"stage": "pregnant"}))


def test_a_skipped_question_is_not_asked_again() -> None:
    answers = with_answer(ENROLMENT, {"role": "mother", "language": "vi"}, "phone", SKIPPED)
    question = next_question(ENROLMENT, answers)
    assert question is not None
    assert question.name == "stage"
    assert answers["phone"] is SKIPPED


def test_what_may_be_skipped_is_what_a_mother_may_not_know_or_want_to_say() -> None:
    optional = {question.name for form in FORMS for question in form.questions if question.optional}
    assert optional == {"phone", "weight", "weight2", "gestation", "second_commune"}


def test_an_answer_to_a_question_that_is_not_asked_is_not_kept() -> None:
    answers = with_answer(ENROLMENT, {"role": "mother", "stage": "pregnant"}, "sex", "female")
    assert "sex" not in answers


def test_at_the_beginning_there_is_no_way_back() -> None:
    assert all(not earlier_questions(form, {}, form.questions[0].name) for form in FORMS)


def question_of(form: Form, name: str) -> Question:
    question = form.question(name)
    assert question is not None
    return question


@pytest.mark.parametrize(
    ("form", "name", "typed", "value"),
    [
        (ENROLMENT, "role", "mother", "mother"),
        (ENROLMENT, "role", "2", "father"),
        (ENROLMENT, "language", "zh", "zh"),
        (ENROLMENT, "language", " 2 ", "zh"),
        (ENROLMENT, "number", "2", "2"),
        (ENROLMENT, "facility", "1", "11"),
        (ENROLMENT, "name", " An ", "An"),
        (ENROLMENT, "birth_date", "today", "today"),
        (JOINING, "hour", "8", "8"),
        (JOINING, "hour", "19", "19"),
        (JOINING, "amount", "3", "3"),
        (INVITING, "actor_role", "1", "staff"),
    ],
)
def test_an_answer_is_taken_by_its_value_or_its_number(form: Form, name: str, typed: str, value: str) -> None:
    assert give_answer(question_of(form, name), typed, VILLAGE) == value


@pytest.mark.parametrize("typed", ["", "aunt", "0", "8", "-1", "1.5", "١٢", "²"])
def test_what_is_none_of_the_answers_is_asked_again(typed: str) -> None:
    assert give_answer(question_of(ENROLMENT, "role"), typed, VILLAGE) == Problem("problem.choose")


def test_the_second_station_of_the_list_is_the_second() -> None:
    stations = Surroundings(options={"facilities": options("p2", "p1")})
    assert give_answer(question_of(ENROLMENT, "facility"), "2", stations) == "p1"


VALUES = {
    "stage": ("born", "pregnant"),
    "number": ("1", "2"),
    "consent_messages": ("yes", "no"),
    "actor_role": ("volunteer", "health_worker", "staff"),
}


def asked_names(form: Form, answers: Answers) -> set[str]:
    return given_in(form) | {question.name for question in asked(form, answers)}


@st.composite
def moves(draw: st.DrawFn) -> tuple[Form, list[tuple[str, str, str]]]:
    """A form and what somebody does with it: answers, the way back and corrections, in any order."""
    form = draw(st.sampled_from(FORMS))
    names = st.sampled_from([question.name for question in form.questions])
    done = draw(st.lists(st.tuples(st.sampled_from(["next", "next", "any", "back", "correct"]), names), max_size=40))
    return form, [(kind, name, draw(st.sampled_from(("a", "b")))) for kind, name in done]


@settings(deadline=None, max_examples=60)
@given(moves(), st.data())
def test_whatever_she_taps_no_answer_is_lost_or_invented(
    walked: tuple[Form, list[tuple[str, str, str]]], data: st.DataObject
) -> None:
    form, done = walked
    answers: dict[str, Answer] = {}
    said: dict[str, str] = {}
    waits = False  # something was taken back, and what hangs on it waits until it is answered anew
    for kind, name, word in done:
        before, taken_back = answers, ""
        question = next_question(form, answers)
        earlier = earlier_questions(form, answers, question.name if question else "")
        if kind == "correct":
            taken_back, answers = name, without(answers, name)
        elif kind == "back":
            taken_back = earlier[0].name if earlier else ""
            answers = without(answers, taken_back)
        elif kind == "any" or question is not None:
            target = name if kind == "any" or question is None else question.name
            said[target] = data.draw(st.sampled_from(VALUES.get(target, (word,))))
            answers, waits = with_answer(form, answers, target, said[target]), False
        waits = waits or bool(taken_back)
        assert all(answers[name] == said[name] for name in answers)
        kept = {name for name in before if name != taken_back}
        assert kept & asked_names(form, answers) <= set(answers)
        assert waits or set(answers) <= asked_names(form, answers)
        assert asked_names(form, answers) == asked_names(form, pruned(form, answers))

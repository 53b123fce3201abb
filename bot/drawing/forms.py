"""Forms: the open question with its answers, the way back, and the summary before anything is saved."""

from datetime import date

from bot.drawing.buttons import Row, button, grid, said
from bot.payloads import payload
from domain.forms.enrolment import ENROLMENT, is_twins
from domain.forms.form import Form, Kind, Option, Question, asked
from domain.message import Choice, OutgoingMessage, Text, Value
from services.forms.answer_form import Asking

ABOUT_ONE = frozenset({"name", "sex", "weight"})
DATES = frozenset({"birth_date", "due_date"})


def draw_form(asking: Asking) -> OutgoingMessage:
    """The open question, or the summary of a complete form."""
    return _summary(asking) if asking.question is None else _question(asking, asking.question)


def _question(asking: Asking, question: Question) -> OutgoingMessage:
    form = asking.form.name
    text = Text(f"form.{form}.{question.name}{_first_of_two(asking, question)}")
    if asking.problem is not None:
        text = Text("form.try_again", {"problem": Text(asking.problem.key), "question": text})
    options = tuple(_option(form, question, option) for option in asking.options.options_of(question))
    return OutgoingMessage(text, (*grid(options, question.columns), *_ways(asking, question)))


def _first_of_two(asking: Asking, question: Question) -> str:
    """Of twins, one is asked about first."""
    twins = asking.form.name == ENROLMENT.name and is_twins(asking.draft.answers)
    return "_first" if twins and question.name in ABOUT_ONE else ""


def _option(form: str, question: Question, option: Option) -> Choice:
    return Choice(option_label(option), payload("form", form, question.name, option.value))


def option_label(option: Option) -> Text:
    """What stands on the button of an option."""
    return Text(option.label) if option.is_key else said(option.label)


def _ways(asking: Asking, question: Question) -> tuple[Row, ...]:
    form = asking.form.name
    rows: list[Row] = []
    if question.optional:
        rows.append((button("choice.skip", "form_skip", form, question.name),))
    first = asking.form.questions[0].name == question.name
    ways = () if first else (button("choice.back", "form_back", form, question.name),)
    cancel = () if form == "joining" else (button("choice.cancel", "form_cancel", form, question.name),)
    return (*rows, (*ways, *cancel)) if ways or cancel else tuple(rows)


def _summary(asking: Asking) -> OutgoingMessage:
    form = asking.form
    lines = tuple(
        Text("form.line", {"name": Text(f"field.{question.name}"), "answer": _answer(asking, question)})
        for question in asked(form, asking.draft.answers)
    )
    corrections = [
        button("choice.correct", "form_correct", form.name, question.name, field=Text(f"field.{question.name}"))
        for question in asked(form, asking.draft.answers)
        if not _is_only_choice(asking, question)
    ]
    choices = (
        (button("choice.save", "form_save", form.name),),
        *grid(corrections, 2),
        (button("choice.cancel", "form_cancel", form.name, ""),),
    )
    return OutgoingMessage(Text(f"form.{form.name}.summary", {"lines": lines}), choices)


def _is_only_choice(asking: Asking, question: Question) -> bool:
    return question.options_from == "facilities" and len(asking.options.options_of(question)) == 1


def _answer(asking: Asking, question: Question) -> Value:
    value = asking.draft.answers.get(question.name)
    if value is None:
        return Text("choice.not_given")
    if question.name in DATES:
        return date.fromisoformat(value)
    option = next((one for one in asking.options.options_of(question) if one.value == value), None)
    if option is not None and question.kind is Kind.CHOICE:
        return option_label(option)
    if question.name.startswith("name"):
        return value or Text("choice.not_yet_named")
    return Text(f"form.value.{question.read}", {"value": value})


def draw_resume(form: Form) -> OutgoingMessage:
    """A draft lies here: go on with it, or begin anew."""
    choices = (
        (button("choice.resume", "form_resume", form.name),),
        (button("choice.begin_anew", "form_anew", form.name),),
    )
    return OutgoingMessage(Text(f"form.{form.name}.resume"), choices)

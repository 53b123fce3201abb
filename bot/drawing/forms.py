"""Forms: the open question with its answers, the way back, and the summary before anything is saved."""

from collections.abc import Callable
from datetime import date

from bot.drawing.area_words import words_of_rounds
from bot.drawing.birth import birth_remarks
from bot.drawing.buttons import Row, button, grid, said
from bot.drawing.campaign_forms import words_of_campaigns
from bot.drawing.doses_had import OwnWords, words_of_doses_had
from bot.payloads import payload
from domain.forms.adding import ADDING
from domain.forms.area_rules import AREA_ROUND
from domain.forms.birth import BIRTH
from domain.forms.doses_had import DOSES_HAD
from domain.forms.enrolment import ENROLMENT, is_twins
from domain.forms.form import Answers, Form, Kind, Option, Question, asked
from domain.forms.joining import CONSENTS
from domain.forms.self_enrolment import CHECKING, SELF_ENROLMENT
from domain.message import Choice, OutgoingMessage, Text, Value
from services.forms.answer_form import Asking

ABOUT_ONE = frozenset({"name", "sex", "weight"})
# Forms that ask about twins each apart.
ABOUT_TWO = frozenset({ENROLMENT.name, ADDING.name, SELF_ENROLMENT.name, CHECKING.name})
DATES = frozenset({"birth_date", "due_date"})
# Questions that are asked in the words of another form.
WORDS = {
    **{("self_enrolment", name): "joining" for name in ("language", *CONSENTS, "hour", "amount")},
    **{("checking", question.name): "enrolment" for question in CHECKING.questions},
    **{(ADDING.name, question.name): ENROLMENT.name for question in ADDING.questions},
}
# Forms whose questions name what only the draft knows.
OWN_WORDS: dict[str, OwnWords] = {
    DOSES_HAD.name: words_of_doses_had,
    AREA_ROUND.name: words_of_rounds,
    **words_of_campaigns,
}
# What is said back below the answers of a form.
REMARKS: dict[str, Callable[[Answers], tuple[Text, ...]]] = {BIRTH.name: birth_remarks}


def draw_form(asking: Asking) -> OutgoingMessage:
    """The open question, or the summary of a complete form."""
    return _summary(asking) if asking.question is None else _question(asking, asking.question)


def _question(asking: Asking, question: Question) -> OutgoingMessage:
    words = WORDS.get((asking.form.name, question.name), asking.form.name)
    own = OWN_WORDS.get(asking.form.name)
    text = own.question(asking, question) if own else None
    text = text or Text(f"form.{words}.{question.name}{_first_of_two(asking, question)}")
    if asking.problem is not None:
        text = Text("form.try_again", {"problem": Text(asking.problem.key), "question": text})
    options = tuple(_option(asking, question, option) for option in asking.options.options_of(question))
    return OutgoingMessage(text, (*grid(options, question.columns), *_ways(asking, question)))


def _first_of_two(asking: Asking, question: Question) -> str:
    """Of twins, one is asked about first."""
    twins = asking.form.name in ABOUT_TWO and is_twins(asking.draft.answers)
    return "_first" if twins and question.name in ABOUT_ONE else ""


def _option(asking: Asking, question: Question, option: Option) -> Choice:
    own = OWN_WORDS.get(asking.form.name)
    label = own.option(asking, question, option) if own else None
    return Choice(label or option_label(option), payload("form", *_draft_of(asking), question.name, option.value))


def _draft_of(asking: Asking) -> tuple[str, int]:
    """What every button of a form begins with: which form it is, and which draft of it."""
    return asking.form.name, asking.draft.stamp


def option_label(option: Option) -> Text:
    """What stands on the button of an option."""
    return Text(option.label) if option.is_key else said(option.label)


def _ways(asking: Asking, question: Question) -> tuple[Row, ...]:
    draft = _draft_of(asking)
    rows: list[Row] = []
    if question.optional:
        rows.append((button("choice.skip", "form_skip", *draft, question.name),))
    first = asked(asking.form, asking.draft.answers)[0].name == question.name
    ways = () if first else (button("choice.back", "form_back", *draft, question.name),)
    cancel = () if asking.form.name == "joining" else (button("choice.cancel", "form_cancel", *draft, question.name),)
    return (*rows, (*ways, *cancel)) if ways or cancel else tuple(rows)


def _summary(asking: Asking) -> OutgoingMessage:
    form = asking.form
    lines = tuple(
        Text("form.line", {"name": _field(asking, question), "answer": _answer(asking, question)})
        for question in asked(form, asking.draft.answers)
    )
    remarks = REMARKS[form.name](asking.draft.answers) if form.name in REMARKS else ()
    corrections = [
        button("choice.correct", "form_correct", *_draft_of(asking), question.name, field=_field(asking, question))
        for question in asked(form, asking.draft.answers)
        if not _is_only_choice(asking, question)
    ]
    own = OWN_WORDS.get(form.name)
    choices = (
        (button("choice.save", "form_save", *_draft_of(asking)),),
        *grid(corrections, own.columns if own else 2),
        (button("choice.cancel", "form_cancel", *_draft_of(asking), ""),),
    )
    return OutgoingMessage(Text(f"form.{form.name}.summary", {"lines": (*lines, *remarks)}), choices)


def _field(asking: Asking, question: Question) -> Text:
    own = OWN_WORDS.get(asking.form.name)
    return (own.field(asking, question) if own else None) or Text(f"field.{question.name}")


def _is_only_choice(asking: Asking, question: Question) -> bool:
    return question.options_from == "facilities" and len(asking.options.options_of(question)) == 1


def _answer(asking: Asking, question: Question) -> Value:
    value = asking.draft.answers.get(question.name)
    own = OWN_WORDS.get(asking.form.name)
    said_so = own.answer(asking, question, value) if own and value is not None else None
    if said_so is not None:
        return said_so
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


def draw_resume(form: Form, stamp: int) -> OutgoingMessage:
    """A draft lies here: go on with it, or begin anew."""
    choices = (
        (button("choice.resume", "form_resume", form.name, stamp),),
        (button("choice.begin_anew", "form_anew", form.name, stamp),),
    )
    return OutgoingMessage(Text(f"form.{form.name}.resume"), choices)

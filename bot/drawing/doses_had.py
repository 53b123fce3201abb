"""Which of these has she had? The questions with the doses that each is about, and what was written down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.drawing.buttons import button, column
from bot.drawing.invites import children_of
from domain.doses_had import ExpectedDose
from domain.forms.doses_had import (
    APART,
    NOT_GIVEN,
    UNKNOWN,
    doses_asked,
    expected_of,
    months_at,
    written_days,
)
from domain.forms.form import Answers, Option, Question
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.people import Child
from services.forms.answer_form import Asking
from services.ports.visits import Vaccination
from services.visits.child_record.record_history import HistoryKept, NothingToAsk

INSTEAD_OF_DAY = frozenset({APART, NOT_GIVEN, UNKNOWN})


@dataclass(frozen=True)
class OwnWords:
    """How a form words what only its draft knows; None where the words of the catalogue do.

    `columns`: how many corrections stand side by side below its summary.
    """

    question: Callable[[Asking, Question], Text | None]
    option: Callable[[Asking, Question, Option], Text | None]
    field: Callable[[Asking, Question], Text | None]
    answer: Callable[[Asking, Question, str], Value | None]
    columns: int = 2


def _question(asking: Asking, question: Question) -> Text | None:
    answers = asking.draft.answers
    if question.name == "how":
        lines = tuple(_due_together(doses, answers) for doses in expected_of(answers))
        return Text("form.doses_had.how", {"child": _child(answers), "lines": lines})
    doses = doses_asked(question.name, answers)
    if not doses:
        return None
    return Text(f"form.doses_had.{question.name.partition('_')[0]}", {"doses": _due_together(doses, answers)})


def _option(_asking: Asking, question: Question, option: Option) -> Text | None:
    return Text("doses_had.choice.age", {"age": age_text(int(option.value))}) if question.name == "up_to" else None


def _field(asking: Asking, question: Question) -> Text | None:
    if question.name == "how":
        return Text("doses_had.about", {"child": _child(asking.draft.answers)})
    doses = doses_asked(question.name, asking.draft.answers)
    return _due_together(doses, asking.draft.answers) if doses else None


def _answer(asking: Asking, question: Question, answer: str) -> Value | None:
    if question.name == "up_to":
        return age_text(int(answer))
    if not doses_asked(question.name, asking.draft.answers):
        return None
    if answer in INSTEAD_OF_DAY:
        return Text(f"choice.dose_day.{answer}")
    return Text("record.on", {"on": date.fromisoformat(answer)})


words_of_doses_had = OwnWords(_question, _option, _field, _answer, columns=1)


def _due_together(doses: Sequence[ExpectedDose], answers: Answers) -> Text:
    """At 2 months: 5-in-1 (1), polio drops (1)."""
    names = tuple(_dose(dose, answers) for dose in doses)
    return Text("doses_had.at", {"age": age_text(months_at(answers, doses[0].due_on)), "doses": names})


def _dose(dose: ExpectedDose, answers: Answers) -> Text:
    name = Text(f"vaccine.{dose.vaccine.lower()}.short")
    same = [one for day in expected_of(answers) for one in day if one.vaccine == dose.vaccine]
    several = len(same) > 1 or dose.vaccine in written_days(answers)
    return Text("doses_had.dose", {"vaccine": name, "number": dose.number}) if several else name


def age_text(months: int) -> Text:
    """An age as the schedule speaks of it."""
    return Text("doses_had.months", {"months": months}) if months else Text("doses_had.birth")


def _child(answers: Answers) -> Value:
    return answers.get("child") or Text("common.unnamed_child")


def draw_whom(children: Sequence[Child]) -> OutgoingMessage:
    """Of several children, one is asked about first."""
    return OutgoingMessage(Text("doses_had.whom"), column(_begin(child) for child in children), names_child=True)


def draw_nothing_to_ask(nothing: NothingToAsk) -> OutgoingMessage:
    """All is written down already."""
    return OutgoingMessage(Text("doses_had.nothing", {"children": children_of((nothing.child.name,))}))


def draw_kept(kept: HistoryKept) -> OutgoingMessage:
    """What was written down, with the way to her brothers and sisters and to the family."""
    values: dict[str, Value] = {"children": children_of((kept.child.name,)), "lines": _kept_lines(kept.doses)}
    key = "doses_had.kept" if kept.doses else "doses_had.no_card" if kept.card_missing else "doses_had.none"
    page = button("families.choice.whole_family", "family_page", kept.child.family)
    choices = (*column(_begin(child) for child in kept.more), (page,))
    return OutgoingMessage(Text(key, values), choices, names_child=True)


def _begin(child: Child) -> Choice:
    return button("doses_had.choice.child", "doses_had_of", child.id, children=children_of((child.name,)))


def _kept_lines(doses: Sequence[Vaccination]) -> tuple[Text, ...]:
    """By day; those of an unknown day together."""
    days: dict[date | None, list[str]] = {}
    for dose in sorted(doses, key=lambda one: (not one.date_known, one.given_on)):
        days.setdefault(dose.given_on if dose.date_known else None, []).append(dose.vaccine)
    return tuple(_kept_line(day, vaccines) for day, vaccines in days.items())


def _kept_line(day: date | None, vaccines: Sequence[str]) -> Text:
    names = tuple(_counted(code, vaccines.count(code)) for code in dict.fromkeys(vaccines))
    if day is None:
        return Text("doses_had.line_unknown", {"vaccines": names})
    return Text("doses_had.line", {"on": day, "vaccines": names})


def _counted(code: str, count: int) -> Text:
    name = Text(f"vaccine.{code.lower()}.short")
    return Text("doses_had.times", {"vaccine": name, "count": count}) if count > 1 else name

"""A form and its answers: which question comes next, what an answer was worth, and the way back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Answer: TypeAlias = str | None
Answers: TypeAlias = Mapping[str, Answer]
Reading: TypeAlias = "str | Problem"
Read: TypeAlias = Callable[[str], Reading]

SKIPPED: Answer = None


def always(_answers: Answers) -> bool:
    """The condition of a question that everybody is asked."""
    return True


@dataclass(frozen=True)
class Problem:
    """What is wrong with an answer, as a key of the interface (`problem.…`)."""

    key: str


@dataclass(frozen=True)
class Option:
    """One answer that can be tapped: its value, and the key of its label or, for names of places, the label itself."""

    value: str
    label: str
    is_key: bool = True


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    TYPED = "typed"
    GIVEN = "given"  # known when the form begins, and never asked


@dataclass(frozen=True)
class Question:
    """One question. `read` names the reader of typed words; `options_from` names options known only at run time.

    `asked_when` looks at the earlier answers. An optional question can be skipped and keeps `None`.
    """

    name: str
    kind: Kind
    options: tuple[Option, ...] = ()
    options_from: str | None = None
    read: str | None = None
    optional: bool = False
    columns: int = 1
    asked_when: Callable[[Answers], bool] = always


@dataclass(frozen=True)
class Form:
    """A dialogue by name and version: a draft of another version begins anew."""

    name: str
    version: int
    questions: tuple[Question, ...]

    def question(self, name: str) -> Question | None:
        """The question of that name that can be answered, or None."""
        can_be = (question for question in self.questions if question.kind is not Kind.GIVEN)
        return next((question for question in can_be if question.name == name), None)


@dataclass(frozen=True)
class Surroundings:
    """What a form cannot know by itself: options from the programme's places, and how typed words are read."""

    options: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    readers: Mapping[str, Read] = field(default_factory=dict)

    def options_of(self, question: Question) -> tuple[Option, ...]:
        """All options of a question, fixed ones first."""
        named = self.options.get(question.options_from, ()) if question.options_from else ()
        return question.options + named


def asked(form: Form, answers: Answers) -> tuple[Question, ...]:
    """The questions that these answers lead to, in order."""
    return tuple(one for one in form.questions if one.kind is not Kind.GIVEN and one.asked_when(answers))


def next_question(form: Form, answers: Answers) -> Question | None:
    """The first question without an answer; None when the form is complete."""
    return next((question for question in asked(form, answers) if question.name not in answers), None)


def give_answer(question: Question, raw: str, surroundings: Surroundings) -> Reading:
    """The value of what was tapped or typed, or what is wrong with it.

    A question with a reader hands it everything, taps too: "today" becomes a date before the draft can lie until
    tomorrow. Options are taken by value or number ("2"); a door turns a label into its value.
    """
    if question.read is not None:
        return surroundings.readers[question.read](raw)
    options = surroundings.options_of(question)
    if any(option.value == raw for option in options):
        return raw
    if raw.strip().isdecimal() and 1 <= int(raw) <= len(options):
        return options[int(raw) - 1].value
    return Problem("problem.choose")


def with_answer(form: Form, answers: Answers, name: str, value: Answer) -> dict[str, Answer]:
    """The answers with one more (or another) answer, without those that are no longer asked."""
    return pruned(form, {**answers, name: value})


def without(answers: Answers, name: str) -> dict[str, Answer]:
    """The answers with one taken back, to be asked again; what hangs on it waits until it is answered anew."""
    return {key: value for key, value in answers.items() if key != name}


def pruned(form: Form, answers: Answers) -> dict[str, Answer]:
    """Only the answers to questions that are asked, in the form's order."""
    kept: dict[str, Answer] = {}
    for question in form.questions:
        if question.name in answers and question.asked_when(kept):
            kept[question.name] = answers[question.name]
    return kept


def earlier_questions(form: Form, answers: Answers, name: str) -> tuple[Question, ...]:
    """The questions asked before the one named, the nearest first."""
    names = [question.name for question in form.questions]
    place = names.index(name) if name in names else len(names)
    return tuple(reversed([one for one in asked(form, answers) if names.index(one.name) < place]))

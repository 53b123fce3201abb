"""A quiz in a message: two or three answers on buttons, which of them is right, and why."""

from collections.abc import Iterator

from content.findings import Flaw
from content.message import Message
from domain.quiz import Quiz

ANSWERS = ("answer1", "answer2", "answer3")
WHY = "why"


def quiz_of(message: Message) -> Quiz:
    """The quiz of a message that has one."""
    answers = tuple(f"{message.key}#{part}" for part in ANSWERS if part in message.parts)
    return Quiz(answers, message.right_answer, f"{message.key}#{WHY}")


def quiz_flaws(message: Message) -> Iterator[Flaw]:
    """What a quiz lacks."""
    parts = [part for part in ANSWERS if part in message.parts]
    if parts != list(ANSWERS[: len(parts)]) or len(parts) < 2 or WHY not in message.parts:
        yield Flaw("The quiz lacks answers or its explanation.", "Give it the parts answer1, answer2 and why.")
    if not 1 <= message.right_answer <= len(parts):
        yield Flaw("The quiz does not say which answer is right.", "Add `right_answer:` with its number.")

"""Families who begin by themselves: what they read, and the page of the one who confirms them."""

from collections.abc import Sequence
from datetime import date

from bot.drawing.buttons import Row, button, column
from bot.drawing.duplicates import lookalike_lines, same_buttons
from bot.drawing.forms import option_label
from bot.drawing.menus import main_menu, public_choices
from domain.cards import shown_number
from domain.forms.form import Kind, asked
from domain.forms.self_enrolment import CHECKING, FACTS
from domain.message import OutgoingMessage, Text, Value
from services.access import Speaker
from services.enrolment.apply import NotForHer, Waiting, WrongNumber
from services.enrolment.confirm_application import ApplicationPage, NobodyWaits, Settled

DATES = frozenset({"birth_date", "due_date"})


def draw_waiting(waiting: Waiting) -> OutgoingMessage:
    """The number that she shows; nothing below it asks for another one."""
    ways = public_choices(("about", "danger", "language"))
    return OutgoingMessage(Text("apply.waiting", {"number": shown_number(waiting.number)}), ways)


def draw_hello() -> OutgoingMessage:
    """The first words to one who scanned a card or a poster."""
    return OutgoingMessage(Text("apply.hello"))


def draw_declined() -> OutgoingMessage:
    """She said no, and nothing was kept."""
    return OutgoingMessage(Text("apply.declined"), public_choices())


def draw_not_for_her(speaker: Speaker, found: NotForHer) -> OutgoingMessage:
    """Why this paper does not help here; nothing of anybody else."""
    key = "quiet.nothing" if found.why == "quiet" else f"apply.card.{found.why}"
    return main_menu(speaker, Text(key))


def draw_wrong_number(speaker: Speaker, found: WrongNumber) -> OutgoingMessage:
    """No card has this number."""
    if not found.tries_left:
        return main_menu(speaker, Text("apply.number_wrong_too_often"))
    return main_menu(speaker, Text("apply.number_wrong", {"tries_left": found.tries_left}))


def draw_count(count: int) -> OutgoingMessage:
    """How many wait for this person."""
    return OutgoingMessage(
        Text("applications.waiting", {"count": count}), ((button("applications.choice.by_number", "applications"),),)
    )


def draw_page(page: ApplicationPage) -> OutgoingMessage:
    """What was told, likely duplicates, and the three answers; an application that is settled has no answers left."""
    if page.application.answers is None:
        return draw_settled(Settled(page.application.caregiver is not None))
    values: dict[str, Value] = {
        "number": shown_number(page.application.number),
        "facility": page.facility.name,
        "lines": (*_lines(page), *lookalike_lines(page.lookalikes)),
    }
    return OutgoingMessage(Text("application.page", values), (*same_buttons(page.lookalikes), *_decisions(page)))


def _decisions(page: ApplicationPage) -> tuple[Row, ...]:
    number = page.application.id
    right = "anyway" if page.lookalikes else "right"
    return column(
        (
            button(f"application.choice.{right}", "application", number, "yes"),
            button("application.choice.correct", "application", number, "correct"),
            button("application.choice.refuse", "application", number, "no"),
        )
    )


def _lines(page: ApplicationPage) -> tuple[Text, ...]:
    questions = [one for one in asked(CHECKING, page.answers) if one.name in FACTS]
    return tuple(
        Text("form.line", {"name": Text(f"field.{one.name}"), "answer": _answer(page, one.name)}) for one in questions
    )


def _answer(page: ApplicationPage, name: str) -> Value:
    value, question = page.answers.get(name), CHECKING.question(name)
    if value is None or question is None:
        return Text("choice.not_given")
    if name in DATES:
        return date.fromisoformat(value)
    option = next((one for one in question.options if one.value == value), None)
    if option is not None and question.kind is Kind.CHOICE:
        return option_label(option)
    if name.startswith("name"):
        return value or Text("choice.not_yet_named")
    return Text(f"form.value.{question.read}", {"value": value})


def draw_settled(settled: Settled) -> OutgoingMessage:
    """It was done with already, or is now."""
    return OutgoingMessage(Text("application.confirmed" if settled.confirmed else "application.refused"))


def draw_confirmed() -> OutgoingMessage:
    """The family is in."""
    return OutgoingMessage(Text("application.confirmed"))


def draw_nobody(found: NobodyWaits, question: Sequence[OutgoingMessage]) -> tuple[OutgoingMessage, ...]:
    """No application has this number here; the question stays open while there are tries."""
    if not found.tries_left:
        return (OutgoingMessage(Text("application.number_wrong_too_often")),)
    return (OutgoingMessage(Text("application.number_wrong", {"tries_left": found.tries_left})), *question)

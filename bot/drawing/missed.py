"""After a session day: what was understood of a family's answer, and the count of those who came in vain."""

from collections.abc import Mapping
from datetime import date, timedelta

from bot.drawing.buttons import Row, button, column
from bot.drawing.invites import children_of
from domain.attendance import STAYED_AWAY_FOR, Why
from domain.calendar import add_months
from domain.identifiers import CaregiverId, FacilityId
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.missed import Answer, TurnedFor
from services.visits.list_session import SessionList
from services.visits.missed.answer_yesterday import YesterdayAnswered
from services.visits.missed.count_turned_away import TurnedAway
from services.visits.missed.questions import question

TOLD_FOR = tuple(one for one in TurnedFor if one is not TurnedFor.NOT_SAID)
OWN_WORDS = frozenset({Why.ILL, Why.AFRAID})
"""Reasons that get an answer of their own."""


def draw_answered(answered: YesterdayAnswered) -> OutgoingMessage:
    """What was understood, and what comes next; a reason if they like, and the way to another answer."""
    if not answered.children:
        return OutgoingMessage(Text("missed.answered.known"))
    values: dict[str, Value] = {
        "children": children_of(answered.children),
        "facility": answered.facility.name,
        "next": _next(answered.next_on),
    }
    return OutgoingMessage(Text(_key(answered), values), (*_reasons(answered), (_change(answered),)), names_child=True)


def _key(answered: YesterdayAnswered) -> str:
    answer = f"missed.answered.{answered.answer}"
    if not answered.reason:
        return answer
    return f"{answer}_{answered.reason}" if answered.reason in OWN_WORDS else f"{answer}_why"


def _next(on: date | None) -> Text:
    return Text("missed.next", {"next_on": on}) if on is not None else Text("missed.no_next")


def _reasons(answered: YesterdayAnswered) -> tuple[Row, ...]:
    """Asked once; nobody must say why."""
    if answered.reason:
        return ()
    where = (answered.caregiver.id, answered.facility.id, answered.on.isoformat())
    if answered.answer is Answer.TURNED:
        return column(button(f"missed.turned.choice.{one}", "missed", *where, Answer.TURNED, one) for one in TOLD_FOR)
    if answered.answer is Answer.STAYED:
        return column(
            button(f"missed.stayed.choice.{one}", "missed", *where, Answer.STAYED, one) for one in STAYED_AWAY_FOR
        )
    return ()


def _change(answered: YesterdayAnswered) -> Choice:
    on = answered.on.isoformat()
    return button("missed.choice.change", "missed", answered.caregiver.id, answered.facility.id, on, "change")


def draw_question_again(caregiver: CaregiverId, facility: FacilityId, on: date) -> OutgoingMessage:
    """The four answers once more."""
    return question("missed.ask_again", caregiver, facility, {"on": on})


def turned_away_button(_session: SessionList) -> Choice:
    """The way from the nurse's list to the numbers of this month."""
    return button("turned_away.choice.open", "turned_away")


def draw_turned_away(counted: TurnedAway) -> OutgoingMessage:
    """The numbers of a month, a line a station, and the way to other months."""
    last = add_months(counted.month, 1) - timedelta(days=1)
    values: dict[str, Value] = {"first": counted.month, "last": last}
    choices = [button("turned_away.choice.earlier", "turned_away", counted.earlier.isoformat())]
    if counted.later is not None:
        choices.append(button("turned_away.choice.later", "turned_away", counted.later.isoformat()))
    if not counted.counts:
        return OutgoingMessage(Text("turned_away.none", values), column(choices))
    values["lines"] = tuple(
        Text("turned_away.line", {"facility": place.name, "total": sum(numbers.values()), **_numbers(numbers)})
        for place, numbers in counted.counts
    )
    return OutgoingMessage(Text("turned_away.report", values), column(choices))


def _numbers(numbers: Mapping[TurnedFor, int]) -> dict[str, Value]:
    return {one.value: numbers.get(one, 0) for one in TurnedFor}

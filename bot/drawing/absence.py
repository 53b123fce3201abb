"""A volunteer's absence: for how long, who stands in, and back again."""

from datetime import date

from bot.drawing.buttons import button, column, said
from bot.payloads import payload
from domain.absence import Duty
from domain.message import Choice, OutgoingMessage, Text
from services.enrolment.note_absence import StandIns

MOST_STAND_INS = 30


def draw_away(spans: tuple[int, ...]) -> OutgoingMessage:
    """For how long."""
    choices = [button(f"absence.choice.{days}", "away", days) for days in spans]
    typed = button("absence.choice.date", "away_date")
    return OutgoingMessage(Text("absence.ask"), column((*choices, typed, _to_list())))


def draw_stand_ins(offered: StandIns) -> OutgoingMessage:
    """Who looks after her list."""
    day = offered.back_on.isoformat()
    names = [Choice(said(one.name), payload("away_to", day, one.actor)) for one in offered.colleagues[:MOST_STAND_INS]]
    everybody = button("absence.choice.all", "away_to", day, 0)
    return OutgoingMessage(Text("absence.who", {"back_on": offered.back_on}), column((*names, everybody, _to_list())))


def draw_noted(back_on: date, stand_in: Duty | None) -> OutgoingMessage:
    """It is kept."""
    choices = column((button("families.choice.back", "away_back"), _to_list()))
    if stand_in is None:
        return OutgoingMessage(Text("absence.noted_all", {"back_on": back_on}), choices)
    return OutgoingMessage(Text("absence.noted", {"back_on": back_on, "name": stand_in.name}), choices)


def draw_back() -> OutgoingMessage:
    """Her list is hers again."""
    return OutgoingMessage(Text("absence.back"))


def _to_list() -> Choice:
    return button("menu.families", "families", 0)

"""What a caregiver chose, each with its button."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.drawing.buttons import button, column, grid, said
from bot.payloads import payload
from domain.forms.joining import HOURS
from domain.journey import Amount
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.people import Caregiver


@dataclass(frozen=True)
class ToldOfFamily:
    """What somebody said of her family; `no_breast_milk` is None where it is not asked."""

    parents_away: bool
    no_breast_milk: bool | None


def draw_settings(caregiver: Caregiver, whom: Text | None, told: ToldOfFamily) -> OutgoingMessage:
    """Her choices, and a button for each."""
    visits = "on" if caregiver.wants_visits else "off"
    values: dict[str, Value] = {
        "hour": f"{caregiver.tip_hour:02d}:00",
        "amount": Text(f"choice.amount.{int(caregiver.amount)}"),
        "visits": Text(f"settings.visits.{visits}"),
    }
    other = "off" if caregiver.wants_visits else "on"
    other_away = "off" if told.parents_away else "on"
    choices = (
        button("settings.choice.language", "settings", caregiver.id, "language"),
        button("settings.choice.hour", "settings", caregiver.id, "hour"),
        button("settings.choice.amount", "settings", caregiver.id, "amount"),
        button(f"settings.choice.visits_{other}", "settings", caregiver.id, f"visits_{other}"),
        button(f"settings.choice.away_{other_away}", "settings", caregiver.id, f"away_{other_away}"),
        *_feeding(caregiver, told),
        button("settings.choice.phone", "settings", caregiver.id, "phone"),
    )
    return OutgoingMessage(Text("settings.overview", values), column(choices), whom=whom)


def _feeding(caregiver: Caregiver, told: ToldOfFamily) -> Iterator[Choice]:
    if told.no_breast_milk is not None:
        other = "breast_milk" if told.no_breast_milk else "no_breast_milk"
        yield button(f"settings.choice.{other}", "settings", caregiver.id, other)


def draw_feeding(caregiver: Caregiver, whom: Text | None) -> OutgoingMessage:
    """Does her youngest get breast milk?"""
    words = ("breast_milk", "no_breast_milk")
    ways = [button(f"settings.choice.{word}", "settings", caregiver.id, word) for word in words]
    return OutgoingMessage(Text("settings.ask_feeding"), column(ways), whom=whom)


def draw_hours(caregiver: Caregiver, whom: Text | None) -> OutgoingMessage:
    """Her hour for tips."""
    hours = [Choice(said(f"{hour:02d}:00"), payload("hour", caregiver.id, hour)) for hour in HOURS]
    return OutgoingMessage(Text("settings.ask_hour"), grid(hours, 4), whom=whom)


def draw_amounts(caregiver: Caregiver, whom: Text | None) -> OutgoingMessage:
    """How much she wants to read."""
    amounts = [button(f"choice.amount.{int(one)}", "amount", caregiver.id, int(one)) for one in Amount]
    return OutgoingMessage(Text("settings.ask_amount"), column([*amounts[1:], amounts[0]]), whom=whom)

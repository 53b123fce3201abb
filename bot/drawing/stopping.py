"""Stop, pause and come back: every question with its answers."""

from bot.drawing.buttons import button, column
from bot.drawing.caregiver import digest_text
from domain.message import OutgoingMessage, Text, Value
from domain.pause import Pause, PauseScope
from domain.people import Caregiver
from services.family.pause_messages import SPANS
from services.family.welcome import Digest

UNTIL_BACK = 0


def draw_stop_question(caregiver: Caregiver, whom: Text | None) -> OutgoingMessage:
    """One tap stops; a pause may do, and a loss has its own way."""
    choices = (
        button("pause.choice.ask", "pause", caregiver.id),
        button("stop.choice.yes", "stop", caregiver.id, "yes"),
        button("stop.choice.loss", "loss"),
        button("stop.choice.no", "stop", caregiver.id, "no"),
    )
    return OutgoingMessage(Text("stop.ask"), column(choices), whom=whom)


def draw_pause_scope(caregiver: Caregiver, whom: Text | None) -> OutgoingMessage:
    """Tips only, or visits too."""
    choices = [button(f"pause.choice.{scope}", "pause", caregiver.id, scope.value) for scope in PauseScope]
    return OutgoingMessage(Text("pause.ask_scope"), column(choices), whom=whom)


def draw_pause_span(caregiver: Caregiver, scope: PauseScope, whom: Text | None) -> OutgoingMessage:
    """For how long."""
    choices = [
        button(f"pause.choice.days_{days}", "pause", caregiver.id, scope.value, days) for days in (*SPANS, UNTIL_BACK)
    ]
    return OutgoingMessage(Text("pause.ask_span"), column(choices), whom=whom)


def paused_text(pause: Pause) -> Text:
    """What is silent now, until when, and what goes on."""
    until = "until" if pause.until else "open"
    values: dict[str, Value] = {"until": pause.until} if pause.until else {}
    return Text(f"pause.done.{pause.scope}.{until}", values)


def draw_back_choice(caregiver: Caregiver, whom: Text | None) -> OutgoingMessage:
    """On a shared telephone: who is back?"""
    return OutgoingMessage(
        Text("stop.who_is_back"), column([button("menu.come_back", "back", caregiver.id)]), whom=whom
    )


def draw_digest(digest: Digest, whom: Text | None) -> OutgoingMessage:
    """What matters now."""
    return OutgoingMessage(digest_text(digest), names_child=True, whom=whom)

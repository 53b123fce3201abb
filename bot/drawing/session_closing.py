"""The end of a session day: what goes on record, in numbers, before it is confirmed; and that it is done."""

from bot.drawing.buttons import button
from bot.drawing.session_words import item_name
from domain.attendance import Outcome
from domain.message import OutgoingMessage, Text, Value
from services.visits.close_session import ClosingPlan
from services.visits.list_session import SessionState


def draw_closing(plan: ClosingPlan) -> OutgoingMessage:
    """Is it so? Or, where the session is not open: how it stands."""
    session = plan.session
    at, day = session.facility.id, session.word
    values: dict[str, Value] = {"facility": session.facility.name, "on": session.on or "", "lines": _lines(plan)}
    back = button("session.choice.list", "session", at, day)
    if session.state is SessionState.OPEN:
        key = "session.close.changed" if plan.changed else "session.close.ask"
        yes = button("session.choice.close_yes", "close_yes", at, day, plan.stamp)
        return OutgoingMessage(Text(key, values), ((yes,), (back,)))
    if session.state is SessionState.CLOSED:
        reopen = ((button("session.choice.reopen", "reopen", at, day),),) if plan.may_be_reopened else ()
        return OutgoingMessage(Text("session.close.done", values), (*reopen, (back,)))
    return OutgoingMessage(Text(f"session.ask.{session.state}"), ((back,),))


def _lines(plan: ClosingPlan) -> tuple[Value, ...]:
    """How many came to what, and how many doses of what were given."""
    counted = [(outcome, plan.tally.outcomes.get(outcome, 0)) for outcome in Outcome]
    outcomes: list[Value] = [
        Text("session.close.outcome", {"outcome": Text(f"session.outcome.{outcome}"), "count": count})
        for outcome, count in counted
        if count or outcome is Outcome.CAME
    ]
    doses = [
        Text("session.close.vaccine", {"vaccine": item_name(code), "count": count})
        for code, count in plan.tally.vaccines.items()
    ]
    return (*outcomes, *doses)

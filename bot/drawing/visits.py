"""Visits: the nurse's list, what was recorded, and the answer to a caregiver's tap."""

from datetime import date

from bot.drawing.buttons import button
from bot.drawing.caregiver import visit_text
from bot.drawing.invites import children_of
from bot.drawing.long_lists import shortened
from bot.drawing.vaccines import vaccine_names
from domain.identifiers import CaregiverId, FacilityId
from domain.message import Choice, OutgoingMessage, Text, Value
from services.ports.visits import VisitAnswer
from services.visits.answer_reminder import ReminderAnswered
from services.visits.list_session import Expected, SessionList
from services.visits.plan_visits import answer_choice, answer_choices
from services.visits.record_visit import VisitRecorded

LONGEST_LIST = 20  # more would not fit into one message; the rest moves up as children are recorded


def draw_session(session: SessionList) -> OutgoingMessage:
    """Who is expected, a button a child on the day itself; before it, only the names."""
    if session.on is None:
        return OutgoingMessage(Text("session.no_day", {"facility": session.facility.name}))
    waiting = [one for one in session.expected if not one.recorded]
    done = [one for one in session.expected if one.recorded]
    key = "session.today" if session.is_today else "session.next"
    values: dict[str, Value] = {
        "facility": session.facility.name,
        "on": session.on,
        "waiting": len(waiting),
        "done": len(done),
        "lines": tuple(_line(one) for one in waiting[:LONGEST_LIST]),
        "recorded": shortened([_name(one.child.name) for one in done], LONGEST_LIST),
    }
    choices = tuple((_record(one, session.on),) for one in waiting[:LONGEST_LIST]) if session.is_today else ()
    refresh = (button("session.choice.refresh", "session", session.facility.id),)
    return OutgoingMessage(Text(key, values), (*choices, refresh), names_child=True)


def _line(expected: Expected) -> Text:
    codes = tuple(dose.vaccine for dose in expected.doses)
    values = {"child": _name(expected.child.name), "born": expected.child.birth_date, "vaccines": vaccine_names(codes)}
    return Text("session.line", values)


def _record(expected: Expected, on: date) -> Choice:
    child = expected.child
    values: dict[str, Value] = {"child": _name(child.name), "born": child.birth_date}
    return button("session.choice.record", "record", child.id, on.isoformat(), **values)


def _name(name: str) -> Value:
    return name or Text("common.unnamed_child")


def draw_recorded(recorded: VisitRecorded) -> OutgoingMessage:
    """What is on record now, and the way to take it back."""
    back = (button("session.choice.refresh", "session", recorded.facility.id),)
    values: dict[str, Value] = {"child": _name(recorded.child.name), "on": recorded.on}
    if not recorded.vaccines:
        return OutgoingMessage(Text("session.nothing_due", values), (back,), names_child=True)
    undo = (button("session.choice.take_back", "take_back", recorded.child.id, recorded.on.isoformat()),)
    values["vaccines"] = vaccine_names(recorded.vaccines)
    return OutgoingMessage(Text("session.recorded", values), (undo, back), names_child=True)


def draw_taken_back(recorded: VisitRecorded) -> OutgoingMessage:
    """Nothing is on record for that day any more."""
    back = (button("session.choice.refresh", "session", recorded.facility.id),)
    values: dict[str, Value] = {"child": _name(recorded.child.name), "on": recorded.on}
    return OutgoingMessage(Text("session.taken_back", values), (back,), names_child=True)


def draw_answered(answered: ReminderAnswered) -> OutgoingMessage:
    """What was understood, and what comes next; she may change her mind."""
    values: dict[str, Value] = {
        "children": children_of(answered.children) if answered.children else Text("common.your_child"),
        "facility": answered.facility.name,
        "on": answered.on,
    }
    if answered.past:
        values["visit"] = visit_text(answered.next_visit)
        return OutgoingMessage(Text("visit.answered.past", values), names_child=True)
    key = f"visit.answered.{answered.answer}"
    if answered.answer is VisitAnswer.CANNOT and answered.instead is not None:
        values["instead"] = answered.instead
        key = "visit.answered.instead"
    change = answer_choice("change", answered.facility.id, answered.on, answered.caregiver)
    return OutgoingMessage(Text(key, values), ((change,),), names_child=True)


def draw_question_again(caregiver: CaregiverId, facility: FacilityId, on: date) -> OutgoingMessage:
    """The answers to a reminder once more."""
    return OutgoingMessage(Text("visit.ask_again", {"on": on}), answer_choices(facility, on, caregiver))

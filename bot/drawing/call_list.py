"""The list of those to be called before a session day: whom and how, with a box to tick; never why."""

from bot.drawing.buttons import button, said
from bot.drawing.invites import children_of
from domain.message import Choice, Document, Layout, OutgoingMessage, Section, Text, Value
from services.enrolment.list_families import Entry
from services.visits.list_calls import CallList
from services.visits.list_session import SessionList

COLUMNS = ("number", "family", "phone", "commune", "done")


def call_list_choice(session: SessionList) -> Choice:
    """On the page of a session day."""
    return button("call_list.choice.print", "call_list", session.facility.id)


def draw_call_list(calls: CallList) -> OutgoingMessage:
    """A document with its caption; where nobody is to be called, a sentence."""
    back = ((button("session.choice.refresh", "session", calls.facility.id),),)
    if calls.day is None:
        return OutgoingMessage(Text("call_list.no_day", {"facility": calls.facility.name}), back)
    values: dict[str, Value] = {"on": calls.day.on, "count": len(calls.entries)}
    if not calls.entries:
        return OutgoingMessage(Text("call_list.nobody", values), back)
    place, hours = calls.day.place, calls.day.hours
    about = (
        Text("call_list.day", {"on": calls.day.on}),
        Text("call_list.hours", {"hours": str(hours) if hours else calls.facility.hours}),
        *((Text("call_list.place", {"place": place}),) if place else ()),
        Text("call_list.note"),
    )
    heads = tuple(Text(f"call_list.column.{name}") for name in COLUMNS)
    rows = (heads, *(_row(number, one) for number, one in enumerate(calls.entries, start=1)))
    sections = (Section(said(calls.facility.name), about, rows),)
    document = Document(f"cradle-{calls.day.on.isoformat()}.pdf", Text("call_list.title"), sections, Layout.CALL_LIST)
    return OutgoingMessage(Text("call_list.caption", values), back, document=document)


def _row(number: int, entry: Entry) -> tuple[Text, ...]:
    return (said(str(number)), _who(entry), said(entry.phone or "–"), said(entry.commune or "–"))


def _who(entry: Entry) -> Text:
    values: dict[str, Value] = {"children": children_of(entry.children)}
    if entry.role is None:
        return Text("call_list.family", values)
    return Text("families.who_short", {**values, "role": Text(f"choice.role.{entry.role}")})

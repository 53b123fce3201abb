"""A session day's list: who is expected and for what, one tap for each who got not everything, and the way to close."""

from collections.abc import Callable
from dataclasses import replace

from bot.drawing.buttons import Row, button, column, grid
from bot.drawing.call_list import call_list_choice
from bot.drawing.missed import turned_away_button
from bot.drawing.session_days import session_days_button
from bot.drawing.session_words import item_names, items_in_line, mark_word, outcome_word, who_long, who_short
from bot.drawing.station import station_button
from bot.drawing.topics import topic_action
from bot.drawing.vaccines import vaccine_names
from domain.attendance import Outcome
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.session_closing import Say
from services.visits.list_session import SessionList, SessionState
from services.visits.session.entries import Entry

ON_A_PAGE = 20
"""More lines with their vaccines would not fit into one message."""
NOT_COME = Say(Outcome.NOT_COME)
ASKED_FURTHER = (Outcome.POSTPONED, Outcome.NO_VACCINE)
PLAIN = (Outcome.REFUSED, Outcome.TOO_MANY)
ONE = "one"
"""The word in place of what is said: a tap on a name opens its own page."""

# What else a session day's page offers: a button each, in this order.
SESSION_ACTIONS: tuple[Callable[[SessionList], Choice], ...] = (
    topic_action,
    session_days_button,
    call_list_choice,
    turned_away_button,
    station_button,
)


def draw_session(session: SessionList, page: int = 0, say: Say | None = NOT_COME) -> OutgoingMessage:
    """The list as it stands. A tap on a name says `say` of it, or (None) opens its page."""
    if session.on is None:
        return OutgoingMessage(Text("session.no_day", {"facility": session.facility.name}), _more(session))
    page = min(page, (max(len(session.entries), 1) - 1) // ON_A_PAGE)
    shown = session.entries[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    say = say if session.state is SessionState.OPEN else None
    values: dict[str, Value] = {
        "facility": session.facility.name,
        "on": session.on,
        "notes": _notes(session),
        "lines": tuple(_line(one, session) for one in shown) or (Text("session.nobody"),),
        "ask": _ask(session, say),
    }
    names = () if session.state is SessionState.AHEAD else grid([_name(one, session, say) for one in shown], 2)
    ways = (*names, *_pages(session, page, say), *_says(session, page, say), *_more(session))
    return OutgoingMessage(Text("session.list", values), ways, names_child=True)


def page_of(entry: Entry | None) -> int:
    """On which page an entry stands."""
    return (entry.number - 1) // ON_A_PAGE if entry else 0


def _notes(session: SessionList) -> tuple[Value, ...]:
    done, day = len(session.entries) - len(session.waiting), session.day
    notes: list[Value] = [Text(f"session.state.{session.state}")]
    if day is not None:
        hours: Value = str(day.hours) if day.hours else session.facility.hours or Text("common.station_hours_unknown")
        where = Text("session.where", {"place": day.place, "hours": hours}) if day.place else None
        notes.append(where or Text("session.hours", {"hours": hours}))
    notes.append(Text("session.numbers", {"expected": len(session.entries), "done": done}))
    if day is not None and day.capacity is not None:
        key = "session.too_full" if session.is_too_full else "session.capacity"
        notes.append(Text(key, {"capacity": day.capacity, "expected": len(session.entries)}))
    if session.short_of:
        notes.append(Text("session.short_of", {"vaccines": vaccine_names(session.short_of)}))
    for due, given in session.instead_for_all.items():
        notes.append(Text("session.instead_for_all", {"due": vaccine_names((due,)), "given": vaccine_names((given,))}))
    return tuple(notes)


def _line(one: Entry, session: SessionList) -> Text:
    values: dict[str, Value] = {"number": one.number, "who": who_long(one)}
    if one.is_done:
        return Text("session.line.done", {**values, "outcome": outcome_word(one.record)})
    values["items"] = items_in_line(one)
    if session.state is SessionState.CLOSED or one.record.outcome is Outcome.CAME:
        short = {"short": vaccine_names(one.short_of)}
        return Text("session.line.short", values | short) if one.short_of else Text("session.line.due", values)
    key = "session.line.partly" if values["items"] else "session.line.marked"
    return Text(key, {**values, "mark": mark_word(one)})


def _ask(session: SessionList, say: Say | None) -> Text:
    if session.state is not SessionState.OPEN:
        return Text(f"session.ask.{session.state}")
    if say is None:
        return Text("session.ask.one")
    return Text(f"session.ask.{say.outcome}", _details(say))


def _details(say: Say) -> dict[str, Value]:
    why = {"why": Text(f"session.why.{say.why}")} if say.why else {}
    return {**why, "vaccine": item_names((say.vaccine,), ()) if say.vaccine else ""}


def _name(one: Entry, session: SessionList, say: Say | None) -> Choice:
    at, day = session.facility.id, session.word
    state = "waiting" if not one.is_done and one.record.outcome is Outcome.CAME else one.record.outcome
    key, values = f"session.button.{state}", {"number": one.number, "who": who_short(one)}
    if say is None or one.is_done:
        return button(key, "session_one", day, one.who, **values)
    return button(key, "mark", at, day, say, one.who, 0 if one.mark.says(say) else 1, **values)


def _pages(session: SessionList, page: int, say: Say | None) -> tuple[Row, ...]:
    at, on = session.facility.id, session.word
    last = (max(len(session.entries), 1) - 1) // ON_A_PAGE
    word = str(say) if say else ONE
    around = [("session.choice.before", page - 1)] if page > 0 else []
    around += [("session.choice.after", page + 1)] if page < last else []
    row = tuple(button(key, "session", at, on, number, word) for key, number in around)
    return (row,) if row else ()


def _says(session: SessionList, page: int, chosen: Say | None) -> tuple[Row, ...]:
    """What can be said of the next one who is tapped, with a mark at what is chosen; and the end of the session."""
    at, day = session.facility.id, session.word
    if session.state is SessionState.CLOSED:
        return ((button("session.choice.summary", "close", at, day),),)
    if session.state is not SessionState.OPEN:
        return ()
    says = [button("session.choice.not_come", "session", at, day, page, NOT_COME)]
    says += [button(f"session.choice.{word}", "session_say", at, day, page, word) for word in ASKED_FURTHER]
    says += [button(f"session.choice.{word}", "session", at, day, page, Say(word)) for word in PLAIN]
    says.append(button("session.choice.one", "session", at, day, page, ONE))
    now = f"session.choice.{chosen.outcome if chosen else ONE}"
    marked = [replace(say, label=_marked(say.label)) if say.label.key == now else say for say in says]
    ends = (button("session.choice.swap", "swap", at, day), button("session.choice.close", "close", at, day))
    return (*grid(marked, 2), *column(ends))


def _marked(label: Text) -> Text:
    return Text("session.choice.chosen", {"label": label})


def _more(session: SessionList) -> tuple[Row, ...]:
    """Earlier sessions that are not closed yet, the list anew, and what others offer here."""
    at = session.facility.id
    unclosed = [button("session.choice.unclosed", "session", at, on.isoformat(), on=on) for on in session.unclosed]
    again = [] if session.on is None else [button("session.choice.refresh", "session", at, session.word)]
    topic, *others = (action(session) for action in SESSION_ACTIONS)
    return (*column([*unclosed, topic]), *grid([*again, *others], 2))

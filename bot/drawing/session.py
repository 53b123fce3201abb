"""A session day's list: who is expected and for what, one tap for each who got not everything, and the way to close."""

from collections.abc import Callable
from dataclasses import replace

from bot.drawing.buttons import Row, button, column, grid
from bot.drawing.call_list import call_list_choice
from bot.drawing.missed import turned_away_button
from bot.drawing.session_days import session_days_button
from bot.drawing.session_words import (
    item_name,
    item_names,
    items_in_line,
    mark_word,
    outcome_word,
    who_long,
    who_short,
)
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
    expected, day = len(session.expected), session.day
    done = expected - len(session.waiting)
    notes: list[Value] = [Text(f"session.state.{session.state}")]
    if day is not None:
        hours: Value = str(day.hours) if day.hours else session.facility.hours or Text("common.station_hours_unknown")
        where = Text("session.where", {"place": day.place, "hours": hours}) if day.place else None
        notes.append(where or Text("session.hours", {"hours": hours}))
    notes.append(Text("session.numbers", {"expected": expected, "done": done}))
    if day is not None and day.capacity is not None:
        key = "session.too_full" if session.is_too_full else "session.capacity"
        notes.append(Text(key, {"capacity": day.capacity, "expected": expected}))
    return (*notes, *_stock(session))


def _stock(session: SessionList) -> tuple[Value, ...]:
    """What is not there, what ran out on the day, and what everybody gets instead."""
    notes: list[Value] = []
    missing = tuple(code for code in session.short_of if code not in session.ran_out)
    if missing:
        notes.append(Text("session.short_of", {"vaccines": vaccine_names(missing)}))
    for code in session.ran_out:
        key = "session.had_by_all" if session.instead_for_all.get(code) == code else "session.ran_out"
        notes.append(Text(key, {"vaccine": item_name(code)}))
    for due, given in session.instead_for_all.items():
        names: dict[str, Value] = {"due": vaccine_names((due,)), "given": vaccine_names((given,))}
        notes += [Text("session.instead_for_all", names)] if due != given else []
    return tuple(notes)


def _line(one: Entry, session: SessionList) -> Text:
    values: dict[str, Value] = {"number": one.number, "who": who_long(one)}
    if one.is_done:
        return Text("session.line.done", {**values, "outcome": outcome_word(one.record)})
    if one.is_called_off:
        return Text("session.line.called_off", {**values, "short": vaccine_names(one.ran_out)})
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
    key, values = f"session.button.{_state(one, say)}", {"number": one.number, "who": who_short(one)}
    if say is None or one.is_done or _is_needless(one, say):
        return button(key, "session_one", day, one.who, **values)
    return button(key, "mark", at, day, say, one.who, 0 if one.mark.says(say) else 1, **values)


def _state(one: Entry, say: Say | None) -> str:
    """Which sign stands before a name."""
    if one.is_called_off:
        return Outcome.NO_VACCINE
    if one.is_done or one.record.outcome is not Outcome.CAME:
        return one.record.outcome
    had = say is not None and say.outcome is Outcome.CAME and one.mark.says(say)
    return Outcome.CAME if had else "waiting"


def _is_needless(one: Entry, say: Say) -> bool:
    """Who was to come only for what ran out was not missed; and nobody had what was not due."""
    if say.outcome is Outcome.CAME:
        return say.vaccine not in one.ran_out
    return one.is_called_off and say == NOT_COME


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
    marked += [_had(session, page, code, chosen) for code in session.ran_out]
    ends = (button("session.choice.swap", "swap", at, day), button("session.choice.close", "close", at, day))
    return (*grid(marked, 2), *column((*_had_by_all(session, chosen), *ends)))


def _had(session: SessionList, page: int, code: str, chosen: Say | None) -> Choice:
    """The way to say who had a vaccine before it ran out."""
    say = Say(Outcome.CAME, vaccine=code)
    at, day = session.facility.id, session.word
    choice = button("session.choice.came", "session", at, day, page, say, vaccine=item_name(code))
    return replace(choice, label=_marked(choice.label)) if chosen == say else choice


def _had_by_all(session: SessionList, chosen: Say | None) -> tuple[Choice, ...]:
    """Most may have had it: then only those who lacked it are tapped."""
    if chosen is None or chosen.outcome is not Outcome.CAME:
        return ()
    at, day, code = session.facility.id, session.word, chosen.vaccine
    if session.instead_for_all.get(code) == code:
        return (button("session.choice.had_some", "had_all", at, day, code, 0),)
    return (button("session.choice.had_all", "had_all", at, day, code, 1),)


def _marked(label: Text) -> Text:
    return Text("session.choice.chosen", {"label": label})


def _more(session: SessionList) -> tuple[Row, ...]:
    """Earlier sessions that are not closed yet, the list anew, and what others offer here."""
    at = session.facility.id
    unclosed = [button("session.choice.unclosed", "session", at, on.isoformat(), on=on) for on in session.unclosed]
    again = [] if session.on is None else [button("session.choice.refresh", "session", at, session.word)]
    topic, *others = (action(session) for action in SESSION_ACTIONS)
    return (*column([*unclosed, topic]), *grid([*again, *others], 2))

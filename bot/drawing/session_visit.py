"""One visit of a session day, and the choices on the way to it: why it was postponed, what was lacking or given."""

from collections.abc import Sequence

from bot.drawing.buttons import Row, button, column, grid
from bot.drawing.session import ONE, page_of
from bot.drawing.session_words import item_name, item_names, mark_word, outcome_word, subject_long, who_long
from domain.attendance import POSTPONED_FOR, Outcome
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.session_closing import UNMARKED, Say, Who
from services.visits.list_session import SessionList, SessionState
from services.visits.record_visit import VisitRecorded
from services.visits.session.entries import Entry
from services.visits.session.expected import who_is

IS_HERE = frozenset({Outcome.CAME, Outcome.NO_VACCINE})


def draw_one(session: SessionList, one: Entry) -> OutgoingMessage:
    """What is due, what goes on record, and everything that can be said of this visit."""
    day = session.word
    values: dict[str, Value] = {"who": who_long(one), "on": session.on or "", **_given(one)}
    came = one.is_done and one.record.outcome in IS_HERE
    key = "take_back" if came else "record"
    rows: list[Row] = [(_today(key, one.who, day),)] if session.is_today else []
    if one.is_done:
        text = Text("session.one.done", {**values, "outcome": outcome_word(one.record)})
    else:
        text = Text("session.one.to_come", {**values, "mark": _mark(one)})
        rows += _says_of(session, one) if session.state is SessionState.OPEN else []
    back = button("session.choice.list", "session", session.facility.id, day, page_of(one), ONE)
    return OutgoingMessage(text, (*rows, *_doses(one.who), (back,)), names_child=True)


def _today(key: str, who: Who, day: str) -> Choice:
    if key == "take_back":
        return button("session.choice.take_back", "take_back", who, day)
    return button("session.choice.record", "record", who, day)


def _mark(one: Entry) -> Text:
    return Text("session.one.nothing_said") if one.mark == UNMARKED else mark_word(one)


def _given(one: Entry) -> dict[str, Value]:
    items = item_names(one.record.vaccines, one.record.care)
    return {"items": items or (Text("session.one.nothing"),)}


def _says_of(session: SessionList, one: Entry) -> list[Row]:
    """Each thing that can be said, as a button; and the way back to nothing."""
    at, day = session.facility.id, session.word
    says = [Say(Outcome.NOT_COME), Say(Outcome.REFUSED), Say(Outcome.TOO_MANY)]
    says += [Say(Outcome.POSTPONED, why=why) for why in POSTPONED_FOR]
    says += [Say(Outcome.CAME, vaccine=code) for code in one.ran_out]
    says += [Say(Outcome.NO_VACCINE, vaccine=code) for code in vaccines_of(one)]
    buttons = [button(_say_key(say), "mark", at, day, say, one.who, 1, ONE, **_detail(say)) for say in says]
    swaps = [
        button("session.choice.swap_one", "swap_one", day, one.who, dose.vaccine, vaccine=item_name(dose.vaccine))
        for dose in one.needs.doses
    ]
    again = [button("session.choice.unmark", "unmark", at, day, one.who)] if one.mark != UNMARKED else []
    return [*grid(buttons, 2), *column(swaps), *column(again)]


def vaccines_of(one: Entry) -> tuple[str, ...]:
    """What may be lacking for one: its vaccines, and a mother's."""
    care = [care.key for care in one.needs.care if care.vaccine]
    return tuple(dict.fromkeys([*(dose.vaccine for dose in one.needs.doses), *one.ran_out, *care]))


def _say_key(say: Say) -> str:
    return f"session.say.{say.outcome}"


def _detail(say: Say) -> dict[str, Value]:
    if say.why is not None:
        return {"why": Text(f"session.why.{say.why}")}
    return {"vaccine": item_name(say.vaccine)} if say.vaccine else {}


def draw_which(session: SessionList, page: int, outcome: Outcome) -> OutgoingMessage:
    """Why they were postponed, or which vaccine was not there; then the list comes again."""
    at, day = session.facility.id, session.word
    if outcome is Outcome.POSTPONED:
        says = [Say(outcome, why=why) for why in POSTPONED_FOR]
    else:
        says = [Say(Outcome.NO_VACCINE, vaccine=code) for code in vaccines_due(session)]
    buttons = [button(_say_key(say), "session", at, day, page, say, **_detail(say)) for say in says]
    ways = [*buttons, *_missing_next_time(session, outcome), _back(session, page)]
    return OutgoingMessage(Text(f"session.which.{outcome}"), column(ways))


def _missing_next_time(session: SessionList, outcome: Outcome) -> list[Choice]:
    """The way to say that a vaccine is out of stock from the next session on; those of today are marked one by one."""
    on = session.following
    if outcome is not Outcome.NO_VACCINE or on is None:
        return []
    return [button("session.choice.missing_next", "session_short", session.facility.id, on.isoformat(), on=on)]


def vaccines_due(session: SessionList) -> tuple[str, ...]:
    """The vaccines of those of whom nothing is on record, the most frequent first."""
    codes = [code for one in session.entries if not one.is_done for code in vaccines_of(one)]
    return tuple(sorted(dict.fromkeys(codes), key=lambda code: (-codes.count(code), code)))


def draw_swap_for_all(session: SessionList, due: str, vaccines: Sequence[str]) -> OutgoingMessage:
    """Which vaccine is replaced today (`due` empty), or what everybody gets in its place."""
    at, day = session.facility.id, session.word
    if not due:
        doses = [code for code in vaccines_due(session) if not code.islower()]
        choices = [button("session.choice.vaccine", "swap", at, day, code, vaccine=item_name(code)) for code in doses]
        return OutgoingMessage(Text("session.swap.which"), (*column(choices), (_back(session, 0),)))
    choices = [
        button("session.choice.vaccine", "swap", at, day, due, code, vaccine=item_name(code)) for code in vaccines
    ]
    text = Text("session.swap.by_which", {"vaccine": item_name(due)})
    return OutgoingMessage(text, (*grid(choices, 2), (_back(session, 0),)))


def draw_swap_for_one(session: SessionList, one: Entry, due: str, vaccines: Sequence[str]) -> OutgoingMessage:
    """What this one got in place of a vaccine."""
    day = session.word
    choices = [
        button("session.choice.vaccine", "swap_one", day, one.who, due, code, vaccine=item_name(code))
        for code in vaccines
    ]
    back = button("session.choice.back", "session_one", day, one.who)
    values: dict[str, Value] = {"who": who_long(one), "vaccine": item_name(due)}
    return OutgoingMessage(Text("session.swap.for_one", values), (*grid(choices, 2), (back,)), names_child=True)


def _back(session: SessionList, page: int) -> Choice:
    return button("session.choice.list", "session", session.facility.id, session.word, page)


def draw_recorded(recorded: VisitRecorded) -> OutgoingMessage:
    """What is on record now, and the way to take it back."""
    back = (button("session.choice.list", "session", recorded.facility.id, recorded.on.isoformat()),)
    who, values = who_is(recorded.subject), _about(recorded)
    if not recorded.vaccines and not recorded.care:
        return OutgoingMessage(Text("session.nothing_due", values), (*_doses(who), back), names_child=True)
    undo = (button("session.choice.take_back", "take_back", who, recorded.on.isoformat()),)
    values["items"] = item_names(recorded.vaccines, recorded.care)
    return OutgoingMessage(Text("session.recorded", values), (undo, *_doses(who), back), names_child=True)


def draw_taken_back(recorded: VisitRecorded) -> OutgoingMessage:
    """Nothing is on record for that day any more."""
    back = (button("session.choice.list", "session", recorded.facility.id, recorded.on.isoformat()),)
    text = Text("session.taken_back", _about(recorded))
    return OutgoingMessage(text, (*_doses(who_is(recorded.subject)), back), names_child=True)


def _doses(who: Who) -> tuple[Row, ...]:
    return ((button("doses.choice.all", "doses", who.child),),) if who.child is not None else ()


def _about(recorded: VisitRecorded) -> dict[str, Value]:
    return {"who": subject_long(recorded.subject), "on": recorded.on}

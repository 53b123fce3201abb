"""Session days for those who may change them: the list, the page of a day, ways to change it, and what came of it."""

from datetime import date

from bot.drawing.buttons import Row, button, column, grid
from bot.drawing.long_lists import shortened
from bot.drawing.vaccines import vaccine_names
from domain.area import Facility
from domain.forms.session_days import SESSION_OTHER
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.session_calendar import ChangeKind, SessionDay
from services.visits.list_session import SessionList
from services.visits.session_days.change_session import Outcome
from services.visits.session_days.list_session_days import DayLine, DayPage, SessionDays
from services.visits.session_days.note_stock_out import Shelf
from services.visits.session_days.tell_families import Reach

MOST_DAYS = 24
ONE_IN_A_ROW = 12
"""As many days as have a row of their own, where the whole date can be read."""
MOST_VACCINES = 14
MOST_NEW_DAYS = 5
TOGETHER = "together"
"""The word of the button by which two days become one."""


def session_days_button(session: SessionList) -> Choice:
    """The way from the nurse's list."""
    return button("session_days.choice.list", "session_days", session.facility.id)


def draw_places(places: tuple[Facility, ...]) -> OutgoingMessage:
    """Of which facility?"""
    ways = [button("session_days.choice.place", "session_days", one.id, facility=one.name) for one in places]
    return OutgoingMessage(Text("session_days.which_place"), column(ways))


def draw_days(days: SessionDays) -> OutgoingMessage:
    """The next weeks: a line and a button a day."""
    facility = days.facility
    lines = days.lines[:MOST_DAYS]
    buttons = [_open(facility, line) for line in lines]
    add = button("session_days.choice.add", "session_add", facility.id)
    values: dict[str, Value] = {"facility": facility.name}
    key = "session_days.list" if lines else "session_days.none"
    if lines:
        values["lines"] = shortened([_line(line) for line in days.lines], MOST_DAYS)
    return OutgoingMessage(Text(key, values), (*grid(buttons, 1 if len(buttons) <= ONE_IN_A_ROW else 2), (add,)))


def _open(facility: Facility, line: DayLine) -> Choice:
    held = line.day is not None
    key = "session_days.choice.day" if held else "session_days.choice.day_off"
    return button(key, "session_day", facility.id, line.on.isoformat(), on=line.on)


def _line(line: DayLine) -> Text:
    return Text("session_days.line", {"on": line.on, "what": _known(line)})


def _known(line: DayLine) -> Text:
    """What is held on the day, and one remark after the other."""
    known = _what(line)
    for remark in _remarks(line):
        known = Text("session_days.and", {"what": known, "remark": remark})
    return known


def _what(line: DayLine) -> Text:
    if line.day is not None:
        return Text("session_days.expected", {"count": line.expected})
    if line.change is None:
        return Text("session_days.nothing_held")
    to = line.change.moved_to
    return Text("session_days.moved_away", {"to": to}) if to is not None else Text("session_days.cancelled")


def _remarks(line: DayLine) -> tuple[Text, ...]:
    holiday = line.holiday or Text("session_days.public_holiday")
    of_holiday = (Text("session_days.remark.holiday", {"holiday": holiday}),) if line.is_holiday else ()
    return (*(_remarks_on(line.day, line) if line.day is not None else ()), *of_holiday)


def _remarks_on(day: SessionDay, line: DayLine) -> tuple[Text, ...]:
    """Of a session that is held: where and when, how it came there, what is missing."""
    kind = line.change.kind if line.change is not None else None
    remarks = (
        (day.place, Text("session_days.remark.place", {"place": day.place})),
        (day.hours, Text("session_days.remark.hours", {"hours": str(day.hours)})),
        (day.moved_from, Text("session_days.remark.moved_from", {"on": day.moved_from or day.on})),
        (kind is ChangeKind.ADDED, Text("session_days.remark.extra")),
        (kind is ChangeKind.CHANGED, Text("session_days.remark.changed")),
        (line.missing, Text("session_days.remark.missing", {"vaccines": vaccine_names(line.missing)})),
    )
    return tuple(remark for holds, remark in remarks if holds)


def draw_day(page: DayPage) -> OutgoingMessage:
    """One day, and what can be done about it."""
    values: dict[str, Value] = {"facility": page.facility.name, "on": page.line.on, "what": _known(page.line)}
    return OutgoingMessage(Text("session_days.day", values), (*_ways(page), (_to_list(page.facility),)))


def _ways(page: DayPage) -> tuple[Row, ...]:
    about = (page.facility.id, page.line.on.isoformat())
    ways = []
    if page.can_change:
        ways.append(button("session_days.choice.move", "session_move", *about))
        ways.append(button("session_days.choice.other", "session_other", *about))
        ways.append(button("session_days.choice.cancel", "session_cancel", *about))
        ways.append(button("session_days.choice.short", "session_short", *about))
    if page.can_undo:
        ways.append(button("session_days.choice.undo", "session_undo", *about))
    return column(ways)


def _to_list(facility: Facility) -> Choice:
    return button("session_days.choice.list", "session_days", facility.id)


def _to_day(outcome: Outcome) -> Choice:
    on = outcome.day.on if outcome.day is not None else outcome.on
    return button("session_days.choice.back_to_day", "session_day", outcome.facility.id, on.isoformat(), on=on)


def draw_targets(page: DayPage, days: tuple[date, ...]) -> OutgoingMessage:
    """Where to? The working days next to it, or a day that she types."""
    facility, on = page.facility, page.line.on
    about = (facility.id, on.isoformat())
    offered = [button("session_days.choice.to", "session_moved", *about, day.isoformat(), on=day) for day in days]
    other = button("session_days.choice.other_day", "session_move_date", *about)
    back = button("session_days.choice.back_to_day", "session_day", *about, on=on)
    values: dict[str, Value] = {"facility": facility.name, "on": on, "count": page.line.expected}
    return OutgoingMessage(Text("session_days.where_to", values), column((*offered, other, back)))


def draw_both_there(outcome: Outcome) -> OutgoingMessage:
    """A session stands on the new day: what would happen, and what can be done instead."""
    to = outcome.day.on if outcome.day is not None else outcome.on
    about = (outcome.facility.id, outcome.on.isoformat())
    ways = (
        button("session_days.choice.together", "session_moved", *about, to.isoformat(), TOGETHER, on=to),
        button("session_days.choice.other_day", "session_move_date", *about),
        button("session_days.choice.other_of", "session_other", *about, on=outcome.on),
        button("session_days.choice.other_of", "session_other", outcome.facility.id, to.isoformat(), on=to),
        button("session_days.choice.back_to_day", "session_day", *about, on=outcome.on),
    )
    values: dict[str, Value] = {"on": outcome.on, "to": to, "reach": _concerned(outcome.reach)}
    if outcome.day is not None:
        values["where"] = _where(outcome.facility, outcome.day)
    return OutgoingMessage(Text("session_days.trouble.both_there", values), column(ways))


def draw_altering(outcome: Outcome, stamp: int) -> OutgoingMessage:
    """Before place or hours of a day change: how it would be, and whom it concerns."""
    draft = (SESSION_OTHER.name, stamp)
    ways = (
        button("session_days.choice.other_yes", "form_save", *draft),
        button("session_days.choice.other_again", "form_correct", *draft, "place_and_hours"),
        button("choice.cancel", "form_cancel", *draft, ""),
    )
    values: dict[str, Value] = {
        "facility": outcome.facility.name,
        "on": outcome.on,
        "reach": _concerned(outcome.reach),
    }
    if outcome.day is not None:
        values["where"] = _where(outcome.facility, outcome.day)
    return OutgoingMessage(Text("session_days.other_sure", values), column(ways))


def draw_cancelling(outcome: Outcome) -> OutgoingMessage:
    """Before a day is cancelled: whom it concerns, and when they would come."""
    about = (outcome.facility.id, outcome.on.isoformat())
    ways = (
        button("session_days.choice.cancel_yes", "session_cancelled", *about),
        button("session_days.choice.move", "session_move", *about),
        _to_day(outcome),
    )
    values: dict[str, Value] = {
        "facility": outcome.facility.name,
        "on": outcome.on,
        "reach": _concerned(outcome.reach),
        "days": _new_days(outcome.reach),
    }
    return OutgoingMessage(Text("session_days.cancel_sure", values), column(ways))


def _concerned(reach: Reach) -> Text:
    return Text(
        "session_days.concerns" if reach.families else "session_days.concerns_nobody", {"count": reach.families}
    )


def _new_days(reach: Reach) -> tuple[Value, ...]:
    """On which day they come then, the nearest first."""
    known = sorted((day, count) for day, count in reach.days.items() if day is not None)
    lines: list[Value] = [Text("session_days.come_on", {"on": day, "count": count}) for day, count in known]
    if reach.days.get(None):
        lines.append(Text("session_days.come_never", {"count": reach.days[None]}))
    return shortened(lines, MOST_NEW_DAYS)


def draw_shelf(shelf: Shelf) -> OutgoingMessage:
    """Which vaccine is missing, and until when, in one tap; what is missing can be there again."""
    if shelf.outcome is not None:
        return draw_outcome(shelf.outcome, "short")
    about = (shelf.facility.id, shelf.on.isoformat())
    rows: list[Row] = []
    for code in shelf.vaccines[:MOST_VACCINES]:
        name = Text(f"vaccine.{code.lower()}.short")
        if code in shelf.missing:
            rows.append((button("session_days.choice.there", "session_there", *about, code, vaccine=name),))
        else:
            ways = (("session_days.choice.short_day", "day"), ("session_days.choice.short_on", "on"))
            rows.append(tuple(button(key, "session_out", *about, code, span, vaccine=name) for key, span in ways))
    back = button("session_days.choice.back_to_day", "session_day", *about, on=shelf.on)
    values: dict[str, Value] = {"facility": shelf.facility.name, "on": shelf.on}
    return OutgoingMessage(Text("session_days.which_vaccine", values), (*rows, (back,)))


def draw_outcome(outcome: Outcome, done: str, *, vaccine: str = "") -> OutgoingMessage:
    """What came of it: who is told, how many calls there are; or why nothing was changed."""
    values: dict[str, Value] = {"facility": outcome.facility.name, "on": outcome.on}
    if vaccine:
        values["vaccine"] = Text(f"vaccine.{vaccine.lower()}.short")
    if outcome.day is not None:
        values["to"] = outcome.day.on
        values["where"] = _where(outcome.facility, outcome.day)
    key = _key(outcome, done)
    ways = column((_to_day(outcome), _to_list(outcome.facility)))
    if outcome.trouble is None and not outcome.before:
        values["reach"] = _reach(outcome.reach)
    return OutgoingMessage(Text(key, values), ways)


def _key(outcome: Outcome, done: str) -> str:
    if outcome.trouble is not None:
        return f"session_days.trouble.{outcome.trouble}"
    return f"session_days.before.{done}" if outcome.before else f"session_days.done.{done}"


def _where(facility: Facility, day: SessionDay) -> Value:
    where: Value = Text("session_days.at_place", {"place": day.place}) if day.place else facility.name
    return Text("session_days.where", {"where": where, "hours": str(day.hours)}) if day.hours else where


def _reach(reach: Reach) -> tuple[Value, ...]:
    lines: list[Value] = [_concerned(reach)]
    if reach.by_chat:
        lines.append(Text("session_days.told", {"count": reach.by_chat}))
    if reach.calls.all:
        volunteers = reach.calls.all - reach.calls.of_station
        lines.append(Text("session_days.calls", {"volunteers": volunteers, "station": reach.calls.of_station}))
    return tuple(lines)


def draw_kept(facility: Facility, on: date) -> OutgoingMessage:
    """The session stays on its holiday."""
    list_ = column((_to_list(facility),))
    return OutgoingMessage(Text("session_days.kept", {"facility": facility.name, "on": on}), list_)

"""The next visit of a family: in a few lines, and as an event for its own calendar."""

from bot.drawing.invites import children_of
from bot.drawing.long_lists import shortened
from domain.message import CalendarEvent, CalendarFile, OutgoingMessage, Text, Value
from domain.people import Child
from domain.visits import Needs
from services.visits.child_record.next_visit_file import VisitFile
from services.visits.find_visits import FamilyVisit

MOST = 8


def visit_text(visit: FamilyVisit | None, *, shown: bool = True) -> Text:
    """The next visit: day, place, hours, what happens for whom, and what to bring.

    Where it may not be `shown`, the station tells her.
    """
    if not shown:
        return Text("child.visit_by_station")
    if visit is None:
        return Text("child.no_visit")
    values: dict[str, Value] = {
        "on": visit.on,
        "place": place_text(visit),
        "hours": visit.hours or Text("common.station_hours_unknown"),
        "lines": visit_lines(visit),
        "bring": bring_text(visit),
    }
    return Text("child.visit", values)


def place_text(visit: FamilyVisit) -> Value:
    """Where the session is held: the facility, or another place of its staff."""
    if not visit.day.place:
        return visit.facility.name
    return Text("child.visit_place", {"place": visit.day.place, "facility": visit.facility.name})


def visit_lines(visit: FamilyVisit) -> tuple[Value, ...]:
    """For the children, those with the same needs together, and for her who awaits one, what is to happen."""
    names: dict[tuple[str, ...], list[str]] = {}
    for subject, needs in visit.subjects:
        if isinstance(subject, Child):
            names.setdefault(_item_keys(needs), []).append(subject.name)
    children = [_for_children(tuple(called), keys) for keys, called in names.items()]
    mothers = [needs for subject, needs in visit.subjects if not isinstance(subject, Child)]
    return shortened((*children, *(Text("child.visit_for_mother", {"items": items_of(one)}) for one in mothers)), MOST)


def _for_children(names: tuple[str, ...], keys: tuple[str, ...]) -> Text:
    return Text("child.visit_for", {"children": children_of(names), "items": tuple(Text(key) for key in keys)})


def items_of(needs: Needs) -> tuple[Text, ...]:
    """The vaccines and the other care of a visit, each once."""
    return tuple(Text(key) for key in _item_keys(needs))


def _item_keys(needs: Needs) -> tuple[str, ...]:
    vaccines = dict.fromkeys(f"vaccine.{dose.vaccine.lower()}.short" for dose in needs.doses)
    care = dict.fromkeys(f"care.{one.key}.short" for one in needs.care)
    return (*vaccines, *care)


def bring_text(visit: FamilyVisit) -> Text:
    """What to bring: the child's card, the mother's book, or both."""
    if not visit.pregnancies:
        return Text("child.bring.card")
    return Text("child.bring.both" if visit.children else "child.bring.book")


def draw_visit_file(file: VisitFile, whom: Text | None) -> OutgoingMessage:
    """Her next visits as a file for her calendar; where there is none, the words that say so."""
    if file.nobody:
        return OutgoingMessage(Text("quiet.nobody"), whom=whom)
    if not file.visits:
        return OutgoingMessage(visit_text(None, shown=file.shown), whom=whom)
    events = tuple(_event(uid, visit) for uid, visit in file.visits)
    calendar = CalendarFile("cradle-visit.ics", file.made_at, events)
    return OutgoingMessage(Text("calendar.caption"), calendar=calendar, whom=whom)


def _event(uid: str, visit: FamilyVisit) -> CalendarEvent:
    hours = visit.day.hours
    names = children_of(tuple(child.name for child in visit.children))
    title = Text("calendar.title", {"children": names}) if visit.children else Text("calendar.title_mother")
    note: dict[str, Value] = {
        "hours": visit.hours or Text("common.station_hours_unknown"),
        "lines": visit_lines(visit),
        "bring": bring_text(visit),
    }
    return CalendarEvent(
        uid=uid,
        title=title,
        place=Text("calendar.place", {"place": place_text(visit), "commune": visit.facility.commune.name}),
        note=Text("calendar.note", note),
        on=visit.on,
        zone=visit.facility.zone,
        opens=hours.opens if hours else None,
        closes=hours.closes if hours else None,
    )

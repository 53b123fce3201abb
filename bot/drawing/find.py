"""Families that were found, and another child of one of them."""

from bot.drawing.buttons import Row, button, column
from bot.drawing.forms import draw_form
from bot.drawing.invites import children_of
from domain.area import Facility
from domain.identifiers import FamilyId
from domain.message import Choice, OutgoingMessage, Text, Value
from services.enrolment.add_child import AlreadyThere, ChildAdded
from services.enrolment.find_families import Findings
from services.ports.families import FamilyFound

MOST_NAMES = 3


def draw_findings(findings: Findings) -> OutgoingMessage:
    """A button a family. Where nobody or too many were found, she types once more."""
    entries = column(_entry(one, place) for one, place in findings.families)
    ways = draw_form(findings.again).choices if findings.again else _once_more()
    if not findings.families:
        return OutgoingMessage(Text("find.none"), ways)
    key = "find.more" if findings.more else "find.found"
    values: dict[str, Value] = {"count": len(findings.families)}
    return OutgoingMessage(Text(key, values), (*entries, *ways), names_child=True)


def _once_more() -> tuple[Row, ...]:
    return ((button("find.choice.again", "find"),),)


def _entry(found: FamilyFound, place: Facility | None) -> Choice:
    """Who stands first, names and a date; and the commune, for one who works in several."""
    values: dict[str, Value] = {
        "role": Text(f"choice.role.{found.role}") if found.role else Text("family_page.nobody"),
        "children": _names(found),
        "day": _day(found),
    }
    if place is None:
        return button("find.entry", "family_page", found.family, **values)
    return button("find.entry_in", "family_page", found.family, **values, commune=place.commune.name)


def _names(found: FamilyFound) -> Value:
    names = tuple(child.name for child in found.children)
    if len(names) <= MOST_NAMES + 1:
        return children_of(names)
    few = children_of(names[:MOST_NAMES])
    return Text("find.names_more", {"children": few, "count": len(names) - MOST_NAMES})


def _day(found: FamilyFound) -> Value:
    if found.children:
        return Text("find.born", {"on": found.children[0].birth_date})
    return Text("find.due", {"on": found.due_on}) if found.due_on else Text("choice.not_given")


def draw_awaited_first(family: FamilyId) -> OutgoingMessage:
    """The family awaits a child: is it born, or is this another one?"""
    choices = (
        (button("family_page.choice.family_birth", "family_birth", family),),
        (button("adding.choice.other", "family_child", family, "other"),),
    )
    return OutgoingMessage(Text("adding.awaits"), choices)


def draw_added(added: ChildAdded) -> OutgoingMessage:
    """Saved, and the way back to the family."""
    text = Text("adding.done", {"children": children_of(added.children)})
    page = button("families.choice.whole_family", "family_page", added.family)
    return OutgoingMessage(text, ((page,),), names_child=True)


def draw_already_there(found: AlreadyThere) -> tuple[OutgoingMessage, OutgoingMessage]:
    """Nothing was saved; the summary stands below, to be corrected or cancelled."""
    names = (found.name,) if found.name else ()
    return OutgoingMessage(Text("adding.already", {"child": children_of(names)})), draw_form(found.asking)

"""What a caregiver sees: her children and next visit, tips, settings, what we know of her."""

from bot.drawing.birth_choices import choices_of_children
from bot.drawing.buttons import Row, button
from bot.drawing.long_lists import shortened
from bot.drawing.next_visit import visit_text
from domain.message import OutgoingMessage, Text, Value
from services.family.find_tip import NoTip, TipFound
from services.family.show_children import Awaited, ChildAge, FamilyView
from services.family.welcome import Digest
from services.messages.tip_choices import tip_choices
from services.ports.library import LibraryPort

SETTINGS = ("language", "hour", "amount", "phone")
MOST_CHILDREN, MOST_VISITS = 25, 3


def draw_children(view: FamilyView, whom: Text | None) -> OutgoingMessage:
    """Each child's age, and the visits to come."""
    lines = (*(_age(child) for child in view.children), *(_awaited(one) for one in view.awaited))
    if not lines:
        return OutgoingMessage(Text("quiet.nobody"), whom=whom)
    visits = tuple(visit_text(visit) for visit in view.visits) or (visit_text(None, shown=view.shows_visits),)
    if not view.children and not view.visits:
        visits = ()
    values: dict[str, Value] = {"lines": shortened(lines, MOST_CHILDREN), "visits": shortened(visits, MOST_VISITS)}
    overview = Text("child.overview", values)
    return OutgoingMessage(overview, (*_ways(view), *choices_of_children(view)), names_child=True, whom=whom)


def _ways(view: FamilyView) -> tuple[Row, ...]:
    """Into her calendar, and to what was given."""
    calendar = ((button("record.choice.calendar", "visit_file", view.caregiver.id),),) if view.visits else ()
    card = ((button("record.choice.card", "card", view.caregiver.id),),) if view.children else ()
    return (*calendar, *card)


def _age(child: ChildAge) -> Text:
    name: Value = child.name or Text("common.unnamed_child")
    if child.in_days:
        return Text("child.age_days", {"child": name, "days": child.days})
    return Text("child.age_months", {"child": name, "months": child.months})


def _awaited(one: Awaited) -> Text:
    return Text("child.awaited", {"weeks": one.weeks, "due_on": one.due_on})


def draw_tip(tip: TipFound | NoTip, library: LibraryPort, whom: Text | None) -> OutgoingMessage:
    """A tip, with what one may do with it and the way to others; or why there is none."""
    if isinstance(tip, NoTip):
        return OutgoingMessage(Text(f"tip.none.{tip.reason}"), whom=whom)
    another = (button("tip.choice.another", "tip", tip.caregiver, tip.place + 1),) if tip.more else ()
    onwards = (*another, button("library.choice.topics", "topics", tip.caregiver))
    return OutgoingMessage(Text(tip.key), (*tip_choices(library, tip.key, tip.caregiver), onwards), whom=whom)


def digest_text(digest: Digest) -> Text:
    """What matters now, in one message."""
    if digest.nobody:
        return Text("quiet.nobody")
    if digest.awaiting:
        return Text("digest.awaiting") if digest.tip is None else Text("digest.in_pregnancy", {"tip": Text(digest.tip)})
    values: dict[str, Value] = {"visit": visit_text(digest.visit, shown=digest.shows_visits)}
    if digest.older:
        return Text("digest.older", values)
    if digest.tip is None:
        return Text("digest.visit", values)
    return Text("digest.full", {**values, "tip": Text(digest.tip)})

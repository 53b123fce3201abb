"""What a caregiver sees: her children and next visit, tips, settings, what we know of her."""

from bot.drawing.buttons import button, column, grid, said
from bot.drawing.vaccines import vaccine_names
from domain.forms.joining import HOURS
from domain.journey import Amount
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.moment import local_day
from services.family.find_tip import NoTip, TipFound
from services.family.show_children import Awaited, ChildAge, FamilyView
from services.family.show_known import Known
from services.family.welcome import Digest
from services.visits.find_visits import FamilyVisit

SETTINGS = ("language", "hour", "amount", "phone")


def visit_text(visit: FamilyVisit | None, *, shown: bool = True) -> Text:
    """The next visit in one sentence; where it may not be `shown`, the station tells her."""
    if not shown:
        return Text("child.visit_by_station")
    if visit is None:
        return Text("child.no_visit")
    values: dict[str, Value] = {
        "on": visit.on,
        "facility": visit.facility.name,
        "hours": visit.hours or Text("common.station_hours_unknown"),
        "vaccines": vaccine_names(visit.vaccines),
        "children": tuple(child.name or Text("common.unnamed_child") for child, _doses in visit.children),
    }
    return Text("child.visit", values)


def draw_children(view: FamilyView) -> OutgoingMessage:
    """Each child's age, and the visits to come."""
    lines = (*(_age(child) for child in view.children), *(_awaited(one) for one in view.awaited))
    visits = tuple(visit_text(visit) for visit in view.visits) or (visit_text(None, shown=view.shows_visits),)
    if not view.children:
        visits = ()
    return OutgoingMessage(Text("child.overview", {"lines": lines, "visits": visits}), names_child=True)


def _age(child: ChildAge) -> Text:
    name: Value = child.name or Text("common.unnamed_child")
    if child.in_days:
        return Text("child.age_days", {"child": name, "days": child.days})
    return Text("child.age_months", {"child": name, "months": child.months})


def _awaited(one: Awaited) -> Text:
    return Text("child.awaited", {"weeks": one.weeks, "due_on": one.due_on})


def draw_tip(tip: TipFound | NoTip) -> OutgoingMessage:
    """A tip, with the way to another one; or why there is none."""
    if isinstance(tip, NoTip):
        return OutgoingMessage(Text(f"tip.none.{tip.reason}"))
    more = ((button("tip.choice.another", "tip", tip.place + 1),),) if tip.more else ()
    return OutgoingMessage(Text(tip.key), more)


def digest_text(digest: Digest) -> Text:
    """What matters now, in one message."""
    if digest.awaiting:
        return Text("digest.awaiting")
    values: dict[str, Value] = {"visit": visit_text(digest.visit, shown=digest.shows_visits)}
    if digest.older:
        return Text("digest.older", values)
    if digest.tip is None:
        return Text("digest.visit", values)
    return Text("digest.full", {**values, "tip": Text(digest.tip)})


def draw_settings(known: Known) -> OutgoingMessage:
    """What she chose, each with its button."""
    caregiver = known.caregiver
    values: dict[str, Value] = {
        "hour": f"{caregiver.tip_hour:02d}:00",
        "amount": Text(f"choice.amount.{int(caregiver.amount)}"),
    }
    choices = column(
        button(f"settings.choice.{one}", "settings", one) for one in ("language", "hour", "amount", "phone")
    )
    return OutgoingMessage(Text("settings.overview", values), choices)


def draw_hours() -> OutgoingMessage:
    """Her hour for tips."""
    hours = [Choice(said(f"{hour:02d}:00"), f"v1:hour:{hour}") for hour in HOURS]
    return OutgoingMessage(Text("settings.ask_hour"), grid(hours, 4))


def draw_amounts() -> OutgoingMessage:
    """How much she wants to read."""
    choices = column(button(f"choice.amount.{int(amount)}", "amount", int(amount)) for amount in Amount)
    return OutgoingMessage(Text("settings.ask_amount"), choices)


def draw_known(known: Known) -> OutgoingMessage:
    """Everything we keep of her, in her words."""
    caregiver = known.caregiver
    zone = known.facility.zone if known.facility else "UTC"
    children = tuple(
        Text(
            "known.child",
            {
                "child": child.name or Text("common.unnamed_child"),
                "birth_date": child.birth_date,
                "sex": Text(f"choice.sex.{child.sex}"),
            },
        )
        for child in known.children
    )
    awaited = tuple(Text("known.pregnancy", {"due_on": one.due_on}) for one in known.pregnancies)
    given = tuple(
        Text(
            f"known.dose.{dose.source}",
            {"vaccine": Text(f"vaccine.{dose.vaccine.lower()}.short"), "on": dose.given_on},
        )
        for dose in known.vaccinations
    )
    consents = tuple(
        Text(
            f"known.consent.{'given' if one.given else 'refused'}",
            {"purpose": Text(f"purpose.{one.purpose}"), "on": local_day(one.at, zone), "version": one.text_version},
        )
        for one in known.consents
    )
    values: dict[str, Value] = {
        "role": Text(f"choice.role.{caregiver.role}"),
        "phone": caregiver.phone or Text("choice.not_given"),
        "facility": known.facility.name if known.facility else Text("common.station_unknown"),
        "hour": f"{caregiver.tip_hour:02d}:00",
        "amount": Text(f"choice.amount.{int(caregiver.amount)}"),
        "children": (*children, *awaited),
        "doses": given,
        "consents": consents,
    }
    return OutgoingMessage(Text("known.overview", values), names_child=True)

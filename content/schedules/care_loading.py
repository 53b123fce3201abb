"""Reads care plans and kinds of campaigns into the plain values of domain/care, and refuses what it does not know."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from content.schedules.citations import read_source
from content.schedules.entries import Entry, ScheduleError, read_entry
from domain.care.plan import After, CareItem, CareKind, CarePlace, CarePlan, CareSubject, are_in_order
from domain.care.rounds import CampaignKind
from domain.vaccination.ages import Age
from domain.vaccination.sources import SignOff

CARE_FOLDER = Path(__file__).parent / "care"
CAMPAIGNS_NAME = "campaign-kinds.yaml"
_REQUIRED = "item kind from due until sources certainty"


def load_care_plans(folder: Path = CARE_FOLDER) -> dict[str, CarePlan]:
    """Every care plan of a folder by its key."""
    found: dict[str, CarePlan] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == CAMPAIGNS_NAME:
            continue
        plan = load_care_plan(path)
        if plan.key in found:
            raise ScheduleError(f"{path.name}:1: another file has the plan '{plan.key}' already")
        found[plan.key] = plan
    return found


def load_care_plan(path: Path) -> CarePlan:
    """One care plan. Raises ScheduleError, which names the file and the line."""
    fields = read_entry(path).fields("plan version country effective_from signed_off about items")
    return CarePlan(
        key=fields["plan"].text(),
        version=fields["version"].text(),
        country=fields["country"].text(),
        effective_from=_day(fields["effective_from"]),
        signed_off=_sign_off(fields["signed_off"]),
        about=fields["about"].read(CareSubject, "child or pregnancy"),
        items=_items(fields["items"]),
    )


def load_campaign_kinds(path: Path = CARE_FOLDER / CAMPAIGNS_NAME) -> dict[str, CampaignKind]:
    """The kinds of campaigns by their keys. Raises ScheduleError, which names the file and the line."""
    found: dict[str, CampaignKind] = {}
    for item in read_entry(path).fields("kinds")["kinds"].each():
        kind = _campaign_kind(item)
        if kind.key in found:
            item.fail(f"the kind '{kind.key}' stands here twice")
        found[kind.key] = kind
    return found


def _campaign_kind(entry: Entry) -> CampaignKind:
    fields = entry.fields("kind country min_age max_age sources certainty", "note")
    kind = CampaignKind(
        key=fields["kind"].text(),
        country=fields["country"].text(),
        min_age=_age(fields["min_age"]),
        max_age=_age(fields["max_age"]),
        source=read_source(fields),
    )
    if are_in_order(kind.max_age, kind.min_age):
        fields["max_age"].fail("the field 'max_age' has to be above 'min_age'")
    return kind


def _items(entry: Entry) -> tuple[CareItem, ...]:
    found: dict[str, CareItem] = {}
    for each in entry.each():
        item = _item(each, found)
        if item.key in found:
            each.fail(f"the item '{item.key}' stands here twice")
        found[item.key] = item
    return tuple(found.values())


def _item(entry: Entry, above: Mapping[str, CareItem]) -> CareItem:
    fields = entry.fields(_REQUIRED, "overdue after vaccine place note")
    item = CareItem(
        key=fields["item"].text(),
        kind=fields["kind"].read(_kind_of_item, "checkup, antenatal, tetanus, screening or postnatal"),
        from_=_age(fields["from"]),
        due=_age(fields["due"]),
        until=_age(fields["until"]),
        source=read_source(fields),
        overdue=_age(fields["overdue"]) if "overdue" in fields else None,
        after=_after(fields["after"], above) if "after" in fields else None,
        vaccine="vaccine" in fields and _truth(fields["vaccine"]),
        place=fields["place"].read(CarePlace, "station, hospital or home") if "place" in fields else CarePlace.STATION,
    )
    if not _has_a_window(item):
        entry.fail("'from', 'due', 'overdue' and 'until' have to rise in this order")
    return item


def _kind_of_item(text: str) -> CareKind:
    """Campaigns are rounds with dates, entered by staff: never items of a plan."""
    kind = CareKind(text)
    if kind is CareKind.CAMPAIGN:
        raise ValueError(text)
    return kind


def _has_a_window(item: CareItem) -> bool:
    in_order = are_in_order(item.from_, item.due, item.overdue or item.due, item.until)
    return in_order and not are_in_order(item.until, item.due)


def _after(entry: Entry, above: Mapping[str, CareItem]) -> After:
    fields = entry.fields("item minimum")
    first = fields["item"].read(lambda text: above[text].key, "an item that stands above")
    return After(item=first, minimum=_age(fields["minimum"]))


def _sign_off(entry: Entry) -> SignOff | None:
    if entry.is_null():
        return None
    fields = entry.fields("by on")
    return SignOff(by=fields["by"].text(), on=_day(fields["on"]))


def _age(entry: Entry) -> Age:
    return entry.read(Age.parse, "a duration like '6 weeks' or '18 months - 4 days'")


def _day(entry: Entry) -> date:
    return entry.read(date.fromisoformat, "a date like 2026-07-01")


def _truth(entry: Entry) -> bool:
    return entry.read(lambda text: {"true": True, "false": False}[text], "true or false")

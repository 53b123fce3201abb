"""Contact that ended, as health workers and staff see it: since when, never why; and who calls families."""

from bot.drawing.buttons import button, column, said
from domain.area import Facility
from domain.loss import LossOf
from domain.message import Choice, OutgoingMessage, Text, Value
from services.family.begin_again import EndedList
from services.ports.endings import Ended
from services.staff.name_contact import Contacts

SHORT = {LossOf.MOTHER: Text("choice.role.mother"), LossOf.PREGNANCY: Text("common.awaited_child")}


def draw_ended_list(ended: EndedList) -> OutgoingMessage:
    """Everybody about whom contact ended, a button each."""
    if not ended.entries:
        return OutgoingMessage(Text("ended.none"))
    entries = [
        button("ended.entry", "ended_one", one.subject.kind, one.subject.number, who=_who(one), since=one.since)
        for one in ended.entries
    ]
    more = [] if ended.next_from is None else [button("ended.choice.more", "ended", ended.next_from)]
    return OutgoingMessage(Text("ended.list"), column((*entries, *more)), names_child=True)


def draw_ended(ended: Ended, facility: Facility) -> OutgoingMessage:
    """One entry."""
    values: dict[str, Value] = {"who": _who(ended), "facility": facility.name, "since": ended.since}
    subject = ended.subject
    again = button("ended.choice.begin_again", "begin_again", subject.kind, subject.number)
    page = button("families.choice.whole_family", "family_page", ended.family)
    return OutgoingMessage(Text("ended.one", values), column((again, page, _to_list())), names_child=True)


def draw_ask_again(ended: Ended) -> OutgoingMessage:
    """Shall it begin again?"""
    subject = ended.subject
    yes = button("ended.choice.yes", "begin_again_yes", subject.kind, subject.number)
    return OutgoingMessage(Text("ended.ask", {"who": _who(ended)}), column((yes, _to_list())), names_child=True)


def draw_begun() -> OutgoingMessage:
    """It goes on."""
    return OutgoingMessage(Text("ended.begun"), column((_to_list(),)))


def draw_contacts(contacts: Contacts, *, kept: bool = False) -> OutgoingMessage:
    """Who calls families now, and who may."""
    name: Value = contacts.named.name if contacts.named else Text("contact.nobody_named")
    values: dict[str, Value] = {"facility": contacts.facility.name, "name": name}
    if kept:
        return OutgoingMessage(Text("contact.kept", values))
    if not contacts.workers:
        return OutgoingMessage(Text("contact.no_workers", values))
    place = contacts.facility.id
    choices = [Choice(said(one.name), f"v1:name_contact:{place}:{one.id}") for one in contacts.workers]
    return OutgoingMessage(Text("contact.whom", values), column(choices))


def _to_list() -> Choice:
    return button("ended.choice.list", "ended")


def _who(ended: Ended) -> Value:
    short = SHORT.get(ended.subject.kind)
    if short is not None and ended.family_names:
        return Text("loss.who", {"role": short, "children": ended.family_names})
    return short or ended.name or Text("common.unnamed_child")

"""A volunteer's list: whom to help and how, never why."""

from bot.drawing.buttons import button
from bot.drawing.invites import children_of
from domain.message import OutgoingMessage, Text
from services.enrolment.list_families import FamilyList
from services.ports.families import CaregiverOnList

LONGEST_LIST = 30


def draw_list(families: FamilyList) -> OutgoingMessage:
    """Everybody who needs her, a button each."""
    if not families.not_joined and not families.unreachable:
        return OutgoingMessage(Text("families.nobody"))
    entries = [
        *(("families.not_joined", entry) for entry in families.not_joined),
        *(("families.unreachable", entry) for entry in families.unreachable),
    ]
    choices = tuple(
        (button(f"{key}.entry", "family", entry.caregiver.id, **_named(entry)),)
        for key, entry in entries[:LONGEST_LIST]
    )
    values = {"not_joined": len(families.not_joined), "unreachable": len(families.unreachable)}
    return OutgoingMessage(Text("families.list", values), choices)


def draw_entry(entry: CaregiverOnList) -> OutgoingMessage:
    """One family: what can be done now."""
    caregiver = entry.caregiver
    key = "families.detail_joined" if caregiver.joined_at else "families.detail_waiting"
    phone = caregiver.phone or Text("choice.not_given")
    values = {**_named(entry), "phone": phone, "enrolled_on": entry.enrolled_on}
    choices = (
        (button("choice.new_link", "renew", caregiver.id),),
        (button("choice.confirm_number", "confirm", caregiver.id),),
        (button("families.choice.whole_family", "family_page", caregiver.family),),
    )
    return OutgoingMessage(Text(key, values), choices)


def _named(entry: CaregiverOnList) -> dict[str, Text]:
    who = Text(
        "families.who",
        {
            "role": Text(f"choice.role.{entry.caregiver.role}"),
            "children": children_of(entry.child_names),
            "since": entry.enrolled_on,
        },
    )
    return {"who": who}

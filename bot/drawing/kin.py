"""A caregiver's family: who else cares, an invite for one more, and another telephone for somebody."""

from bot.drawing.buttons import Row, button
from bot.drawing.invites import children_of, code_of, link_of
from domain.identifiers import CaregiverId
from domain.message import OutgoingMessage, QrPicture, Text, Value
from domain.people import Caregiver
from domain.reader import Role
from services.family.invite_kin import KinInvited
from services.family.show_kin import Kin


def draw_kin(kin: Kin) -> OutgoingMessage:
    """Everybody who cares for the children; one can be invited, and each can get a new telephone."""
    values: dict[str, Value] = {
        "children": children_of(kin.children),
        "members": tuple(_member(one, kin.own) for one in kin.members),
    }
    phones = [_phone(one) for one in kin.members if one.joined_at and (kin.may_invite or one.id == kin.own.id)]
    invite = ((button("kin.choice.invite", "kin_invite", kin.own.family),),) if kin.may_invite else ()
    return OutgoingMessage(Text("kin.overview", values), (*invite, *phones), names_child=True)


def _member(member: Caregiver, own: Caregiver) -> Text:
    state = "own" if member.id == own.id else "joined" if member.joined_at else "waiting"
    return Text(f"kin.member.{state}", {"role": Text(f"choice.role.{member.role}")})


def _phone(member: Caregiver) -> Row:
    return (button("kin.choice.phone", "kin_phone", member.id, role=Text(f"choice.role.{member.role}")),)


def draw_kin_invite(invited: KinInvited, *, username: str) -> tuple[OutgoingMessage, OutgoingMessage]:
    """What is shown to, or passed on to, the one who is invited: link and code, and the picture to scan."""
    link = link_of(username, invited.invite.token)
    values: dict[str, Value] = {
        "role": Text(f"choice.role.{invited.role}"),
        "link": link,
        "code": code_of(invited.invite),
        "username": username,
    }
    caption = OutgoingMessage(Text("kin.picture", {"role": values["role"]}), picture=QrPicture(link))
    return OutgoingMessage(Text("kin.link", values)), caption


def draw_removal_choice(members: tuple[tuple[CaregiverId, Role], ...]) -> OutgoingMessage:
    """Whom the worker is asked to remove."""
    choices = tuple(
        (button("kin.choice.remove", "remove", caregiver, "ask", role=Text(f"choice.role.{role}")),)
        for caregiver, role in members
    )
    return OutgoingMessage(Text("kin.remove.whom"), choices)


def draw_removal_question(caregiver: Caregiver) -> OutgoingMessage:
    """What happens, and what does not, before it is done."""
    role = Text(f"choice.role.{caregiver.role}")
    choices = (
        (button("kin.choice.remove_now", "remove", caregiver.id, "now"),),
        (button("kin.choice.keep", "family_page", caregiver.family),),
    )
    return OutgoingMessage(Text("kin.remove.ask", {"role": role}), choices)


def draw_removed(caregiver: Caregiver) -> OutgoingMessage:
    """It is done."""
    back = (button("families.choice.whole_family", "family_page", caregiver.family),)
    return OutgoingMessage(Text("kin.remove.done", {"role": Text(f"choice.role.{caregiver.role}")}), (back,))


def draw_other_chats(caregiver: CaregiverId) -> OutgoingMessage:
    """Does the other telephone still belong to her?"""
    choices = (
        (button("relink.choice.only_here", "relink", caregiver, "only"),),
        (button("relink.choice.both", "relink", caregiver, "both"),),
    )
    return OutgoingMessage(Text("relink.ask"), choices)

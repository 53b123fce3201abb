"""Invites: the QR to scan, the link to send, the code to type."""

from bot.drawing.buttons import button
from domain.identifiers import CaregiverId
from domain.message import OutgoingMessage, QrPicture, Text, Value
from services.enrolment.make_invite import FreshInvite

NO_BREAK = "\u00a0"  # the two halves of a code stay on one line


def link_of(username: str, token: str) -> str:
    """The link that opens the bot with a token."""
    return f"https://t.me/{username}?start={token}"


def code_of(invite: FreshInvite) -> str:
    """The code of an invite as people read it out."""
    code = invite.code or ""
    return f"{code[:3]}{NO_BREAK}{code[3:]}"


def draw_caregiver_invite(
    invite: FreshInvite,
    children: tuple[str, ...],
    *,
    username: str,
    caregiver: CaregiverId,
    renewed: bool = False,
) -> tuple[OutgoingMessage, OutgoingMessage]:
    """What a volunteer shows to the family: link and code, and under them the picture to scan."""
    link = link_of(username, invite.token)
    values: dict[str, Value] = {
        "children": children_of(children),
        "link": link,
        "code": code_of(invite),
        "username": username,
    }
    had = ((button("doses_had.choice.begin", "doses_had_new", caregiver),),) if children and not renewed else ()
    choices = (
        (button("choice.confirm_number", "confirm", caregiver),),
        *had,
        (button("choice.enrol_another", "enrol"),),
    )
    words, caption = ("enrol.link_renewed", "enrol.renewed") if renewed else ("enrol.link", "enrol.done")
    picture = Text(caption, {"children": values["children"]})
    return (
        OutgoingMessage(Text(words, values)),
        OutgoingMessage(picture, choices, picture=QrPicture(link)),
    )


def draw_actor_invite(invite: FreshInvite, name: str, *, username: str) -> OutgoingMessage:
    """What staff send to a colleague."""
    link = link_of(username, invite.token)
    return OutgoingMessage(Text("invite.done", {"name": name, "link": link}), picture=QrPicture(link))


def children_of(names: tuple[str, ...]) -> Value:
    """Children by name; the unnamed and the awaited as people say it."""
    if not names:
        return Text("common.awaited_child")
    named: tuple[Value, ...] = tuple(name for name in names if name)
    if len(names) - len(named) > 1:
        return (*named, Text("common.unnamed_children"))
    return tuple(name or Text("common.unnamed_child") for name in names)

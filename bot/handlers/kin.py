"""A family's own people: who they are, an invite, another telephone; and somebody removed with a worker's help."""

from bot.drawing.forms import draw_form
from bot.drawing.kin import (
    draw_kin,
    draw_kin_invite,
    draw_removal_choice,
    draw_removal_question,
    draw_removed,
)
from bot.drawing.menus import main_menu
from bot.handlers.whose import only_caregivers, whom
from bot.talk import Said, Talk, say
from domain.identifiers import CaregiverId, FamilyId
from domain.message import OutgoingMessage, Text
from services.access import Permission, Refused, access_caregiver, access_family
from services.enrolment.show_family import show_family
from services.family.invite_kin import FamilyIsFull, begin_inviting_kin, invite_kin, invite_to_new_phone
from services.family.relink import leave_other_chats
from services.family.remove_caregiver import remove_caregiver
from services.family.show_kin import show_kin


async def my_family(talk: Talk) -> Said:
    """Who cares for the children besides me."""
    only_caregivers(talk)
    seen = await show_kin(talk.turn)
    messages = [draw_kin(kin) for kin in seen]
    headers = [await whom(talk, kin.own) for kin in seen]
    return say(*[_for(message, header) for message, header in zip(messages, headers, strict=True)])


async def ask_whom_to_invite(talk: Talk) -> Said:
    """Another caregiver: what is she to the children, which language does she read?"""
    return say(draw_form(await begin_inviting_kin(talk.turn, FamilyId(_number(talk)))))


async def finish_inviting(talk: Talk) -> Said:
    """Link, code and picture for the one who is invited."""
    try:
        invited = await invite_kin(talk.turn)
    except FamilyIsFull:
        return say(main_menu(talk.turn.speaker, Text("kin.full")))
    if invited is None:
        return say(main_menu(talk.turn.speaker, Text("form.gone")))
    return say(*draw_kin_invite(invited, username=talk.username))


async def new_phone(talk: Talk) -> Said:
    """Somebody of the family has another telephone or account."""
    invited = await invite_to_new_phone(talk.turn, CaregiverId(_number(talk)))
    return say(*draw_kin_invite(invited, username=talk.username))


async def relink(talk: Talk) -> Said:
    """Whether the other telephone is still hers."""
    caregiver = CaregiverId(_number(talk))
    if talk.heard.tap is not None and talk.heard.tap.word(1) == "only":
        await leave_other_chats(talk.turn, caregiver)
        return say(OutgoingMessage(Text("relink.only_here")))
    return say(OutgoingMessage(Text("relink.both")))


async def ask_whom_to_remove(talk: Talk) -> Said:
    """A worker is asked for help: who shall get nothing more?"""
    page = await show_family(talk.turn, FamilyId(_number(talk)))
    await access_family(talk.turn.uow, talk.turn.speaker, page.family, Permission.ENROL)
    return say(draw_removal_choice(tuple((one.caregiver.id, one.caregiver.role) for one in page.members)))


async def remove(talk: Talk) -> Said:
    """Asked once more, then at once."""
    caregiver = CaregiverId(_number(talk))
    if talk.heard.tap is not None and talk.heard.tap.word(1) == "now":
        return say(draw_removed(await remove_caregiver(talk.turn, caregiver)))
    _actor, found = await access_caregiver(talk.turn.uow, talk.turn.speaker, caregiver, Permission.ENROL)
    return say(draw_removal_question(found))


def _for(message: OutgoingMessage, header: Text | None) -> OutgoingMessage:
    return OutgoingMessage(message.body, message.choices, names_child=message.names_child, whom=header)


def _number(talk: Talk) -> int:
    if talk.heard.tap is None:
        raise Refused("kin")
    return talk.heard.tap.number(0)

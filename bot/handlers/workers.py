"""What volunteers, health workers and staff tap: enrolment, their lists, invites."""

from bot.drawing.family_page import draw_family_page
from bot.drawing.forms import draw_form
from bot.drawing.invites import draw_caregiver_invite
from bot.handlers.forms import begin
from bot.talk import Said, Talk, say
from domain.forms.confirming import CONFIRMING
from domain.forms.enrolment import ENROLMENT
from domain.forms.inviting import INVITING
from domain.identifiers import CaregiverId, FamilyId
from services.access import Permission, Refused, access_caregiver
from services.enrolment.list_families import show_on_list
from services.enrolment.make_invite import renew_invite
from services.enrolment.show_family import show_family
from services.forms.answer_form import begin_form


async def enrol(talk: Talk) -> Said:
    """Enrol a family."""
    return await begin(talk, ENROLMENT)


async def invite(talk: Talk) -> Said:
    """Invite a colleague."""
    return await begin(talk, INVITING)


async def family_page(talk: Talk) -> Said:
    """Everybody of a family, and all that can be done."""
    if talk.heard.tap is None:
        raise Refused("family")
    return say(draw_family_page(await show_family(talk.turn, FamilyId(talk.heard.tap.number(0)))))


async def renew(talk: Talk) -> Said:
    """A new link, QR and code; the older ones are worth nothing now."""
    caregiver = _caregiver(talk)
    fresh = await renew_invite(talk.turn, caregiver)
    entry = await show_on_list(talk.turn, caregiver)
    return say(
        *draw_caregiver_invite(fresh, entry.child_names, username=talk.username, caregiver=caregiver, renewed=True)
    )


async def confirm(talk: Talk) -> Said:
    """Let a chat in by the number on its screen."""
    caregiver = _caregiver(talk)
    await access_caregiver(talk.turn.uow, talk.turn.speaker, caregiver, Permission.ENROL)
    return say(draw_form(await begin_form(talk.turn, CONFIRMING, about=int(caregiver))))


def _caregiver(talk: Talk) -> CaregiverId:
    if talk.heard.tap is None:
        raise Refused("caregiver")
    return CaregiverId(talk.heard.tap.number(0))

"""What volunteers, health workers and staff tap: enrolment, their lists, a session, invites."""

from bot.drawing.family_page import draw_family_page
from bot.drawing.forms import draw_form
from bot.drawing.invites import draw_caregiver_invite
from bot.drawing.visits import draw_recorded, draw_session, draw_taken_back
from bot.handlers.forms import begin
from bot.talk import Said, Talk, say
from domain.forms.confirming import CONFIRMING
from domain.forms.enrolment import ENROLMENT
from domain.forms.inviting import INVITING
from domain.identifiers import CaregiverId, ChildId, FacilityId, FamilyId
from services.access import Permission, Refused, access_actor, access_caregiver, access_facilities
from services.enrolment.list_families import show_on_list
from services.enrolment.make_invite import renew_invite
from services.enrolment.show_family import show_family
from services.forms.answer_form import begin_form
from services.visits.list_session import list_session
from services.visits.record_visit import record_visit, take_back_visit


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


async def session(talk: Talk) -> Said:
    """Who is expected, at the facility named or at her own ones."""
    actor = access_actor(talk.turn.speaker, Permission.RECORD_VISITS)
    if talk.heard.tap is not None and talk.heard.tap.arguments:
        return say(draw_session(await list_session(talk.turn, FacilityId(talk.heard.tap.number(0)))))
    facilities = await access_facilities(talk.turn.uow, actor)
    return say(*[draw_session(await list_session(talk.turn, facility.id)) for facility in facilities])


async def record(talk: Talk) -> Said:
    """One tap: what was due is on record. A button of another day shows the list of today instead."""
    if talk.heard.tap is None:
        raise Refused("record")
    on = talk.heard.tap.day(1)
    recorded = await record_visit(talk.turn, _child(talk), on)
    if recorded.on != on:
        return say(draw_session(await list_session(talk.turn, recorded.facility.id)))
    return say(draw_recorded(recorded))


async def take_back(talk: Talk) -> Said:
    """It was the wrong child."""
    if talk.heard.tap is None:
        raise Refused("take_back")
    return say(draw_taken_back(await take_back_visit(talk.turn, _child(talk), talk.heard.tap.day(1))))


def _caregiver(talk: Talk) -> CaregiverId:
    if talk.heard.tap is None:
        raise Refused("caregiver")
    return CaregiverId(talk.heard.tap.number(0))


def _child(talk: Talk) -> ChildId:
    if talk.heard.tap is None:
        raise Refused("child")
    return ChildId(talk.heard.tap.number(0))

"""/start: a stranger's menu, an invite by its link, or a familiar face."""

from bot.drawing.forms import draw_form
from bot.drawing.menus import main_menu, public_choices
from bot.handlers.forms import resume_or_menu
from bot.talk import Said, Talk, refreshed, say
from domain.invite import InviteState
from domain.message import OutgoingMessage, Text
from services.enrolment.claim_invite import (
    ActorClaimed,
    AskVolunteer,
    CaregiverClaimed,
    Claim,
    NotClaimed,
    claim_code,
    claim_link,
)
from services.enrolment.join import begin_joining


async def start(talk: Talk) -> Said:
    """With a token: claim it. Without: the menu that fits."""
    token = talk.heard.words.strip()
    if token:
        return await _claimed(talk, await claim_link(talk.turn, token))
    if talk.turn.speaker.is_stranger:
        return say(OutgoingMessage(Text("public.hello"), public_choices()))
    return await resume_or_menu(talk, Text("menu.hello"))


async def type_code(talk: Talk) -> Said:
    """Six digits: a code for a phone that cannot scan."""
    return await _claimed(talk, await claim_code(talk.turn, talk.heard.words))


async def _claimed(talk: Talk, claim: Claim) -> Said:
    match claim:
        case CaregiverClaimed(caregiver):
            asking = await begin_joining(talk.turn, caregiver)
            return say(OutgoingMessage(Text("join.hello")), draw_form(asking))
        case ActorClaimed(place):
            fresh = await refreshed(talk)
            return say(main_menu(fresh.turn.speaker, Text(f"actor.welcome.{place.role}", {"name": place.name})))
        case AskVolunteer(number):
            return say(OutgoingMessage(Text("claim.ask_volunteer", {"number": number})))
        case NotClaimed():
            return await _not_claimed(talk, claim)


async def _not_claimed(talk: Talk, claim: NotClaimed) -> Said:
    if claim.hers:
        return await resume_or_menu(talk, Text("claim.already_yours"))
    if claim.tries_left is not None:
        key = "claim.code_expired" if claim.state is InviteState.EXPIRED else "claim.code_wrong"
        return say(OutgoingMessage(Text(key, {"tries_left": claim.tries_left})))
    return say(main_menu(talk.turn.speaker, Text(f"claim.link_{claim.state}")))

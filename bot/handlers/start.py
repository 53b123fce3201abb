"""/start: a stranger's menu, an invite by its link, or a familiar face."""

from dataclasses import replace

from bot.drawing.kin import draw_other_chats
from bot.drawing.menus import main_menu, public_choices
from bot.drawing.stopping import draw_digest
from bot.handlers.applications import go_on_applying, scan
from bot.handlers.forms import drawn_question, resume_or_menu
from bot.handlers.loss import was_ended_here
from bot.handlers.privacy import show_wishes
from bot.handlers.whose import whom
from bot.talk import Said, Talk, refreshed, say
from domain.identifiers import CaregiverId
from domain.invite import InviteState, looks_like_paper_code
from domain.message import OutgoingMessage, Text
from services.access import access_own
from services.enrolment.claim_invite import (
    ActorClaimed,
    AskVolunteer,
    CaregiverBack,
    CaregiverClaimed,
    Claim,
    NotClaimed,
    claim_code,
    claim_link,
)
from services.enrolment.join import begin_joining
from services.family.welcome import what_matters_now


async def start(talk: Talk) -> Said:
    """With a token: claim it. Without: the menu that fits."""
    token = talk.heard.words.strip()
    if token:
        return await scan(talk, token) or await _claimed(talk, await claim_link(talk.turn, token))
    if talk.turn.speaker.is_stranger:
        hello = "loss.by_mistake" if await was_ended_here(talk) else "public.hello"
        return await go_on_applying(talk) or say(OutgoingMessage(Text(hello), public_choices()))
    greeted = await resume_or_menu(talk, Text("menu.hello"))
    return replace(greeted, messages=(*greeted.messages, *await show_wishes(talk)))


async def type_code(talk: Talk) -> Said:
    """Six digits: a code for a phone that cannot scan."""
    return await _claimed(talk, await claim_code(talk.turn, talk.heard.words))


async def _claimed(talk: Talk, claim: Claim) -> Said:
    match claim:
        case CaregiverClaimed(caregiver):
            asking = await begin_joining(talk.turn, caregiver)
            return say(OutgoingMessage(Text("join.hello")), await drawn_question(await refreshed(talk), asking))
        case CaregiverBack(caregiver, elsewhere):
            return await _back_in_another_chat(await refreshed(talk), caregiver, elsewhere=elsewhere)
        case ActorClaimed(place):
            fresh = await refreshed(talk)
            return say(main_menu(fresh.turn.speaker, Text(f"actor.welcome.{place.role}", {"name": place.name})))
        case AskVolunteer(number):
            return say(OutgoingMessage(Text("claim.ask_volunteer", {"number": number})))
        case NotClaimed():
            return await _not_claimed(talk, claim)


async def _back_in_another_chat(talk: Talk, caregiver: CaregiverId, *, elsewhere: bool) -> Said:
    digest = await what_matters_now(talk.turn, access_own(talk.turn.speaker, caregiver))
    about = (caregiver, tuple(child.id for child in digest.tip_for))
    hello = main_menu(talk.turn.speaker, Text("relink.hello"))
    question = (draw_other_chats(caregiver),) if elsewhere else ()
    return Said((hello, draw_digest(digest, await whom(talk, digest.caregiver)), *question), about=about)


async def _not_claimed(talk: Talk, claim: NotClaimed) -> Said:
    if claim.hers:
        return await resume_or_menu(talk, Text("claim.already_yours"))
    if claim.tries_left is not None:
        kind = "paper_code" if looks_like_paper_code(talk.heard.words) else "code"
        key = f"claim.{kind}_expired" if claim.state is InviteState.EXPIRED else f"claim.{kind}_wrong"
        return say(OutgoingMessage(Text(key, {"tries_left": claim.tries_left})))
    return say(main_menu(talk.turn.speaker, Text(f"claim.link_{claim.state}")))

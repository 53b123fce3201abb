"""Those who work for the programme tell of a loss, begin contact again, and name who calls families."""

from bot.drawing.buttons import column
from bot.drawing.ended import draw_ask_again, draw_begun, draw_contacts, draw_ended, draw_ended_list
from bot.drawing.loss import Telling, draw_confirm, draw_whom
from bot.handlers.loss import subject_of
from bot.payloads import Payload
from bot.talk import Said, Talk, say
from domain.identifiers import ActorId, FacilityId, FamilyId
from domain.message import OutgoingMessage, Text
from services.access import Refused
from services.family.begin_again import begin_again, list_ended, show_ended
from services.family.find_subjects import actor_tells, find_subjects, may_be_told
from services.family.tell_loss import tell_loss
from services.staff.name_contact import name_contact, show_contacts


async def family_loss(talk: Talk) -> Said:
    """Whom it is about."""
    family = FamilyId(_tap(talk).number(0))
    offered = await find_subjects(talk.turn, await actor_tells(talk.turn, family))
    if not offered:
        return say(_done(family, "family_loss.nothing"))
    return say(draw_whom(offered, Telling(family, works_here=True)))


async def family_loss_of(talk: Talk) -> Said:
    """Is it so?"""
    tap = _tap(talk)
    family, subject = FamilyId(tap.number(0)), subject_of(tap, 1)
    teller = await actor_tells(talk.turn, family)
    if not await may_be_told(talk.turn, teller, subject):
        return say(_done(family))
    offered = await find_subjects(talk.turn, teller)
    return say(draw_confirm(offered, subject, Telling(family, works_here=True)))


async def family_loss_yes(talk: Talk) -> Said:
    """Everything stops; the family is told nothing."""
    tap = _tap(talk)
    family = FamilyId(tap.number(0))
    await tell_loss(talk.turn, await actor_tells(talk.turn, family), subject_of(tap, 1))
    return say(_done(family))


async def ended(talk: Talk) -> Said:
    """About whom contact has ended."""
    tap = talk.heard.tap
    return say(draw_ended_list(await list_ended(talk.turn, tap.number(0) if tap and tap.arguments else 0)))


async def ended_one(talk: Talk) -> Said:
    """One of them."""
    shown = await show_ended(talk.turn, subject_of(_tap(talk), 0))
    return say(draw_begun() if shown is None else draw_ended(*shown))


async def ask_to_begin_again(talk: Talk) -> Said:
    """Was it a mistake?"""
    shown = await show_ended(talk.turn, subject_of(_tap(talk), 0))
    return say(draw_begun() if shown is None else draw_ask_again(shown[0]))


async def begin_anew(talk: Talk) -> Said:
    """It was: contact goes on from today."""
    await begin_again(talk.turn, subject_of(_tap(talk), 0))
    return say(draw_begun())


async def contact_person(talk: Talk) -> Said:
    """Who calls the families of this one's facility."""
    return say(draw_contacts(await show_contacts(talk.turn, FamilyId(_tap(talk).number(0)))))


async def keep_contact(talk: Talk) -> Said:
    """From now on it is this one."""
    tap = _tap(talk)
    named = await name_contact(talk.turn, FacilityId(tap.number(0)), ActorId(tap.number(1)))
    return say(draw_contacts(named, kept=True))


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused("family")
    return talk.heard.tap


def _done(family: FamilyId, key: str = "family_loss.done") -> OutgoingMessage:
    return OutgoingMessage(Text(key), column((Telling(family, works_here=True).go_back,)))

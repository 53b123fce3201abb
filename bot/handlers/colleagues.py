"""Staff see their colleagues and let somebody go; families are handed over, all of them or one."""

from bot.drawing.colleagues import (
    draw_asked,
    draw_colleague,
    draw_colleagues,
    draw_followers,
    draw_handed_over,
    draw_left,
    draw_one_handed_over,
)
from bot.payloads import Payload
from bot.talk import Said, Talk, say
from domain.identifiers import ActorId, FamilyId
from services.access import Permission, Refused, access_actor
from services.staff.hand_over import hand_over_all, hand_over_family, show_hand_over, show_leaver
from services.staff.list_colleagues import list_colleagues, show_colleague
from services.staff.revoke_actor import find_leaver, revoke_actor


async def colleagues(talk: Talk) -> Said:
    """Who works here."""
    page = talk.heard.tap.number(0) if talk.heard.tap and talk.heard.tap.arguments else 0
    return say(draw_colleagues(await list_colleagues(talk.turn), page))


async def colleague(talk: Talk) -> Said:
    """One of them; of one who left, what still waits."""
    me = access_actor(talk.turn.speaker, Permission.SEE_COLLEAGUES)
    found = await show_colleague(talk.turn, _actor(talk))
    if found.has_left:
        return say(draw_left(await show_leaver(talk.turn, found.actor.id)))
    return say(draw_colleague(found, is_me=found.actor.id == me.id))


async def ask_to_revoke(talk: Talk) -> Said:
    """Is it so?"""
    found = await find_leaver(talk.turn, _actor(talk))
    if found.has_left:
        return say(draw_left(await show_leaver(talk.turn, found.actor.id)))
    return say(draw_asked(found))


async def revoke(talk: Talk) -> Said:
    """She works here no longer; whom does what she leaves go to?"""
    left = await revoke_actor(talk.turn, _actor(talk))
    return say(draw_left(await show_leaver(talk.turn, left.actor.id)))


async def hand_all(talk: Talk) -> Said:
    """All of hers go to this one."""
    return say(draw_handed_over(await hand_over_all(talk.turn, _actor(talk), ActorId(_tap(talk).number(1)))))


async def family_hand_over(talk: Talk) -> Said:
    """Whom one family could go to."""
    return say(draw_followers(await show_hand_over(talk.turn, FamilyId(_tap(talk).number(0)))))


async def hand_one(talk: Talk) -> Said:
    """It goes to this one."""
    family = FamilyId(_tap(talk).number(0))
    name = await hand_over_family(talk.turn, family, ActorId(_tap(talk).number(1)))
    return say(draw_one_handed_over(family, name))


def _actor(talk: Talk) -> ActorId:
    return ActorId(_tap(talk).number(0))


def _tap(talk: Talk) -> Payload:
    if talk.heard.tap is None:
        raise Refused("colleagues")
    return talk.heard.tap

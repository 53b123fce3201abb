"""Somebody works here no longer: from this moment her keys and buttons are worth nothing.

Nobody revokes herself, so at least one member of staff always stays.
"""

from domain.identifiers import ActorId
from domain.sending.outbox import Reason
from services.access import Permission, Refused, access_actor
from services.staff.list_colleagues import Colleague, show_colleague
from services.turn import Turn


async def find_leaver(turn: Turn, actor: ActorId) -> Colleague:
    """One whom the speaker may revoke, or has revoked already."""
    by = access_actor(turn.speaker, Permission.SEE_COLLEAGUES)
    if by.id == actor:
        raise Refused("revoke_actor", f"actor:{actor}")
    return await show_colleague(turn, actor)


async def revoke_actor(turn: Turn, actor: ActorId) -> Colleague:
    """Revoke at once; a second time changes nothing. Gives what she leaves behind."""
    leaver = await find_leaver(turn, actor)
    by = access_actor(turn.speaker, Permission.SEE_COLLEAGUES)
    uow, now = turn.uow, turn.moment.now
    if leaver.has_left:
        return leaver
    if not await uow.absences.revoke(actor, by=by.id, at=now):
        raise Refused("revoke_actor", f"actor:{actor}")
    for chat in await uow.absences.chats_of_leaver(actor):
        await uow.moves.set_drafts_aside(chat)
        if not await uow.families.caregivers_at(chat):
            await uow.outbox.close_replies(chat, Reason.CONTACT_ENDED)
    await uow.programme.audit("revoke_actor", at=now, actor=by.id, subject=f"actor:{actor}")
    return await show_colleague(turn, actor)

"""Make an invite: one link and, for a caregiver, one code. The newest takes the place of those before it."""

from dataclasses import dataclass
from datetime import datetime

from domain.identifiers import ActorId, CaregiverId
from domain.invite import CODE_LIFE, LINK_LIFE, ActorPlace
from domain.moment import Moment
from services.access import Permission, access_actor, access_caregiver
from services.enrolment.codes import lives_under_another_key
from services.enrolment.tokens import hash_code, hash_token, new_code, new_token
from services.ports import UnitOfWork
from services.ports.invites import NewInvite
from services.turn import Turn


@dataclass(frozen=True)
class FreshInvite:
    """Shown once: the token of the link and, for caregivers, the code with its end."""

    token: str
    code: str | None
    code_expires_at: datetime | None


async def invite_caregiver(
    turn: Turn, caregiver: CaregiverId, *, by: ActorId | None, offered_by: CaregiverId | None = None
) -> FreshInvite:
    """A new link and code for a caregiver, from an actor or one of the family; earlier unused ones are withdrawn."""
    uow, moment = turn.uow, turn.moment
    await uow.invites.withdraw_for(caregiver, moment.now)
    await uow.invites.retire_codes(moment.now)
    while True:
        fresh = FreshInvite(new_token(), new_code(), moment.now + CODE_LIFE)
        invite = NewInvite(
            token_hash=hash_token(fresh.token),
            code_hash=hash_code(fresh.code or "", turn.programme.secret),
            caregiver=caregiver,
            actor_place=None,
            expires_at=moment.now + LINK_LIFE,
            code_expires_at=fresh.code_expires_at,
            offered_by=offered_by,
        )
        if await lives_under_another_key(uow, turn.programme, fresh.code or ""):
            continue
        if await uow.invites.add(invite, by=by, at=moment.now) is not None:
            return fresh


async def renew_invite(turn: Turn, caregiver: CaregiverId) -> FreshInvite:
    """A volunteer makes a new link for a family on her list."""
    actor, found = await access_caregiver(turn.uow, turn.speaker, caregiver, Permission.ENROL)
    return await invite_caregiver(turn, found.id, by=actor.id)


async def invite_actor(turn: Turn, place: ActorPlace) -> FreshInvite:
    """Staff invite a colleague, a volunteer or a health worker."""
    actor = access_actor(turn.speaker, Permission.INVITE_ACTORS)
    return await add_actor_invite(turn.uow, place, by=actor.id, moment=turn.moment)


async def add_actor_invite(uow: UnitOfWork, place: ActorPlace, *, by: ActorId | None, moment: Moment) -> FreshInvite:
    """An invite to a place in the programme; from the command line nobody stands behind it (`by` is None)."""
    fresh = FreshInvite(new_token(), None, None)
    invite = NewInvite(
        token_hash=hash_token(fresh.token),
        code_hash=None,
        caregiver=None,
        actor_place=place,
        expires_at=moment.now + LINK_LIFE,
        code_expires_at=None,
    )
    await uow.invites.add(invite, by=by, at=moment.now)
    await uow.programme.audit("invite_actor", at=moment.now, actor=by, details={"role": place.role})
    return fresh

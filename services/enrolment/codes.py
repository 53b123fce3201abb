"""Codes under the programme's key, and under another one while the key is being changed."""

from datetime import datetime

from domain.invite import Invite, InviteState, state_of_code
from services.enrolment.tokens import hash_code
from services.ports import UnitOfWork
from services.programme import Programme


async def invite_of(uow: UnitOfWork, programme: Programme, code: str, now: datetime) -> Invite | None:
    """The invite that may be claimed by this code; a used or old one, under whichever key, only says why not."""
    found = [await uow.invites.by_code(hash_code(code, key)) for key in (programme.secret, *programme.other_secrets)]
    known = [invite for invite in found if invite is not None]
    is_open = (one for one in known if state_of_code(one, now) is InviteState.OPEN)
    return next(is_open, known[0] if known else None)


async def lives_under_another_key(uow: UnitOfWork, programme: Programme, code: str) -> bool:
    """Whether somebody holds these digits already. Under one key the database refuses them a second time."""
    found = [await uow.invites.by_code(hash_code(code, key)) for key in programme.other_secrets]
    return any(one is not None and one.claimed_at is None and one.withdrawn_at is None for one in found)

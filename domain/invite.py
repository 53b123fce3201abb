"""Invites: single-use, expiring, unguessable; and the six-digit codes for phones that cannot scan."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.identifiers import ActorId, CaregiverId, CommuneId, FacilityId, InviteId
from domain.people import ActorRole

LINK_LIFE = timedelta(days=30)
CODE_LIFE = timedelta(hours=24)
CODE_TRIES = 5
CODE_DIGITS = 6


class InviteState(StrEnum):
    """What a token is worth now."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ActorPlace:
    """Who an invited actor will be, and where: volunteers in communes, health workers in a facility, staff nowhere."""

    name: str
    role: ActorRole
    communes: tuple[CommuneId, ...] = ()
    facility: FacilityId | None = None


@dataclass(frozen=True)
class Invite:
    """An invite to one caregiver's chat, or to a place as an actor."""

    id: InviteId
    caregiver: CaregiverId | None
    actor_place: ActorPlace | None
    created_by: ActorId | None
    expires_at: datetime
    code_expires_at: datetime | None
    claimed_at: datetime | None
    withdrawn_at: datetime | None


def state_of_link(invite: Invite | None, now: datetime) -> InviteState:
    """What a link is worth at `now`. A withdrawn one counts as used: a newer link took its place."""
    if invite is None:
        return InviteState.UNKNOWN
    if invite.claimed_at or invite.withdrawn_at:
        return InviteState.USED
    return InviteState.OPEN if now < invite.expires_at else InviteState.EXPIRED


def state_of_code(invite: Invite | None, now: datetime) -> InviteState:
    """What a six-digit code is worth at `now`."""
    state = state_of_link(invite, now)
    if state is not InviteState.OPEN or invite is None or invite.code_expires_at is None:
        return state
    return InviteState.OPEN if now < invite.code_expires_at else InviteState.EXPIRED


def looks_like_code(text: str) -> bool:
    """Whether somebody typed six digits, perhaps with spaces or dashes between them."""
    digits = normalise_code(text)
    return len(digits) == CODE_DIGITS and digits.isascii() and digits.isdigit()


def normalise_code(text: str) -> str:
    """The digits of a code without the spaces and dashes that people put between them."""
    return "".join(letter for letter in text.strip() if letter not in " \u00a0-–.")

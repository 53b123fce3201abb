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
PAPER_CODE_LENGTH = 8
# No vowels, so that no word of a language looks like a code; nothing that is taken for something else on paper.
PAPER_CODE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"


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
    """Whether somebody typed six digits or a code from paper, perhaps with spaces or dashes between them."""
    digits = normalise_code(text)
    return (len(digits) == CODE_DIGITS and digits.isascii() and digits.isdigit()) or looks_like_paper_code(text)


def looks_like_paper_code(text: str) -> bool:
    """Whether somebody typed a code as it is printed: eight letters and figures, at least one of each."""
    code = normalise_code(text)
    mixed = not code.isdigit() and not code.isalpha()
    return len(code) == PAPER_CODE_LENGTH and mixed and all(letter in PAPER_CODE_LETTERS for letter in code)


def normalise_code(text: str) -> str:
    """A code in capitals without the spaces and dashes that people put between its parts."""
    return "".join(letter for letter in text.strip().upper() if letter not in " \u00a0-–.")


def shown_paper_code(code: str) -> str:
    """A code as it is printed: "K7QM-3F9D"."""
    return f"{code[:4]}-{code[4:]}"

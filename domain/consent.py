"""Consent: for what, in which words, how, when, before whom; and what must not happen without it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.identifiers import ActorId, CaregiverId
from domain.reader import Role

TEXT_VERSION = "2026-11"
WORDS_VERSION = "2026-12"
"""Of the words of consent.ask.…, by which a consent is given or taken back later on; TEXT_VERSION is of joining."""


class Purpose(StrEnum):
    """What somebody agrees to, each apart from the others; every department has its own."""

    MESSAGES = "messages"
    FILE = "file"
    SHARE_CHILD_PROTECTION = "share_child_protection"
    SHARE_EDUCATION = "share_education"
    SHARE_CIVIL_AFFAIRS = "share_civil_affairs"
    SHARE_WOMENS_UNION = "share_womens_union"
    VOICE_PICTURES = "voice_pictures"
    EVALUATION = "evaluation"


LEGAL_REPRESENTATIVES = frozenset({Role.MOTHER, Role.FATHER, Role.GUARDIAN, Role.INSTITUTION})
"""Who may consent for a child. Others consent for their own chat only. To be confirmed by counsel (docs/privacy.md)."""

OWN_PURPOSES = frozenset({Purpose.MESSAGES})
"""What everybody decides for her own chat; all else is about the child."""


class ConsentWay(StrEnum):
    """How it was given."""

    TAP = "tap"
    PAPER = "paper"
    SPOKEN = "spoken"


@dataclass(frozen=True)
class Consent:
    """One answer about one purpose; `given` False is a refusal, which is kept as well.

    `witness` is the actor who recorded it from paper or heard it; `withdrawn_at` when it was taken back.
    """

    caregiver: CaregiverId
    purpose: Purpose
    given: bool
    text_version: str
    language: str
    way: ConsentWay
    at: datetime
    witness: ActorId | None = None
    withdrawn_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it was given and not taken back."""
        return self.given and self.withdrawn_at is None


def may_consent(role: Role, purpose: Purpose) -> bool:
    """Whether this role can answer for this purpose at all."""
    return purpose in OWN_PURPOSES or role in LEGAL_REPRESENTATIVES


def stands_for_child(answers: Iterable[tuple[Role, Consent]], purpose: Purpose) -> bool:
    """Whether the child's representatives agree: the latest word of any of them counts, a withdrawal too.

    Words of others about the child count nothing. Rule of this house, to be confirmed by counsel.
    """
    words = [one for role, one in answers if one.purpose is purpose and may_consent(role, purpose)]
    latest = max(words, key=lambda one: one.withdrawn_at or one.at, default=None)
    return latest is not None and latest.stands

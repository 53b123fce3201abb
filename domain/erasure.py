"""A wish to be forgotten: what is hers goes after a time to think, and a receipt proves it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.identifiers import AddressId, CaregiverId, ErasureId

TIME_TO_THINK = timedelta(hours=72)
"""How long she can change her mind; a thief with her phone erases nothing at once. Rule of this house."""

LAST_WORD_LIFE = timedelta(hours=24)
"""How long the last message with the receipt may wait to be sent; then the chat itself is forgotten without it."""

RECEIPT_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that nobody takes for one another on paper."""


@dataclass(frozen=True)
class Erasure:
    """One wish. `last_address`: the chat that is still to get the receipt, once all else is erased."""

    id: ErasureId
    caregiver: CaregiverId
    asked_at: datetime
    due_at: datetime
    receipt: str
    last_address: AddressId | None = None


def receipt_of(letters: str) -> str:
    """Eight letters as they stand on a receipt, like CR-7K3M-92QD."""
    return f"CR-{letters[:4]}-{letters[4:8]}"


def last_word_occasion(erasure: ErasureId) -> str:
    """The occasion of the last message, by which its row is found again."""
    return f"erasure:{erasure}"

"""Printed cards, posters, and families who begin by themselves: numbers, and how long each of them is worth something.

All lives are rules of this house.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.forms.form import Answers
from domain.identifiers import AddressId, ApplicationId, CardId, CaregiverId, FacilityId
from domain.invite import normalise_code

CARD_DIGITS = 8
SCREEN_DIGITS = 4
CARD_LIFE = timedelta(days=3 * 365)
APPLICATION_LIFE = timedelta(days=30)
NUMBER_TRIES = 5
MOST_CARDS = 2000


class CardState(StrEnum):
    """What a card is worth now."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class PrintedCard:
    """A card on paper. `used_at`: somebody's application is bound to it."""

    id: CardId
    facility: FacilityId
    number: str
    printed_at: datetime
    used_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Application:
    """What somebody told of herself from a chat, to be confirmed by a person.

    Without `answers` she is still answering, or they were let go. `settled_at`: confirmed (`caregiver` is she then),
    refused, or given up for another card.
    """

    id: ApplicationId
    address: AddressId
    facility: FacilityId
    card: CardId | None
    number: str
    answers: Answers | None
    made_at: datetime
    expires_at: datetime
    settled_at: datetime | None = None
    caregiver: CaregiverId | None = None

    def waits(self, now: datetime) -> bool:
        """Whether a person can still confirm it."""
        return self.answers is not None and self.settled_at is None and now < self.expires_at


def state_of_card(card: PrintedCard, now: datetime) -> CardState:
    """What a card is worth at `now`, an aware instant."""
    if card.withdrawn_at is not None:
        return CardState.WITHDRAWN
    if card.used_at is not None:
        return CardState.USED
    return CardState.OPEN if now < card.printed_at + CARD_LIFE else CardState.EXPIRED


def looks_like_card(text: str) -> bool:
    """Whether somebody typed the eight digits of a card. A code of an invite has six digits, or letters too."""
    digits = normalise_code(text)
    return len(digits) == CARD_DIGITS and digits.isascii() and digits.isdigit()


def shown_number(number: str) -> str:
    """A number as people read it aloud: "2048 7316", and the short ones as they are."""
    return f"{number[:4]} {number[4:]}" if len(number) == CARD_DIGITS else number


def is_applications_number(digits: str) -> bool:
    """Whether a volunteer can have read it from a card (eight digits) or from a screen (four)."""
    return digits.isascii() and digits.isdigit() and len(digits) in (SCREEN_DIGITS, CARD_DIGITS)

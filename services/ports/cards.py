"""Printed cards, posters, and the applications of those who began by themselves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.cards import Application, PrintedCard
from domain.forms.form import Answers
from domain.identifiers import ActorId, AddressId, ApplicationId, CardId, CaregiverId, CommuneId, FacilityId


@dataclass(frozen=True)
class NewCard:
    """A card to be printed: of its token only the hash is kept."""

    number: str
    token_hash: str


@dataclass(frozen=True)
class NewApplication:
    """A chat that begins by itself, at which facility, and with which card (None: by a poster)."""

    address: AddressId
    facility: FacilityId
    card: CardId | None
    number: str


class CardPort(Protocol):
    """A card's token is on paper only. One application a chat is open."""

    async def add_cards(
        self, facility: FacilityId, batch: str, cards: Collection[NewCard], at: datetime
    ) -> Sequence[str]:
        """Keep them; gives the numbers of those that are new, the others were given out before."""
        ...

    async def withdraw_batch(self, batch: str, at: datetime) -> int:
        """The cards of a batch are worth nothing any more; gives how many."""
        ...

    async def by_token(self, token_hash: str) -> PrintedCard | None: ...

    async def by_number(self, number: str) -> PrintedCard | None: ...

    async def use(self, card: CardId, at: datetime) -> bool:
        """Bind it; False when somebody was faster."""
        ...

    async def free(self, card: CardId) -> None:
        """It can be used again."""
        ...

    async def poster_of(self, facility: FacilityId) -> str | None:
        """The token of a facility's living poster."""
        ...

    async def add_poster(self, facility: FacilityId, token: str, at: datetime) -> None:
        """A new poster in place of those before it."""
        ...

    async def facility_of_poster(self, token: str) -> FacilityId | None:
        """Whose poster it is; None when nobody's, or withdrawn."""
        ...

    async def begin(self, application: NewApplication, *, at: datetime, expires_at: datetime) -> ApplicationId: ...

    async def open_at(self, address: AddressId, now: datetime) -> Application | None:
        """What this chat began and nobody has settled."""
        ...

    async def facility_at(self, address: AddressId) -> FacilityId | None:
        """Where this chat began by itself, until it is settled."""
        ...

    async def application(self, application: ApplicationId) -> Application | None: ...

    async def complete(
        self, application: ApplicationId, answers: Answers, *, number: str, at: datetime, expires_at: datetime
    ) -> None:
        """She answered everything: from now on it waits for a person, under this number."""
        ...

    async def is_number_taken(self, number: str, commune: CommuneId, now: datetime) -> bool:
        """Whether an open application of the commune has this number."""
        ...

    async def by_number_in(
        self, number: str, facilities: Collection[FacilityId], now: datetime
    ) -> Sequence[Application]:
        """What waits under a number at these facilities."""
        ...

    async def settle(
        self, application: ApplicationId, *, at: datetime, by: ActorId | None, caregiver: CaregiverId | None = None
    ) -> bool:
        """It is done with, and its answers are let go; False when somebody was faster."""
        ...

    async def count_waiting(self, facilities: Collection[FacilityId], now: datetime) -> int:
        """How many wait at these facilities for a person."""
        ...

    async def let_go(self, now: datetime) -> int:
        """What nobody confirmed in time goes, with everything that was answered; its cards can be used again."""
        ...

"""What is known of one caregiver, and how it is forgotten: by the registry of personal columns."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from domain.erasure import Erasure
from domain.identifiers import AddressId, CaregiverId, ErasureId

Record: TypeAlias = Mapping[str, Any]
"""One row of what is told: its columns by name, and the numbers that tie it to other rows."""


class PrivacyPort(Protocol):
    """Export and erasure."""

    async def known_of(self, caregiver: CaregiverId) -> Mapping[str, Sequence[Record]]:
        """Everything of hers and of her children that the registry lets her see, by table."""
        ...

    async def ask(self, caregiver: CaregiverId, *, at: datetime, due_at: datetime, receipt: str) -> Erasure:
        """Her wish to be forgotten; the one that is open already, when there is one."""
        ...

    async def open_of(self, caregiver: CaregiverId) -> Erasure | None:
        """Her wish that waits to be carried out."""
        ...

    async def cancel(self, erasure: ErasureId, at: datetime) -> bool:
        """She changed her mind; False when it was too late."""
        ...

    async def due(self, now: datetime) -> Sequence[Erasure]:
        """The wishes that are to be carried out now."""
        ...

    async def hold(self, erasure: ErasureId) -> bool:
        """Whether it still waits; until the transaction ends nobody else carries it out or takes it back."""
        ...

    async def is_on_its_way(self, caregiver: CaregiverId) -> bool:
        """Whether a message to her is being sent at this moment; what else is planned for her is closed."""
        ...

    async def erase(self, erasure: Erasure, *, last_address: AddressId | None, at: datetime) -> None:
        """Forget everything of hers but the chat to which the last word goes, if there is one."""
        ...

    async def finished(self, now: datetime) -> Sequence[Erasure]:
        """Erasures whose last word was sent, or will not be any more."""
        ...

    async def forget_last_address(self, erasure: Erasure) -> None:
        """Forget the last word, and the chat unless it is somebody's again."""
        ...

"""The ledger of consent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.consent import Consent, Purpose
from domain.identifiers import CaregiverId, FamilyId
from domain.reader import Role


class ConsentPort(Protocol):
    """Every answer stays; the latest one counts."""

    async def add(self, consent: Consent) -> None: ...

    async def of(self, caregiver: CaregiverId) -> tuple[Consent, ...]:
        """Her latest answer for each purpose."""
        ...

    async def history_of(self, caregiver: CaregiverId) -> tuple[Consent, ...]:
        """Everything she ever answered, in order."""
        ...

    async def withdraw(self, caregiver: CaregiverId, purpose: Purpose, at: datetime) -> int:
        """Take back what stands; the entry stays, with the day on which it was taken back."""
        ...

    async def about_family(self, family: FamilyId) -> Sequence[tuple[Role, Consent]]:
        """The latest answers of all its caregivers for each purpose, with what each of them is."""
        ...

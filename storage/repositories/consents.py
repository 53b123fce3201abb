"""The ledger of consent in rows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from domain.consent import Consent, Purpose
from domain.identifiers import CaregiverId, FamilyId
from domain.reader import Role
from storage.repositories.family_rows import consent_of
from storage.statements import Statements
from storage.tables import caregivers, consents


class ConsentRows:
    """Every answer stays; the latest one counts."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def add(self, consent: Consent) -> None:
        """Keep one answer; earlier ones stay."""
        values = {
            "caregiver_id": consent.caregiver,
            "purpose": consent.purpose.value,
            "given": consent.given,
            "text_version": consent.text_version,
            "language": consent.language,
            "way": consent.way.value,
            "at": consent.at,
            "witness_id": consent.witness,
        }
        await self._statements.run(self._statements.insert(consents).values(values))

    async def of(self, caregiver: CaregiverId) -> tuple[Consent, ...]:
        """Her latest answer for each purpose."""
        return tuple({one.purpose: one for one in await self.history_of(caregiver)}.values())

    async def history_of(self, caregiver: CaregiverId) -> tuple[Consent, ...]:
        """Everything she ever answered, in order."""
        answers = select(consents).where(consents.c.caregiver_id == caregiver).order_by(consents.c.at, consents.c.id)
        return tuple(consent_of(row) for row in await self._statements.all(answers))

    async def withdraw(self, caregiver: CaregiverId, purpose: Purpose, at: datetime) -> int:
        """Take back what stands; the entry stays, with the day on which it was taken back."""
        hers = (consents.c.caregiver_id == caregiver) & (consents.c.purpose == purpose.value)
        stands = consents.c.given & consents.c.withdrawn_at.is_(None)
        return await self._statements.run(update(consents).where(hers, stands).values(withdrawn_at=at))

    async def about_family(self, family: FamilyId) -> Sequence[tuple[Role, Consent]]:
        """The latest answers of all its caregivers for each purpose, with what each of them is."""
        return await self._latest(caregivers.c.family_id == family)

    async def _latest(self, whose: ColumnElement[bool]) -> Sequence[tuple[Role, Consent]]:
        found = select(consents, caregivers.c.role).join(caregivers).where(whose)
        rows = await self._statements.all(found.order_by(consents.c.at, consents.c.id))
        answers = [(Role(row[caregivers.c.role]), consent_of(row)) for row in rows]
        return tuple({(one.caregiver, one.purpose): (role, one) for role, one in answers}.values())
